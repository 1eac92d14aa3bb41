"""Both acts over RDP: kantor-123's server is a desktop now, which stands one and throws the earlier one out.

The desktop is real (tests/plugins/rdp_desktop.py), and so are the clients: FreeRDP, as each agent would start it. Judged
from the desktop's own logs (tests/plugins/rdp_record.py).
"""

import os
import pathlib
import signal
import sys
import threading
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "plugins"))

import act_two  # noqa: E402
from programs import surroundings  # noqa: E402
from rdp_desktop import PASSWORD, USER, Desktop  # noqa: E402
from rdp_record import Unjudgeable, desktops  # noqa: E402
from stage import AGENTS, DemoFailed, together  # noqa: E402
from texts import words  # noqa: E402

PATIENCE = act_two.PATIENCE
STAY = 1.5  # seconds that an agent works after everybody has come


class Target:
    """The desktop, in the place of the demo's sshd."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir()
        self.desktop = Desktop(self.directory, stands_one=True)
        self.stopped = False

    def logs(self, running):
        return desktops(self.desktop.read("x11vnc.out"), self.desktop.read("xrdp.log"), running)

    def who_is_in(self):
        return [login["agent"] for login in self.logs(True)["logins"] if not login["ended"]]

    def stop(self):
        self.stopped = True
        self.desktop.stop()

    def record(self):
        """(0 when nobody was thrown out, what was recorded)."""
        try:
            data = self.logs(False)
        except Unjudgeable as problem:
            raise DemoFailed(f"the record cannot be judged: {problem}") from problem
        return int(data["thrown_out"] > 0), {**data, "violations": [
            f"{login['agent']} was thrown out" for login in data["logins"] if login["ended"] == "thrown out"]}

    def environment(self, environment):
        return {**environment, **surroundings(DISPLAY=self.desktop.display)}


class Session:
    """One agent's client, or gilir rdp: its words go to a file, since FreeRDP says much that is no part of the story."""

    def __init__(self, cast, target, agent, command, environment):
        self.target, self.agent = target, agent
        self.said = open(target.directory / f"{agent}-{time.monotonic_ns()}.said", "w+", encoding="utf-8", errors="replace")
        self.process = cast.start([*command, f"/client-hostname:{agent}"], env=environment, stdin=-1, stdout=self.said)
        self.process.stdin.write(PASSWORD + "\n")
        self.process.stdin.close()

    def is_in(self):
        return self.process.poll() is None and self.agent in self.target.who_is_in()

    def wait_until_in(self):
        """False when the client ended instead."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if self.is_in():
                return True
            if time.monotonic() > deadline:
                raise DemoFailed(f"{self.agent} does not get in: {self.words()}")
            time.sleep(0.05)
        return False

    def words(self):
        with open(self.said.name, encoding="utf-8", errors="replace") as said:
            return said.read()

    def close_window(self):
        """What a person does at the end: FreeRDP ends, whose group is its own."""
        for entry in os.listdir("/proc"):
            if entry.isdigit() and self.is_own_client(entry):
                os.kill(int(entry), signal.SIGTERM)
        self.process.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while self.agent in self.target.who_is_in() and time.monotonic() < deadline:
            time.sleep(0.05)

    def is_own_client(self, pid):
        try:
            line = pathlib.Path("/proc", pid, "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return line[0] == b"xfreerdp" and f"/client-hostname:{self.agent}".encode() in line and \
            f"/v:127.0.0.1:{self.target.desktop.port}".encode() in line


def play_act_one(story, cast, target):
    story.act(words("ACT ONE   without gilir"))
    story.tell(words("""Office kantor-123 cannot print. Budi reports it three times, because nothing says that the first report
        arrived. The desk hands reports out in turn: Sari, Dewi and Rani get one each. The fix needs a session on
        kantor-123's desktop, which stands one. All three open it, seconds apart."""))
    story.pause(2.5)
    thoughts = iter((words("“The network.”"), words("“The network again?”"), words("“It must be the VPN.”"),
                     words("“What a line…”")))
    came = {agent: threading.Event() for agent in AGENTS}
    door = threading.Lock()  # seconds apart, not at the same moment: the record has names only then

    def try_once(agent):
        with door:
            story.happens(agent, f"$ xfreerdp /v:kantor-123 /u:{USER}")
            session = Session(cast, target, agent, target.desktop.client(), target.environment(os.environ))
            if not session.wait_until_in():
                raise DemoFailed(f"{agent} did not get in: {session.words()}")
            story.happens(agent, words("is in"), story.good("●"))
            came[agent].set()
            time.sleep(0.7)
        leave_at = None
        while session.process.poll() is None:
            if leave_at is None and all(event.is_set() for event in came.values()):
                leave_at = time.monotonic() + STAY
            if leave_at is not None and time.monotonic() > leave_at:
                session.close_window()
                return True
            time.sleep(0.05)
        said = next((line.partition("):")[2] for line in session.words().splitlines() if "ERRINFO_LOGOFF" in line
                     and "):" in line), words("the connection was closed"))
        story.happens(agent, story.bad(said), story.bad("✗"))
        return False

    def work(agent, barrier):
        barrier.wait()
        for before in AGENTS[:AGENTS.index(agent)]:
            came[before].wait(PATIENCE)
        done = try_once(agent)
        if not done:
            time.sleep(0.4)
            story.happens(agent, next(thoughts, words("“The network.”")) + " " + words("Tries once more."))
            done = try_once(agent)
        if done:
            story.happens(agent, words("is done, and logs out"), story.good("✓"))
        else:
            story.happens(agent, words("gives up and calls the network team."))

    together(AGENTS, work)
    target.stop()
    _, data = target.record()
    story.show_record(data)
    if data["thrown_out"] < 2:
        raise DemoFailed("fewer than two agents were thrown out: this was not the incident")
    story.tell(words("""Nobody did anything wrong, and everybody suspected the network. Three people worked on one problem and
        threw each other out of the only login."""))
    story.pause(2)


class Desk(act_two.Desk):
    def set_up(self, cast, target):
        self.environment = target.environment(self.environment)
        self.ask(None, "init", self.scratch / "desk")
        for agent in AGENTS:
            self.ask(None, "agent", "add", agent, "--tier", 1)
        self.ask(None, "agent", "away")
        self.ask(None, "server", "add", "kantor-123", "--address", f"127.0.0.1:{target.desktop.port}", "--protocol", "rdp",
                 "--user", USER)
        self.ask(None, "server", "trust", "kantor-123", "--rdp", "--key", target.desktop.fingerprint)

    def rush(self, story, cast, target, tickets):
        return Rush(self, story, cast, target, tickets)


class Rush(act_two.Rush):
    door = "rdp"

    def finish_file(self):
        return self.target.directory / "finish"

    def connect(self, agent, number, *options):
        session = Session(self.cast, self.target, agent, self.desk.command("rdp", "kantor-123", "--ticket", number, *options,
                                                                           "--"), self.desk.environment_of(agent))
        return session.process, self.lines(session)

    def lines(self, session):
        """What gilir says, and `in` once the agent is; FreeRDP's own words are left out. Closes the window when the story
        has come to its end."""
        shown, was_in = 0, False
        while True:
            over = session.process.poll() is not None
            if not was_in:
                said = session.words().splitlines()
                yield from said[shown:]
                shown = len(said)
            if over:
                return
            if not was_in and session.is_in():
                was_in = True
                yield "in"
            if was_in and self.finish.exists():
                session.close_window()
            time.sleep(0.05)

    def left_well(self, session):
        session.wait(PATIENCE)
        return session.returncode not in (75, 76)
