"""One of the contending processes' drivers: an agent who again and again wants servers, and what befalls him.

Each round starts real gilir processes. A round's fate is drawn from the plan: most go well, some are killed with
SIGKILL at the moment that the fate names. Signals go to pids that this test started.
"""

import dataclasses
import fcntl
import json
import os
import pathlib
import random
import signal
import subprocess
import threading
import time

from desk import SEATS, TERM, LOCK_DELAY, deputy_of
from record import boot_now

# What may befall a round, and how often in a run.
FATES = {
    "holder": 26,  # gilir itself, while its program uses the server
    "guardian": 26,  # the process beside it
    "child": 12,  # the program's whole group
    "stopped": 3,  # gilir stopped past its term, then continued
    "waiter": 22,  # gilir in line
    "filing": 10,  # gilir while it files a ticket, at any moment
    "bell after queueing": 3,  # between the commit and the bell, by strace
    "bell after a grant": 4,
    "bell after a release": 4,
    "bell after filing": 4,
    "runs out": 5,  # a timed hold that nobody gives back
    "broken": 8,  # the deputy breaks the lock without a warning
    "stolen": 6,  # he takes it himself
    "handed over": 6,  # the agent gives it to him
}
ASKED_FOR = ("broken", "stolen", "handed over")
WHILE_HOLDING = ("holder", "guardian", "child")
PATIENCE = 45.0


class Plan:
    """Hands out the fates evenly over the run; thread-safe."""

    def __init__(self, seconds, seed):
        # None in the last stretch, so that every seat's end is seen by those who still contend.
        self.until = boot_now() + seconds
        fates = [fate for fate, count in FATES.items() for _ in range(count)]
        random.Random(seed).shuffle(fates)
        stretch = max(seconds - 12.0, seconds / 2) / len(fates)
        began = boot_now()
        self.waiting = [(began + stretch * index, fate) for index, fate in enumerate(fates)]
        self.lock = threading.Lock()

    def next(self):
        with self.lock:
            if self.waiting and self.waiting[0][0] <= boot_now():
                return self.waiting.pop(0)[1]
        return None

    def again(self, fate):
        """The round ended before its fate could reach it."""
        with self.lock:
            if boot_now() < self.until - 10.0:
                self.waiting.insert(0, (boot_now(), fate))


@dataclasses.dataclass
class Findings:
    """What all workers saw; appended to from several threads, read when they are over."""

    problems: list = dataclasses.field(default_factory=list)
    kills: dict = dataclasses.field(default_factory=lambda: {fate: 0 for fate in FATES})
    deaths: list = dataclasses.field(default_factory=list)  # (wall time, agent, server) of holders killed or stopped
    leases: list = dataclasses.field(default_factory=list)  # acknowledged by lock acquire
    run_outs: dict = dataclasses.field(default_factory=dict)  # hold → seconds
    tickets: dict = dataclasses.field(default_factory=dict)  # request id → (agent, number) acknowledged
    outcomes: dict = dataclasses.field(default_factory=dict)  # how `with` ended → how often
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)

    def problem(self, text):
        with self.lock:
            self.problems.append(text)

    def happened(self, fate):
        with self.lock:
            self.kills[fate] += 1

    def count(self, outcome):
        with self.lock:
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1


