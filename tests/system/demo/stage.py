"""What both acts of the demo stand on: the printed story, the target, the agents' processes, the record."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time

from texts import words

ROOT = pathlib.Path(__file__).resolve().parents[3]
SYSTEM = pathlib.Path(__file__).resolve().parents[1]
AGENTS = ("sari", "dewi", "rani")
ENDINGS = {"clean": "logged out", "dropped": "connection closed by its own side", "stopped": "ended with the server",
           "thrown out": "thrown out"}
COLOURS = {"sari": "36", "dewi": "35", "rani": "33"}


class DemoFailed(Exception):
    """The story did not go as it must; the text says where."""


class Story:
    """Prints, from any thread, with the seconds since the act began. Colours only on a terminal."""

    def __init__(self):
        self.lock = threading.Lock()
        self.coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.paced = sys.stdout.isatty()
        self.width = min(shutil.get_terminal_size((100, 24)).columns, 100)
        self.began = time.monotonic()

    def paint(self, code, text):
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured else text

    def pause(self, seconds):
        """Time to read, for a person only."""
        if self.paced:
            time.sleep(seconds)

    def act(self, title):
        with self.lock:
            self.began = time.monotonic()
            print(f"\n{self.paint('1', title)}\n", flush=True)

    def tell(self, text):
        with self.lock:
            for line in textwrap.wrap(" ".join(text.split()), self.width - 2):
                print(f"  {line}")
            print(flush=True)

    def happens(self, agent, text, mark=" "):
        """A line of what one agent does or sees, at this moment."""
        seconds = time.monotonic() - self.began
        room = self.width - 20
        lines = textwrap.wrap(text, room, break_long_words=False) or [""]
        with self.lock:
            print(f"  {self.paint('2', f'{seconds:5.2f}')}  {self.name(agent)}  {mark} {lines[0]}")
            for line in lines[1:]:
                print(" " * 18 + line)
            sys.stdout.flush()

    def name(self, agent):
        return self.paint(f"1;{COLOURS.get(agent, '37')}", f"{agent:<6}")

    def good(self, text):
        return self.paint("32", text)

    def bad(self, text):
        return self.paint("31", text)

    def show_record(self, data):
        """The target's own record as a table, then its sum."""
        with self.lock:
            print()
            print(self.paint("1", "  " + words("What kantor-123 itself recorded")))
            for login in data["logins"]:
                ended = words(ENDINGS.get(login["ended"], "still in"))
                if login["thrown_out_by"]:
                    ended = words("{ended} when {agent} came", ended=ended, agent=login["thrown_out_by"])
                ended = self.bad(ended) if login["ended"] == "thrown out" else self.good(ended)
                times = words("in at {start}, out at {end}   {ended}", start=span(login["start_s"]),
                              end=span(login["end_s"]), ended=ended)
                print(f"    {self.name(login['agent'])}  {times}")
            print("    " + words("{logins} logins, {thrown_out} thrown out, at most {at_once} agents in at once",
                                 logins=len(data["logins"]), thrown_out=data["thrown_out"],
                                 at_once=data["agents_at_once"]) + "\n", flush=True)


def span(seconds):
    return "     -" if seconds is None else words("{seconds:5.2f} s", seconds=seconds)


class Target:
    """The private sshd; it ends with the demo, however the demo ends. See tests/system/target."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(SYSTEM / "target" / "target"), "run", str(self.directory),
             "--agents", ",".join(AGENTS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )
        self.stopped = False
        self.values = {}
        last = f"key.{AGENTS[-1]}"
        while last not in self.values:
            line = self.process.stdout.readline()
            if not line:
                raise DemoFailed("the private sshd did not start")
            name, _, value = line.rstrip("\n").partition("=")
            self.values[name] = value
        self.port = self.values["port"]
        self.user = self.values["user"]

    def stop(self):
        self.stopped = True
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def record(self, *options):
        """The reader's verdict over the whole log: (exit status, what was recorded). The target must have stopped."""
        done = subprocess.run(
            [sys.executable, "-B", str(SYSTEM / "record" / "record"), self.values["log"], "--json", *options],
            capture_output=True, text=True, check=False,
        )
        if done.returncode not in (0, 1):
            raise DemoFailed(done.stderr.strip())
        return done.returncode, json.loads(done.stdout)["data"]


class Cast:
    """The agents' processes. All that still run when the cast leaves are ended, by pid."""

    def __init__(self):
        self.processes = []
        self.lock = threading.Lock()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with self.lock:
            running = [process for process in self.processes if process.poll() is None]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start(self, command, **options):
        """A process in a group of its own, both outputs as text in one pipe unless said otherwise."""
        settings = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT,
                    "text": True, "start_new_session": True, **options}
        with self.lock:
            process = subprocess.Popen(command, **settings)
            self.processes.append(process)
        return process


def together(agents, play):
    """Runs play(agent, barrier) for each agent at the same time; the first failure is raised here."""
    barrier = threading.Barrier(len(agents))
    failures = []

    def run(agent):
        try:
            play(agent, barrier)
        except Exception as error:
            barrier.abort()
            failures.append(error)

    threads = [threading.Thread(target=run, args=(agent,)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise next((e for e in failures if not isinstance(e, threading.BrokenBarrierError)), failures[0])
