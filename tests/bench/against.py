"""This program against an older one: both in turn in one run, each on desks of its own, so that what a change costs shows
on a busy machine, too.

Each round runs old, new, new, old, because who runs second finds warmer caches. The interval holds the median of the
ratios new/old with 95 % (by its ranks, as for any median); a program is called slower when all of it lies above 1.03.
"""

import hashlib
import math
import statistics

import ssh_session
import tickets
from bench import Row, Times
from locks import gaps, gap_after_end

most_ratio = 1.03


def interval(ratios):
    """Where the median lies with 95 %: between the order statistics of these ranks."""
    ordered = sorted(ratios)
    reach = 0.98 * math.sqrt(len(ordered))
    low, high = math.floor(len(ordered) / 2 - reach), math.ceil(len(ordered) / 2 + reach)
    return ordered[max(0, low)], ordered[min(len(ordered) - 1, high)]


def row(bench, what, old, new):
    ratios = [one / other for one, other in zip(new.wall, old.wall)]
    low, high = interval(ratios)
    busy = f", busy {statistics.median(new.busy) / statistics.median(old.busy):.2f}" if all(old.busy + new.busy) and old.busy else ""
    bench.rows.append(Row(f"{what}, {len(ratios)} pairs", new.words(), "the old program", old.words(),
                          f"{statistics.median(ratios):.3f} [{low:.3f}, {high:.3f}]{busy}", f"from ≤ {most_ratio:g}",
                          low <= most_ratio))


class Side:
    """One of the two programs, with its own desk for locks."""

    def __init__(self, bench, programs, name):
        self.bench, self.programs = bench, programs
        self.gilir = str(programs / "gilir")
        self.desk = bench.scratch / f"desk-{name}"
        self.run("init", self.desk, "--agent", "bench")
        self.run("agent", "add", "other", "--tier", "1")
        self.run("server", "add", "bench-1", "--address", "127.0.0.1")

    def command(self, *words):
        return [self.gilir, "--desk", str(self.desk), *map(str, words)]

    def run(self, *words):
        self.bench.run(*self.command(*words))


def compare(bench, what, old, new, after_old=None, after_new=None):
    """`after_…`: a command that must follow each run of the other, measured as a pair as well."""
    steps = [old, new, new, old]
    if after_old:
        steps = [old, new, after_old, after_new, new, old, after_new, after_old]
    taken = bench.paired(*steps, rounds=max(1, bench.rounds // 2))
    if not after_old:
        row(bench, what[0], joined(taken[0], taken[3]), joined(taken[1], taken[2]))
        return
    row(bench, what[0], joined(taken[0], taken[5]), joined(taken[1], taken[4]))
    row(bench, what[1], joined(taken[2], taken[7]), joined(taken[3], taken[6]))


def joined(first, second):
    return Times(first.wall + second.wall, first.busy + second.busy)


def locks(bench, old, new):
    compare(bench, ["version"], old.command("version"), new.command("version"))
    compare(bench, ["lock list"], old.command("lock", "list"), new.command("lock", "list"))
    compare(bench, ["lock acquire", "lock release"],
            *(side.command("lock", "acquire", "bench-1", "--reason", "bench") for side in (old, new)),
            *(side.command("lock", "release", "bench-1") for side in (old, new)))


def hand_off(bench, old, new):
    def under(side):
        return lambda agent: side.command("--as", agent, "with", "bench-1", "--reason", "bench", "--wait", "--")

    before, after = gaps(bench, [(gap_after_end, under(old)), (gap_after_end, under(new))], bench.rounds)
    row(bench, "hand-off, one command's end to the next one's start", before, after)


def sessions(bench, old, new):
    with ssh_session.target(bench) as values:
        for side in (old, new):
            side.run("server", "add", "target", "--address", f"127.0.0.1:{values['port']}", "--user", values["user"])
            side.run("server", "trust", "target", "--key", values["host_key"])
        compare(bench, ["ssh S true, with its lock"],
                *(side.command("ssh", "target", "--reason", "bench", "-i", values["key.bench"], "true") for side in (old, new)))


def desks(bench, old, new, count):
    # Another older program makes its desk anew.
    maker = hashlib.sha256((old.programs / "gilir_bench_make_desk").read_bytes()).hexdigest()[:8]
    made = [tickets.Desk(bench, count, side.programs, kind) for side, kind in ((old, f"old-{maker}"), (new, "new"))]
    for what in tickets.commands_of(made[0], bench):
        commands = [[side.gilir, *tickets.commands_of(desk, bench)[what][1:]] for side, desk in zip((old, new), made)]
        compare(bench, [f"{what}, among {tickets.in_words(count)}"], *commands)


def measure(bench, old_programs):
    old, new = Side(bench, old_programs, "old"), Side(bench, bench.programs, "new")
    bench.say("start-up and locks")
    locks(bench, old, new)
    bench.say("hand-off")
    hand_off(bench, old, new)
    bench.say("ssh")
    sessions(bench, old, new)
    for count in (1000,) if bench.quick else (1000, 100_000):
        bench.say(f"tickets, among {tickets.in_words(count)}")
        desks(bench, old, new, count)
