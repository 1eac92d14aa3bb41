"""A desk for the contention test, and how its commands are run."""

import json
import os
import pathlib
import subprocess

# Server → how many agents it lets in at once.
SEATS = {"alpha": 1, "beta": 2, "gamma": 4}
TERM = 2.0
LOCK_DELAY = TERM / 2


def deputy_of(agent):
    """Who breaks, steals and takes over what the agent holds."""
    return f"deputy-of-{agent}"


class CommandFailed(Exception):
    """A command that must succeed did not; the text holds what it said."""


class Desk:
    def __init__(self, gilir, folder):
        self.gilir = gilir
        self.path = pathlib.Path(folder) / "desk"
        self.uses = pathlib.Path(folder) / "uses"  # what the programs under the locks share, see holder.cpp

    def environment(self, agent):
        home = str(self.path.parent)
        return {**os.environ, "GILIR_DESK": str(self.path), "GILIR_AGENT": agent, "HOME": home,
                "XDG_CONFIG_HOME": home, "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                # A process that is traced or killed has no leaks to report.
                "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}

    def run(self, *words, agent="boss"):
        done = subprocess.run([self.gilir, *words], env=self.environment(agent), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False, timeout=60)
        if done.returncode != 0:
            raise CommandFailed(f"gilir {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def data(self, *words, agent="boss"):
        return json.loads(self.run(*words, "--json", agent=agent))["data"]

    def make(self, agents):
        self.run("init", str(self.path), "--name", "contention", "--agent", "boss")
        for agent in agents:
            self.run("agent", "add", agent, "--tier", "1")
            self.run("agent", "add", deputy_of(agent), "--tier", "2", "--role", "supervisor")
        self.uses.mkdir()
        for server, seats in SEATS.items():
            self.run("server", "add", server, "--address", f"{server}.example:9", "--term", f"{TERM:.0f}s", "--seats",
                     str(seats))
            for seat in range(seats):
                (self.uses / f"{server}.{seat}").touch()
