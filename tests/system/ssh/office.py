"""What the system tests of `gilir ssh` and `gilir with` stand on: a real sshd, a desk, and the agents' processes.

Nothing here knows gilir's insides. What a test waits for it polls, with a bound; every process that a test started
is ended by its pid. $GILIR names the program under test (CMake sets it).
"""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SYSTEM = pathlib.Path(__file__).resolve().parents[1]
AGENTS = ("sari", "dewi", "rani")
PATIENCE = 60  # seconds that anything here may take on a machine that is busy with other things


def eventually(check, what, seconds=PATIENCE):
    """Polls until check() is true, and returns what it said. `what` may be a function that tells how things stand."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.01)


def stat_fields(pid):
    """/proc/PID/stat from the state on, or nothing when the process is gone."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def command_of(pid):
    return pathlib.Path(f"/proc/{pid}/comm").read_text(encoding="ascii", errors="replace").strip()


def is_alive(pid):
    fields = stat_fields(pid)
    return bool(fields) and fields[0] not in "ZX"


def is_stopped(pid):
    return stat_fields(pid)[:1] == ["T"]


def living(is_wanted):
    """The pids of living processes for which is_wanted(stat fields) holds."""
    pids = (int(entry) for entry in os.listdir("/proc") if entry.isdigit())
    return [pid for pid in pids if (fields := stat_fields(pid)) and fields[0] not in "ZX" and is_wanted(fields)]


def children_of(pid):
    return living(lambda fields: int(fields[1]) == pid)


def descendants(pid):
    """Everybody alive below pid, the nearest first."""
    found = children_of(pid)
    for below in found:
        found += children_of(below)
    return found


def group_of(pid):
    """Everybody alive in the process group that pid leads."""
    return living(lambda fields: int(fields[2]) == pid)


def kill_with_guardian(holder):
    """A gilir and its guardian at one blow, as `pkill -9 gilir` does: neither sees the other's end."""
    (guardian,) = [pid for pid in children_of(holder.pid) if command_of(pid).startswith("gilir-guardian")]
    for pid in (holder.pid, guardian):
        os.kill(pid, signal.SIGSTOP)
    for pid in (guardian, holder.pid):
        os.kill(pid, signal.SIGKILL)


