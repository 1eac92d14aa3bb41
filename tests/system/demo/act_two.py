"""Act two: the same reports, agents and server, with gilir. Every word that gilir prints here is its own.

Which agent gets the lock is left to chance; the story follows whoever it is.
"""

import json
import os
import subprocess
import threading
import time

from stage import AGENTS, DemoFailed, together
from texts import LANGUAGE, words

PATIENCE = 20  # seconds that anything here may take

TITLE = words("Printer at the front desk does not print")
BODY = words("Since this morning nothing comes out of it. Please help quickly, customers are waiting.")
REWORDED = (
    (words("Invoices stuck in the queue"), words("We press the button and the jobs pile up on the server.")),
    (words("Nobody here can get paper"), words("All of us wait at the machine. Third time that we write!")),
)


class Desk:
    """A desk in the demo's folder with three agents, and one agent's gilir as a command."""

    def __init__(self, gilir, scratch):
        self.gilir = str(gilir)
        self.scratch = scratch
        if not os.access(gilir, os.X_OK):
            raise DemoFailed(f"{gilir} is not built: ./dev build")
        home = scratch / "home"
        home.mkdir()
        self.environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("GILIR_", "XDG_", "SSH_")) and name != "LC_ALL"
        }
        self.environment.update(HOME=str(home), GILIR_DESK=str(scratch / "desk"), LC_ALL="C.UTF-8", LANGUAGE=LANGUAGE,
                                NO_COLOR="1")
        self.keys = {}

    def environment_of(self, agent):
        if agent is None:
            return self.environment
        return {**self.environment, "GILIR_AGENT": agent, **self.keys.get(agent, {})}

    def command(self, *words):
        return [self.gilir, *(str(word) for word in words)]

    def ask(self, agent, *words, expect=0):
        """Runs gilir to its end; returns (stdout, stderr). Any other status than the expected one fails the demo."""
        done = subprocess.run(
            self.command(*words), env=self.environment_of(agent), stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=PATIENCE, check=False,
        )
        if done.returncode != expect:
            raise DemoFailed(f"gilir {' '.join(map(str, words))} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout, done.stderr

    def fact(self, agent, *words):
        return json.loads(self.ask(agent, *words, "--json")[0])["data"]

    def ticket(self, number):
        return self.fact(None, "ticket", "show", number)

    def set_up(self, cast, target):
        """The desk, its agents each with their own key in an ssh-agent, and kantor-123 with its host key pinned."""
        self.ask(None, "init", self.scratch / "desk")
        for agent in AGENTS:
            self.ask(None, "agent", "add", agent, "--tier", 1)
            socket = self.scratch / f"{agent}.agent"
            keeper = cast.start(["ssh-agent", "-D", "-a", str(socket)], env=self.environment)
            keeper.stdout.readline()  # it prints where it listens once it does
            self.keys[agent] = {"SSH_AUTH_SOCK": str(socket)}
            subprocess.run(["ssh-add", "-q", target.values[f"key.{agent}"]], env=self.environment_of(agent), check=True)
        # Whoever makes a desk is on duty in its first tier; in this story he is not.
        self.ask(None, "agent", "away")
        self.ask(None, "server", "add", "kantor-123", "--address", f"127.0.0.1:{target.port}", "--user", target.user)
        self.ask(None, "server", "trust", "kantor-123", "--key", target.values["host_key"])

    def play(self, story, cast, target):
        self.set_up(cast, target)
        story.act(words("ACT TWO   with gilir"))
        tickets = self.reports_come_in(story)
        story.pause(1)
        self.rush(story, cast, target, tickets).play()
        target.stop()
        status, data = target.record()
        story.show_record(data)
        if status != 0:
            raise DemoFailed("the record shows: " + "; ".join(data["violations"]))
        if len(data["logins"]) != 1:
            raise DemoFailed(f"{len(data['logins'])} logins where the story needs one")
        story.tell(words("""One login where there had been a fight, and one piece of work where there had been three. This is
            the server's own log, read by a script that shares no code with gilir: never two agents in at once, nobody
            thrown out, and the agent who waited left the line without a login."""))

    def rush(self, story, cast, target, tickets):
        return Rush(self, story, cast, target, tickets)

    def report(self, story, reporter, title, body, request):
        """Somebody at the office files a ticket; gilir's answer is shown, and the ticket returned."""
        words = ["ticket", "new", "-t", title, "-m", body, "--reporter", reporter, "--office", "kantor-123",
                 "--server", "kantor-123", "--request-id", request]
        story.happens(reporter.lower(), f"“{title}”", "✉")
        out, err = self.ask(None, *words)
        for line in (out + err).strip().splitlines():
            story.happens("gilir", line.strip())
        # Filing the same request again answers with the same ticket, which is how a script learns the number.
        again = self.fact(None, *words)
        return self.ticket(again["number"])

    def reports_come_in(self, story):
        """Receipt, a resend that stays with its twin's agent, two copies of a colleague in other words. Returns agent → ticket."""
        first = self.report(story, "Budi", TITLE, BODY, "demo-1")
        story.happens(first["assignee"], words("gets #{number}: it is this agent's turn", number=first["number"]), "→")
        story.pause(1)
        story.happens("budi", words("hears nothing for a minute, and sends it again"))
        resend = self.report(story, "Budi", TITLE, BODY, "demo-2")
        if resend["assignee"] != first["assignee"] or resend["duplicates"][0]["number"] != first["number"]:
            raise DemoFailed(f"the resend #{resend['number']} went to {resend['assignee']}, not to its twin's agent")
        story.happens(first["assignee"], words("gets #{number} too: same problem, same agent, nobody's turn is spent",
                                               number=resend["number"]), "→")
        story.pause(1)
        tickets = {first["assignee"]: first["number"]}
        for index, (title, body) in enumerate(REWORDED):
            copy = self.report(story, "Siti", title, body, f"demo-{index + 3}")
            story.happens(copy["assignee"], words("gets #{number}: the words differ, so the turn goes on",
                                                  number=copy["number"]), "→")
            tickets[copy["assignee"]] = copy["number"]
        if set(tickets) != set(AGENTS):
            raise DemoFailed(f"the copies went to {', '.join(tickets)} and not to all three agents")
        self.ask(first["assignee"], "ticket", "merge", resend["number"], "--into", first["number"])
        return tickets


class Rush:
    """All three go for the lock at once: one is in, two are told why not; one waits, one merges."""

    door = "ssh"

    def __init__(self, desk, story, cast, target, tickets):
        self.desk, self.story, self.cast, self.target, self.tickets = desk, story, cast, target, tickets
        self.winner = None
        self.refused = []
        self.lock = threading.Lock()
        self.all_know = threading.Event()  # the winner is in and both others have been refused
        self.waits = threading.Event()
        self.finish = self.finish_file()

    def finish_file(self):
        return self.target.directory / "home" / "finish"

    def work(self):
        """What the winner runs there: it ends when the story lets it, so that nothing here depends on speed."""
        done, started = words("queue stopped, old jobs cleared"), words("queue started")
        return (f"echo in; echo '{done}'; n=0; until [ -e {self.finish} ] || [ $n -ge 200 ]; "
                f"do n=$((n+1)); sleep 0.1; done; echo '{started}'")

    def play(self):
        self.story.happens("gilir", words("all three now go for the server, at the same moment"))
        together(AGENTS, self.go)
        if self.winner is None or len(self.refused) != 2:
            raise DemoFailed(f"{len(self.refused)} agents were refused where it must be two")
        for number in self.tickets.values():
            ticket = self.desk.ticket(number)
            expected = "resolved" if number == self.tickets[self.winner] else "merged"
            if ticket["status"] != expected:
                raise DemoFailed(f"#{number} is {ticket['status']} where it must be {expected}")

    def go(self, agent, barrier):
        number = self.tickets[agent]
        barrier.wait()
        self.story.happens(agent, f"$ gilir {self.door} kantor-123 --ticket {number}")
        session, lines = self.connect(agent, number)
        first = self.follow(agent, lines, until="in")
        if first == "in":
            self.won(agent, session, lines)
            return
        status = session.wait(PATIENCE)
        if status != 75:
            raise DemoFailed(f"{agent}'s gilir {self.door} ended with {status} where it must be 0 or 75")
        with self.lock:
            self.refused.append(agent)
            place = len(self.refused)
            self.settle()
        if not self.all_know.wait(PATIENCE):
            raise DemoFailed("nobody got the lock")
        if place == 1:
            self.wait_in_line(agent)
        else:
            self.merge(agent)

    def settle(self):
        if self.winner and len(self.refused) == 2:
            self.all_know.set()

    def connect(self, agent, number, *options):
        session = self.cast.start(
            self.desk.command("ssh", "kantor-123", "--ticket", number, *options, self.work()),
            env=self.desk.environment_of(agent),
        )
        return session, (line.rstrip("\n") for line in session.stdout)

    def follow(self, agent, lines, until=None):
        """Shows what a process prints, up to the line `until`; returns that line, or None at the end."""
        for line in lines:
            if line.strip() == until:
                return until
            if line.strip():
                self.story.happens(agent, line.strip(), "·")
        return None

    def won(self, agent, session, lines):
        self.story.happens(agent, words("is in"), self.story.good("●"))
        with self.lock:
            self.winner = agent
            self.settle()
        self.follow(agent, lines)
        if not self.left_well(session):
            raise DemoFailed(f"{agent}'s gilir {self.door} ended with {session.returncode}")
        self.story.happens(agent, words("is done; the lock is released with the login"), self.story.good("✓"))
        number = self.tickets[agent]
        answer = words("The print queue is cleared and runs again. Please try.")
        self.story.happens(agent, f"$ gilir ticket resolve {number} -m “{answer}”")
        for line in "".join(self.desk.ask(agent, "ticket", "resolve", number, "-m", answer)).strip().splitlines():
            self.story.happens(agent, line.strip(), "·")

    def left_well(self, session):
        return session.wait(PATIENCE) == 0

    def wait_in_line(self, agent):
        """Waits for the seat; its ticket is merged meanwhile, and the wait ends by itself with status 5."""
        number = self.tickets[agent]
        self.story.happens(agent, f"$ gilir {self.door} kantor-123 --ticket {number} --wait")
        session, lines = self.connect(agent, number, "--wait")
        self.until_in_line(agent)
        self.waits.set()
        self.follow(agent, lines)
        status = session.wait(PATIENCE)
        if status != 5:
            raise DemoFailed(f"{agent} left the line with status {status} where it must be 5")
        self.story.happens(agent, words("has left the line, without a login"), self.story.good("✓"))
        self.finish.touch()

    def until_in_line(self, agent):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            line = self.desk.fact(None, "lock", "show", "kantor-123")["line"]
            if any(place["agent"] == agent for place in line):
                return
            time.sleep(0.05)
        raise DemoFailed(f"{agent} is not in the line")

    def merge(self, agent):
        """Sees that it is one problem: merges the own ticket, and the waiter's once the waiter stands in line."""
        if not self.waits.wait(PATIENCE):
            raise DemoFailed("nobody waits in line")
        into = self.tickets[self.winner]
        self.story.pause(1)
        for owner in (agent, self.refused[0]):
            number = self.tickets[owner]
            merge = ["ticket", "merge", number, "--into", into]
            if self.desk.ticket(number)["reporter"] != self.desk.ticket(into)["reporter"]:
                merge.append("--cross-reporter")
            self.story.happens(owner, " ".join(["$ gilir", *map(str, merge)]))
            for line in "".join(self.desk.ask(owner, *merge)).strip().splitlines():
                self.story.happens(owner, line.strip(), "·")
