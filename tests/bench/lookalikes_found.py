"""What look-alikes are found, by gilir, FTS5 and, where it is given, a reference: on every data set that is given (--data) or
lies in BUILD/../bench/data, and on the help desk with known truth."""

import collections
import pathlib
import sys
import tempfile

from bench import Row

folder = pathlib.Path(__file__).resolve().parent / "lookalikes"
sys.path[:0] = [str(folder), str(folder / "help_desk")]

import generate  # noqa: E402
import judge  # noqa: E402
import score  # noqa: E402

QUICK_QUERIES = 50
WHAT = "look-alikes found at 1, 5, 10"


def measure_set(bench, data):
    most = QUICK_QUERIES if bench.quick else 0
    bench.say(f"{data.name}: {len(data.tickets)} tickets, {min(most or len(data.queries), len(data.queries))} queries")
    desk = tempfile.mkdtemp(prefix="look-alikes-", dir=bench.scratch)
    finders = {"gilir": [bench.program("lookalikes"), desk], "FTS5, bm25": [sys.executable, str(folder / "fts5.py")]}
    if bench.reference:
        finders["the reference"] = ["sh", "-c", bench.reference]
    found = {}
    for name, command in finders.items():
        answers = score.answers_of(data, command, bench.environment, most)
        found[name] = score.recalls(data, answers)
    for peer in list(finders)[1:]:
        ratio = found["gilir"][0] / found[peer][0] if found[peer][0] else 0
        bench.rows.append(Row(f"{WHAT}: {data.name}", in_words(found["gilir"]), peer, in_words(found[peer]), f"{ratio:.2f}"))


def in_words(recalls):
    return " ".join(f"{recall:.3f}" for recall in recalls)


def measure_help_desk(bench):
    bench.say("the help desk, half B")
    tickets, days = (600, 12) if bench.quick else (6000, 120)
    tickets = generate.generate(1, tickets, days, "B")
    finder = score.Finder([bench.program("lookalikes"), tempfile.mkdtemp(prefix="help-desk-", dir=bench.scratch)], bench.environment)
    answers = {}
    ended = collections.deque(sorted((ticket["truth"]["closed"], ticket["id"]) for ticket in tickets))
    for ticket in tickets:
        while ended and ended[0][0] <= ticket["created"]:
            at, closed = ended.popleft()
            if closed in answers:
                finder.tell(op="close", id=closed, at=at)
        known = {name: value for name, value in ticket.items() if name != "truth"}
        answers[ticket["id"]] = finder.ask(op="file", ticket=known)
    finder.end()
    for figure in judge.Judge(tickets, answers).judge().values():
        if figure.has_aim():
            aim = f"≥ {figure.least:.1%}" if figure.least is not None else f"≤ {figure.most:.1%}"
            bench.rows.append(Row(f"help desk: {figure.name.strip()}", f"{figure.rate():.1%} of {figure.of}", aim=aim,
                                  met=figure.met()))


def measure(bench):
    for path in bench.data:
        measure_set(bench, score.DataSet(path))
    if not bench.data:
        bench.left_out(WHAT, f"no data set: give one with --data, or put it into {bench.desks.parent / 'data'}")
    measure_help_desk(bench)