def catches(pid, number):
    """Whether the process has a handler for the signal."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    mask = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(mask, 16) >> (number - 1) & 1)


class Target:
    """The private sshd; it ends with this object, or with this process. See tests/system/target."""

    def __init__(self, directory, logins="one", password=None, shell=None):
        self.directory = pathlib.Path(directory)
        self.logins = logins
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(SYSTEM / "target" / "target"), "run", str(self.directory),
             "--agents", ",".join(AGENTS), "--logins", logins, *(["--password", password] if password else []), *(["--shell", str(shell)] if shell else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )
        self.values = {}
        while f"key.{AGENTS[-1]}" not in self.values:
            line = self.process.stdout.readline()
            if not line:
                raise AssertionError("the private sshd did not start")
            name, _, value = line.rstrip("\n").partition("=")
            self.values[name] = value
        self.address = f"{self.values['address']}:{self.values['port']}"
        self.user, self.host_key = self.values["user"], self.values["host_key"]

    def key(self, agent):
        return self.values[f"key.{agent}"]

    def configure(self, **settings):
        """Changes sshd's configuration for logins from now on."""
        config = self.directory / "sshd_config"
        lines = [line for line in config.read_text(encoding="utf-8").splitlines() if line.split()[0] not in settings]
        config.write_text("".join(f"{line}\n" for line in [*lines, *(f"{k} {v}" for k, v in settings.items())]),
                          encoding="utf-8")
        restarts = self.log().count("Server listening")
        listener = next(pid for pid in children_of(self.process.pid) if "sshd" in command_of(pid))
        # Until it has started anew after the last one, it ignores it.
        eventually(lambda: catches(listener, signal.SIGHUP), "sshd listens for hang-ups")
        os.kill(listener, signal.SIGHUP)
        eventually(lambda: self.log().count("Server listening") > restarts, "sshd has read its configuration again")

    def log(self):
        return pathlib.Path(self.values["log"]).read_text(encoding="utf-8", errors="replace")

    def stop(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def kill(self):
        """Everything of it at once, as when a machine loses its power: nothing is said, nothing is logged."""
        for pid in [self.process.pid, *descendants(self.process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def record(self, *options):
        """The independent reader's verdict: (violations, logins)."""
        done = subprocess.run(
            [sys.executable, "-B", str(SYSTEM / "record" / "record"), self.values["log"], "--json", "--logins",
             "one" if self.logins == "one" else "many", *options],
            capture_output=True, text=True, check=False,
        )
        if done.returncode not in (0, 1):
            raise AssertionError(done.stderr.strip())
        data = json.loads(done.stdout)["data"]
        return data["violations"], data["logins"]

    def logins_so_far(self):
        return self.record("--running")[1]

    def is_empty(self):
        return all(login["ended"] for login in self.logins_so_far())


class Process:
    """A running program whose outputs go to files, so that nobody ever waits for a reader."""

    def __init__(self, command, environment, scratch, **options):
        self.files = [tempfile.NamedTemporaryFile(dir=scratch) for _ in range(2)]
        settings = {"stdin": subprocess.DEVNULL, "stdout": self.files[0], "stderr": self.files[1],
                    "start_new_session": True, **options}
        self.popen = subprocess.Popen(command, env=environment, **settings)
        self.pid = self.popen.pid

    def out(self):
        return pathlib.Path(self.files[0].name).read_text(encoding="utf-8", errors="replace")

    def err(self):
        return pathlib.Path(self.files[1].name).read_text(encoding="utf-8", errors="replace")

    def says(self, line):
        """Waits for a whole line on standard output; fails when the program ends without it."""
        def look():
            if line in self.out().split("\n")[:-1]:
                return True
            if self.popen.poll() is not None and line not in self.out().split("\n")[:-1]:
                raise AssertionError(f"ended with {self.popen.returncode} without {line!r}: {self.err()}")
            return False
        eventually(look, f"{line!r} on standard output; on standard error stands {self.err()!r}")
        return self

    def status(self, seconds=PATIENCE):
        """Waits for its end, and returns the exit status (negative: the signal that killed it)."""
        return self.popen.wait(seconds)

    def is_over(self):
        return self.popen.poll() is not None

    def send(self, number):
        self.popen.send_signal(number)

    def type(self, text):
        self.popen.stdin.write(text)
        self.popen.stdin.flush()

    def stop(self):
        self.send(signal.SIGSTOP)
        eventually(lambda: is_stopped(self.pid), "the process is stopped")

    def end(self):
        if not self.is_over():
            self.send(signal.SIGKILL)
            self.send(signal.SIGCONT)
            self.popen.wait(PATIENCE)
        if self.popen.stdin:
            with contextlib.suppress(BrokenPipeError):
                self.popen.stdin.close()
        for file in self.files:
            file.close()


class Office:
    """A desk with three agents, one key each, and their gilir as commands."""

    def __init__(self, scratch, target):
        self.gilir, self.scratch, self.target = os.environ["GILIR"], scratch, target
        self.servers = []
        home = scratch / "home"
        home.mkdir()
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("GILIR", "XDG_", "SSH_", "LC_"))}
        self.environment.update(HOME=str(home), GILIR_DESK=str(scratch / "desk"), LC_ALL="C.UTF-8", NO_COLOR="1",
                                TERM="xterm")
        self.ask(None, "init", scratch / "desk")
        for agent in AGENTS:
            self.ask(None, "agent", "add", agent, "--tier", 1)

    def environment_of(self, agent):
        return {**self.environment, **({"GILIR_AGENT": agent} if agent else {})}

    def command(self, *words):
        return [self.gilir, *(str(word) for word in words)]

    def ask(self, agent, *words, expect=0):
        """Runs gilir to its end; returns (stdout, stderr)."""
        done = subprocess.run(self.command(*words), env=self.environment_of(agent), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode != expect:
            raise AssertionError(f"gilir {' '.join(map(str, words))} ended with {done.returncode} where it must be "
                                 f"{expect}: {done.stderr.strip()}")
        return done.stdout, done.stderr

    def fact(self, agent, *words):
        return json.loads(self.ask(agent, *words, "--json")[0])["data"]

    def refusal(self, agent, *words, expect):
        """The error of a command that must fail with this status."""
        return json.loads(self.ask(agent, words[0], "--json", *words[1:], expect=expect)[1])["error"]

    def add_server(self, name, *options, address=None, host_key=""):
        """A server at the target (or elsewhere); its host key is pinned unless it is None. That all of them are at one
        target is what a desk must be told."""
        others = [word for other in self.servers for word in ("--different-from", other)]
        self.ask(None, "server", "add", name, "--address", address or self.target.address, "--user", self.target.user,
                 *others, *options)
        self.servers.append(name)
        if host_key is not None:
            self.ask(None, "server", "trust", name, "--key", host_key or self.target.host_key)
        return name

    def add_ticket(self, title, server, reporter="Budi"):
        return self.fact(None, "ticket", "new", "-t", title, "-m", title, "--reporter", reporter, "--office",
                         "kantor-123", "--server", server, "--not-duplicate")["number"]

    def lock(self, server):
        return self.fact(None, "lock", "show", server)

    def is_free(self, server):
        lock = self.lock(server)
        return lock["seats_free"] == lock["seats"] and not lock["line"]


class OfficeTest(unittest.TestCase):
    """One target and one desk for the class, a server of its own for each test. After each test everybody has left
    the target, and its record shows neither two agents at once nor a login thrown out."""

    logins = "one"
    server_options = ()

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="gilir-ssh-")
        cls.addClassCleanup(folder.cleanup)
        cls.scratch = pathlib.Path(folder.name)
        cls.target = cls.make_target()
        cls.addClassCleanup(cls.judge_all)
        cls.office = Office(cls.scratch, cls.target)
        cls.servers = 0

    @classmethod
    def make_target(cls):
        return Target(cls.scratch / "target", cls.logins)

    @classmethod
    def judge_all(cls):
        cls.target.stop()
        violations = cls.target.record()[0]
        if violations:
            raise AssertionError("; ".join(violations))

    def setUp(self):
        type(self).servers += 1
        self.server = self.office.add_server(f"kantor-{self.servers}", *self.server_options)
        self.addCleanup(self.see_that_it_is_left)

    def see_that_it_is_left(self):
        # Cleanups run last in, first out: every process of the test has been ended before.
        eventually(self.target.is_empty, "everybody has left the target")
        self.assertEqual(self.target.record("--running")[0], [])

    def add_scripted_server(self, variable, *words):
        """A server that does as it is told (tests/ssh/scripted_server.h), by the variable that names its program;
        returns its name on the desk."""
        process = subprocess.Popen([os.environ[variable], *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def end():
            process.stdin.close()
            process.stdout.close()
            process.wait(PATIENCE)

        self.addCleanup(end)
        port, key = (process.stdout.readline().decode().strip() for _ in range(2))
        type(self).servers += 1
        return self.office.add_server(f"scripted-{self.servers}", address=f"127.0.0.1:{port}", host_key=key)

    def see_not_confirmed(self, agent):
        """The agent's session ended without an exit status, and this target takes no leash: the seat stays shut."""
        lock = self.office.lock(self.server)
        self.assertEqual({(seat["agent"], seat["state"], seat["confirmed"]) for seat in lock["ending"]},
                         {(agent, "not_confirmed", False)})
        self.assertLessEqual(lock["ending"][0]["free_in_s"], lock["lock_delay_s"])
        self.assertEqual(lock["seats_free"], 0)

    def start(self, agent, *words, **options):
        return self.start_program(agent, *self.office.command(*words), **options)

    def start_program(self, agent, *words, **options):
        environment = options.pop("environment", {})
        process = Process(words, {**self.office.environment_of(agent), **environment},
                          self.scratch, **options)
        self.addCleanup(process.end)
        return process

    def ssh(self, agent, *words, options=(), **settings):
        """Starts `gilir ssh` to the test's server with the agent's key."""
        return self.start(agent, "ssh", "-i", self.target.key(agent), "--reason", "a test", *options, self.server,
                          *words, **settings)

    def log_in(self, agent, command="exec sleep 300", **settings):
        """The same, until the agent is in."""
        return self.ssh(agent, f"echo in; {command}", **settings).says("in")

    def wait_in_line(self, agent, command="echo in"):
        """Starts `gilir ssh --wait`, until the agent stands in line."""
        waiter = self.ssh(agent, command, options=["--wait"])
        eventually(lambda: any(place["agent"] == agent for place in self.office.lock(self.server)["line"]),
                   f"{agent} stands in line: {waiter.err()}")
        return waiter
