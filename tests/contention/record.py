"""The independent record of the contention test: what the programs under the locks wrote down about themselves.

Shares no code with gilir. See holder.cpp for the lines; times are seconds on the boot clock.
"""

import dataclasses
import pathlib
import threading
import time
from typing import Optional


def boot_now():
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def is_alive(pid):
    """A zombie runs nothing: it is as dead as one that is gone."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


@dataclasses.dataclass
class Use:
    """One stretch of time in which a program used servers."""

    began: float
    pid: int
    group: int
    parent: int
    agent: str
    servers: tuple
    leases: tuple
    holds: tuple
    tokens: tuple
    overlap: bool = False  # it found a seat taken by something alive
    ended: Optional[float] = None  # by itself
    last_alive: Optional[float] = None  # seen from outside; a lower bound of its end when it was killed

    def until(self):
        return self.ended if self.ended is not None else max(self.began, self.last_alive or self.began)


def numbers(text):
    return tuple(int(part) for part in text.split(","))


def parse_start(words):
    kind, began, pid, group, parent, agent, servers, leases, holds, tokens = words
    return Use(int(began) / 1e9, int(pid), int(group), int(parent), agent, tuple(servers.split(",")),
               numbers(leases), numbers(holds), numbers(tokens), overlap=kind == "overlap")


class Record:
    """Reads the record while it grows and watches who is still alive. Thread-safe."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.path.touch()
        self.changed = threading.Condition()
        self.uses = []
        self.by_parent = {}
        self.open = {}  # pid → Use that has not ended by itself and was alive when last looked at
        self.malformed = []
        self.offset = 0
        self.rest = ""

    def line(self, text):
        words = text.split()
        try:
            if words[0] == "end":
                self.open.pop(int(words[2])).ended = int(words[1]) / 1e9
                return
            use = parse_start(words)
        except (KeyError, IndexError, ValueError):
            self.malformed.append(text)
            return
        self.uses.append(use)
        self.by_parent[use.parent] = use
        if not use.overlap:
            self.open[use.pid] = use

    def read(self):
        with self.path.open(encoding="ascii") as file:
            file.seek(self.offset)
            text = file.read()
        self.offset += len(text)
        lines = (self.rest + text).split("\n")
        self.rest = lines.pop()
        for line in lines:
            self.line(line)

    def look(self):
        """One round: who is alive is looked at before the lines are read, so that an end cannot be missed."""
        now = boot_now()
        with self.changed:
            alive = {pid: is_alive(pid) for pid in self.open}
            self.read()
            for pid, lives in alive.items():
                use = self.open.get(pid)
                if use is None:
                    continue
                if lives:
                    use.last_alive = now
                else:
                    del self.open[pid]
            self.changed.notify_all()

    def wait_for_use(self, parent, process, limit):
        """The use that the child of `parent` began, or None when the process ended or time ran out."""
        until = boot_now() + limit
        with self.changed:
            while parent not in self.by_parent:
                if process.poll() is not None or boot_now() > until:
                    return None
                self.changed.wait(0.05)
            return self.by_parent[parent]

    def wait_for_end(self, use, limit):
        """True when the use is over within `limit`."""
        until = boot_now() + limit
        with self.changed:
            while use.pid in self.open and boot_now() < until:
                self.changed.wait(0.05)
            return use.pid not in self.open


def judge_uses(uses, seats):
    """Violations of "at most `seats` agents use a server at any instant, each with one program"."""
    found = []
    for use in uses:
        if use.overlap:
            found.append(f"{use.agent} began at {','.join(use.servers)} while every seat was in use "
                         f"(hold {use.holds}, at {use.began:.6f})")
    for server, allowed in seats.items():
        inside = []
        for use in sorted((u for u in uses if server in u.servers and not u.overlap), key=lambda u: u.began):
            inside = [other for other in inside if other.until() > use.began]
            if len(inside) >= allowed:
                others = ", ".join(f"{o.agent} until {o.until():.6f}" for o in inside)
                found.append(f"{server}: {use.agent} began at {use.began:.6f} beside {others}")
            inside.append(use)
        if allowed == 1:
            found.extend(judge_tokens(server, uses))
    return found


def judge_tokens(server, uses):
    found = []
    last = None
    for use in sorted((u for u in uses if server in u.servers), key=lambda u: u.began):
        token = use.tokens[use.servers.index(server)]
        lease = use.leases[use.servers.index(server)]
        # An agent's further hold shares his lease, and with it the token.
        if last is not None and token <= last[0] and (token, lease) != last:
            found.append(f"{server}: token {token} of {use.agent} came after {last[0]}")
        last = token, lease
    return found