class Worker(threading.Thread):
    def __init__(self, agent, desk, holder, record, plan, findings, seed):
        super().__init__(name=agent)
        self.agent, self.desk, self.holder = agent, desk, holder
        self.record, self.plan, self.findings = record, plan, findings
        self.random = random.Random(f"{seed} {agent}")
        self.rounds = 0
        self.stale_until = 0.0  # until then an earlier process of this agent may hold or stand in line
        self.stop = threading.Event()

    def run(self):
        try:
            while not self.stop.is_set():
                self.rounds += 1
                self.round(self.plan.next())
        except Exception as error:  # pylint: disable=broad-except
            self.findings.problem(f"{self.agent}: {type(error).__name__}: {error}")

    def round(self, fate):
        if fate == "runs out":
            self.take_and_let_run_out()
        elif fate in ("filing", "bell after filing"):
            self.file_a_ticket(fate)
        elif fate is not None:
            self.use_servers(fate)
        else:
            kind = self.random.random()
            if kind < 0.06:
                self.file_a_ticket(None)
            elif kind < 0.16:
                self.take_by_hand()
            else:
                self.use_servers(None)

    def some_servers(self, fate):
        several = 2 if self.random.random() < 0.12 and fate in (None, "holder", "guardian") else 1
        servers = []
        while len(servers) < several:
            server = self.some_server()
            if server not in servers:
                servers.append(server)
        return servers

    def some_server(self):
        """The more seats, the more often: a kill takes a seat away for some seconds."""
        names = sorted(SEATS)
        return self.random.choices(names, [SEATS[name] for name in names])[0]

    def launch(self, *words, before=(), agent=None):
        return subprocess.Popen([*before, self.desk.gilir, *words], env=self.desk.environment(agent or self.agent),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self, process):
        """What it said and how it ended. Killed when it outlives everybody's patience, which is a problem."""
        try:
            said, complained = process.communicate(timeout=PATIENCE + 30)
        except subprocess.TimeoutExpired:
            process.kill()
            said, complained = process.communicate()
            self.findings.problem(f"{self.agent}: {process.args} did not end")
        if "locked" in complained:
            self.findings.problem(f"{self.agent}: {complained.strip()}")
        return process.returncode, said, complained

    def bad_end(self, what, status, complained):
        self.findings.problem(f"{self.agent}: {what} ended with {status}: {complained.strip()[-500:]}")

    def may_be_refused(self, status, complained):
        """A session of the same agent that died a moment ago still counts, and waiting behind it may be a circle. The
        wait may run out where kills keep the seats taken."""
        if status == 75 and ("ran out" in complained or '"timed_out"' in complained):
            return True
        recent = boot_now() < self.stale_until
        return recent and ((status == 75 and "stands no further session" in complained) or
                           (status == 5 and "never end" in complained))

    def somebody_died(self):
        self.stale_until = boot_now() + TERM + LOCK_DELAY + 5.0 + TERM

    # A program under the locks of some servers.

    def use_servers(self, fate):
        servers = self.some_servers(fate)
        traced = self.tracing(fate, servers[0])
        process = self.launch("with", *servers, "--reason", "contention", f"--wait={PATIENCE:.0f}s", "--", self.holder,
                             str(self.desk.uses), *self.manners(fate), before=traced)
        reached = fate is None or self.befall(fate, process)
        status, _, complained = self.finish(process)
        if traced:
            reached = self.was_killed_at_the_bell()
        if not reached:
            self.plan.again(fate)
        elif fate is not None:
            self.findings.happened(fate)
            self.somebody_died()
        expected = {None: (0,), "holder": (-9,), "guardian": (76,), "child": (137,), "stopped": (76,), "waiter": (-9,), **{asked: (76,) for asked in ASKED_FOR}}
        if traced:
            fine = status in (0, -9)
        else:
            fine = status in expected[fate] if reached else status == 0
        self.findings.count("done" if status == 0 else fate if fine else f"status {status}")
        if fine:
            return
        if self.may_be_refused(status, complained):
            # Asking again at once would only be refused again.
            self.stop.wait(0.3)
            return
        # A machine too busy to let anybody renew costs a lease now and then, and says so.
        if status != 76 or "was lost" not in complained:
            self.bad_end(f"with {' '.join(servers)} ({fate})", status, complained)

    def manners(self, fate):
        if fate in (*WHILE_HOLDING, *ASKED_FOR, "stopped"):
            return ["30000", *(["stubborn"] if self.random.random() < 0.3 else [])]
        return [str(self.random.randrange(0, 25)), *(["family"] if self.random.random() < 0.1 else [])]

    def tracing(self, fate, server):
        """strace, which kills gilir as it is about to ring the server's bell: the first ring follows the queueing,
        the second the grant, the third the release."""
        rings = {"bell after queueing": 1, "bell after a grant": 2, "bell after a release": 3}
        if fate not in rings:
            return []
        return self.kill_at_the_bell(f"server-{server}", rings[fate])

    def kill_at_the_bell(self, bell, ring):
        self.trace = pathlib.Path(self.desk.uses) / f"trace-{self.agent}"
        return ["strace", "-o", str(self.trace), "-P", str(self.desk.path / "bells" / bell), "-e", "trace=pwrite64",
                "-e", f"inject=pwrite64:signal=SIGKILL:when={ring}"]

    def was_killed_at_the_bell(self):
        return "+++ killed by SIGKILL +++" in self.trace.read_text(encoding="utf-8", errors="replace")

    def befall(self, fate, process):
        """Waits for the fate's moment and does it; False when the round was over before."""
        if fate.startswith("bell"):
            return True
        if fate == "waiter":
            time.sleep(self.random.uniform(0.02, 0.3))
            if process.poll() is not None or process.pid in self.record.by_parent:
                return False
            process.kill()
            return True
        use = self.record.wait_for_use(process.pid, process, PATIENCE)
        if use is None or use.overlap:
            return False
        time.sleep(self.random.uniform(0.0, 0.1))
        if not getattr(self, "kill_" + fate.replace(" ", "_"))(process, use):
            return False
        if not self.record.wait_for_end(use, 10.0):
            self.findings.problem(f"{self.agent}: its program {use.pid} lived on after its {fate} was killed")
            os.killpg(use.group, signal.SIGKILL)
        if fate == "stopped":
            process.send_signal(signal.SIGCONT)
        return use.ended is None

    def silence(self, process, use, with_signal):
        self.findings.deaths.extend((time.time(), self.agent, server) for server in use.servers)
        process.send_signal(with_signal)
        return True

    def kill_holder(self, process, use):
        return self.silence(process, use, signal.SIGKILL)

    def kill_stopped(self, process, use):
        return self.silence(process, use, signal.SIGSTOP)

    def kill_guardian(self, process, _use):
        children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children")
        for child in children.read_text(encoding="ascii").split():
            if pathlib.Path(f"/proc/{child}/comm").read_text(encoding="ascii").startswith("gilir-guardian"):
                os.kill(int(child), signal.SIGKILL)
                return True
        return False

    def kill_child(self, _process, use):
        os.killpg(use.group, signal.SIGKILL)
        return True

    # Others ask for it.

    def ask(self, *words, agent=None):
        """What the command printed, or None when the lease was over before it came."""
        status, said, complained = self.finish(self.launch(*words, agent=agent))
        if status in (3, 5) and ("is over" in complained or "do not hold" in complained or "hands" in complained):
            return None
        if status != 0:
            self.bad_end(" ".join(words), status, complained)
            return None
        return said

    def kill_broken(self, _process, use):
        return self.ask("lock", "break", use.servers[0], "--lease", str(use.leases[0]), "--now", "-m", "contention",
                        agent=deputy_of(self.agent)) is not None

    def kill_stolen(self, _process, use):
        return self.take_over(use, "steal", "--lease", str(use.leases[0]), "--now", "-m", "contention")

    def kill_handed_over(self, _process, use):
        offered = self.ask("lock", "hand-over", use.servers[0], "--to", deputy_of(self.agent))
        return offered is not None and self.take_over(use, "accept")

    def take_over(self, use, verb, *words):
        """The deputy has it for a moment, and gives it back."""
        deputy, server = deputy_of(self.agent), use.servers[0]
        said = self.ask("lock", verb, server, *words, "--for", "20s", "--json", agent=deputy)
        if said is None:
            return False
        lease = json.loads(said)["data"]
        with self.findings.lock:
            self.findings.leases.append((deputy, lease))
        self.ask("lock", "release", server, "--hold", str(lease["hold"]), agent=deputy)
        return True

    # A timed lock, by hand.

    def acquire(self, server, duration):
        process = self.launch("lock", "acquire", server, "--reason", "contention", "--for", duration,
                             f"--wait={PATIENCE:.0f}s", "--json")
        status, said, complained = self.finish(process)
        if status != 0:
            if not self.may_be_refused(status, complained):
                self.bad_end(f"lock acquire {server}", status, complained)
            return None
        lease = json.loads(said)["data"]
        with self.findings.lock:
            self.findings.leases.append((self.agent, lease))
        return lease

    def take_by_hand(self):
        server = self.some_server()
        lease = self.acquire(server, "20s")
        if lease is None:
            return
        if not lease["shared"]:
            self.use_by_hand(server)
        status, _, complained = self.finish(self.launch("lock", "release", server, "--hold", str(lease["hold"])))
        if status != 0:
            self.bad_end(f"lock release {server}", status, complained)

    def use_by_hand(self, server):
        """Sits on one of the server's seats as a program does; see holder.cpp."""
        for number in range(SEATS[server]):
            with (self.desk.uses / f"{server}.{number}").open("rb") as seat:
                try:
                    fcntl.flock(seat, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                time.sleep(self.random.uniform(0.0, 0.02))
                return
        self.findings.problem(f"{self.agent} was given {server} while every seat was in use")

    def take_and_let_run_out(self):
        lease = self.acquire(self.some_server(), "2s")
        if lease is None:
            self.plan.again("runs out")
            return
        with self.findings.lock:
            self.findings.run_outs[lease["hold"]] = 2.0
        self.findings.happened("runs out")
        self.somebody_died()

    # A ticket, filed under a request id until it is acknowledged.

    def file_a_ticket(self, fate):
        request = f"{self.agent}-{self.rounds}"
        words = ("ticket", "new", "-t", f"contention {request}", "--request-id", request, "--json")
        if fate is not None:
            before = self.kill_at_the_bell("desk", 1) if fate == "bell after filing" else []
            process = self.launch(*words, before=before)
            if fate == "filing":
                time.sleep(self.random.uniform(0.0, 0.03))
                process.kill()
            status, said, complained = self.finish(process)
            if status == 0:
                self.acknowledge(request, said)
                self.plan.again(fate)
            elif status != -9:
                self.bad_end("ticket new", status, complained)
            elif not before or self.was_killed_at_the_bell():
                self.findings.happened(fate)
        status, said, complained = self.finish(self.launch(*words))
        if status != 0:
            self.bad_end("ticket new", status, complained)
            return
        if fate == "bell after filing" and '"replayed"' not in said:
            self.findings.problem(f"{self.agent}: killed at the bell, yet its ticket {request} was not there")
        self.acknowledge(request, said)

    def acknowledge(self, request, said):
        number = json.loads(said)["data"]["number"]
        with self.findings.lock:
            earlier = self.findings.tickets.setdefault(request, number)
        if earlier != number:
            self.findings.problem(f"{self.agent}: request {request} was answered with #{earlier} and #{number}")
