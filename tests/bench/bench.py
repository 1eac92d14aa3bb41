"""What every case of ./dev bench measures with: whole processes, gilir's and a peer's, in turn within one run, so that
the ratio of the two means something on a busy machine, too. Figures are medians, times in microseconds."""

import dataclasses
import json
import os
import shutil
import statistics
import subprocess
import sys


@dataclasses.dataclass
class Row:
    """A line of the table. `met` is None where there is no aim, or nothing was measured."""
    what: str
    figure: str
    peer: str = ""
    peer_figure: str = ""
    ratio: str = ""
    aim: str = ""
    met: bool | None = None

    def mark(self):
        return {None: "", True: "met", False: "MISSED"}[self.met]

    def cells(self):
        return (self.what, self.figure, self.peer, self.peer_figure, self.ratio, self.aim, self.mark())


COLUMNS = ("what", "gilir", "peer", "peer's", "ratio", "aim", "")


@dataclasses.dataclass
class Times:
    """What a command took, round by round: by the clock on the wall, and of a processor (empty where not known)."""
    wall: list[float]
    busy: list[float] = dataclasses.field(default_factory=list)

    def __add__(self, other):
        return Times([sum(pair) for pair in zip(self.wall, other.wall)], [sum(pair) for pair in zip(self.busy, other.busy)])

    def words(self):
        return milliseconds(statistics.median(self.wall))

    def words_with_busy(self):
        return f"{self.words()} ({milliseconds(statistics.median(self.busy))} busy)" if self.busy else self.words()


def milliseconds(figure):
    return f"{figure / 1000:.1f} ms" if figure < 100_000 else f"{figure / 1000:.0f} ms"


def quantile(times, share):
    return sorted(times)[int(share * (len(times) - 1))]


def ratio_of(times, peer_times):
    """The median of the ratios round by round; ratios of medians would mix rounds of different speed."""
    return statistics.median(own / peer for own, peer in zip(times.wall, peer_times.wall))


class Bench:
    def __init__(self, programs, scratch, desks, rounds, quick):
        self.programs, self.scratch, self.desks = programs, scratch, desks
        self.rounds, self.quick = rounds, quick
        self.rows = []
        # Directories of data sets, and the command of another finder of look-alikes; see run.
        self.data, self.reference = [], None
        self.gilir = str(programs / "gilir")
        home = scratch / "home"
        home.mkdir()
        self.environment = {**os.environ, "HOME": str(home), "GILIR_DESK": str(scratch / "desk"), "GILIR_AGENT": "bench",
                            "LC_ALL": "C.UTF-8", "TASKRC": str(home / "taskrc"), "TASKDATA": str(home / "task"),
                            "ETCDCTL_API": "3"}

    def say(self, text):
        print(f"bench: {text}", file=sys.stderr, flush=True)

    def program(self, name):
        return str(self.programs / f"gilir_bench_{name}")

    def has(self, peer):
        """Whether the peer is here; ./dev bench sees to it, this says what is left out when it could not."""
        return shutil.which(peer) is not None

    def run(self, *words, **options):
        return subprocess.run([str(word) for word in words], env=self.environment, check=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, **options).stdout

    def paired(self, *commands, rounds=None, **options):
        """Runs the commands in turn and gives each one's times."""
        words = [self.program("paired"), str(rounds or self.rounds)]
        for command in commands:
            words += ["--", *map(str, command)]
        return [Times(**times) for times in json.loads(self.run(*words, **options))]

    def time_row(self, what, times, peer="", peer_times=None, most_ratio=None, most_ms=None, least_speed=None):
        """A row about times. Aims: `most_ratio` of the peer's time, `most_ms`, `least_speed` times as fast as the peer."""
        aims, met, ratio = [], [], ""
        if peer_times:
            measured = ratio_of(times, peer_times)
            ratio = f"{measured:.2f}" if measured >= 0.1 else f"{measured:.1g}"
            if most_ratio is not None:
                aims.append(f"≤ {most_ratio:g} ×")
                met.append(measured <= most_ratio)
            if least_speed is not None:
                aims.append(f"{least_speed:g} × faster")
                met.append(measured <= 1 / least_speed)
        if most_ms is not None:
            aims.append(f"≤ {most_ms:g} ms")
            met.append(statistics.median(times.wall) <= most_ms * 1000)
        self.rows.append(Row(what, times.words() if most_ms is None else times.words_with_busy(), peer,
                             peer_times.words() if peer_times else "", ratio, ", ".join(aims), all(met) if met else None))

    def left_out(self, what, why):
        self.rows.append(Row(what, "not measured", why))
