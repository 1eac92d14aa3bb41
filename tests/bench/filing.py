"""Filing with the search for look-alikes, and searching, on texts as people write them: those of the first data set (--data),
else the reports of the help desk with known truth. Whole processes, against one durable insert by sqlite3 in the same rounds.

A desk of a million is made once, in some minutes and some gigabytes of disk (BUILD/../bench/desks), and copied for each run.
"""

import hashlib
import itertools
import json
import os
import pathlib
import sys
import tempfile
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent / "lookalikes" / "help_desk"))

import generate  # noqa: E402
from bench import Row, milliseconds, quantile  # noqa: E402
from lookalikes_found import score  # noqa: E402
from tickets import Desk, in_words  # noqa: E402

INSERT = "sqlite3, one durable insert"
VERSION = "gilir version"
LOGS_AT_MOST = 2  # as long as without one
BATCH_A_SECOND = 300
WITHOUT_SEARCH_A_SECOND = 3000
POSTING_BYTES = 150


def sizes(bench):
    """The smallest is what growth is measured from; of the others, how long filing may take: median and 95th percentile."""
    return {200: None, 1000: (2, 3.5), 3000: (3.5, 6)} if bench.quick else {1000: None, 15_000: (2, 3.5), 1_000_000: (3.5, 6)}


def texts_of(bench):
    """A file of JSON lines, and what is known of where they come from."""
    path = bench.scratch / "texts.jsonl"
    if bench.data:
        source, tickets = bench.data[0].name, score.read_tickets(bench.data[0])
    else:
        source, tickets = "help-desk", generate.generate(1, 6000)
    with open(path, "w", encoding="utf-8") as lines:
        for ticket in tickets:
            lines.write(json.dumps({name: ticket[name] for name in ("id", "title", "body", "created")}, ensure_ascii=False) + "\n")
    return path, f"-{source}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"


def commands_of(desk, bench):
    new = desk.command(bench, "ticket", "new", "-t", desk.lines("titles"), "--reporter", desk.lines("reporters"), "--office",
                       desk.lines("offices"), "--server", desk.lines("offices"))
    return ([*new, "-F", desk.lines("body_files")], [*new, "-F", desk.lines("log_files")],
            desk.command(bench, "search", desk.lines("searches")))


def share_row(bench, what, figure, peer, peer_figure, aim):
    ratio = figure / peer_figure
    bench.rows.append(Row(what, milliseconds(figure), peer, milliseconds(peer_figure), f"{ratio:.2f}", f"≤ {aim:g} ×", ratio <= aim))


def rate_row(bench, what, count, seconds, aim):
    rate = count / seconds
    bench.rows.append(Row(what, f"{rate:.0f}/s", aim=f"≥ {aim}/s", met=rate >= aim))


def measure_desk(bench, desk, aims):
    """Gives the times of a search."""
    database = bench.scratch / "peer-insert.db"
    if not database.exists():
        bench.run("sqlite3", database, "PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER)")
    insert = ["sqlite3", database, "PRAGMA synchronous=FULL; INSERT INTO t VALUES (1)"]
    bench.say(f"filing and searching among {in_words(desk.count)}")
    new, log, search = commands_of(desk, bench)
    inserted, version, filed, with_log, found = bench.paired(insert, [bench.gilir, "version"], new, log, search, cwd=desk.folder)
    among = f"among {in_words(desk.count)}"
    if aims:
        median, slow = aims
        bench.time_row(f"ticket new, {among}", filed, INSERT, inserted, most_ratio=median)
        share_row(bench, f"ticket new, {among}: p95", quantile(filed.wall, 0.95), INSERT, quantile(inserted.wall, 0.5), slow)
        share_row(bench, f"ticket new with a log of 64 KiB, {among}: p95", quantile(with_log.wall, 0.95), "without a log",
                  quantile(filed.wall, 0.95), LOGS_AT_MOST)
    return found, version


def posting_bytes(bench, desk):
    return int(bench.run("sqlite3", desk.copy / "desk.db", "SELECT pgsize FROM dbstat WHERE aggregate = 1 AND name = 'posting'"))


def batch(bench, texts):
    """One program files one ticket after the other, in memory where there is such a file system: what the disk takes is
    measured above, and a batch waits for it once."""
    count = 300 if bench.quick else 5000
    with open(texts, encoding="utf-8") as file:
        lines = [json.loads(line) for line in itertools.islice(file, count)]
    messages = "".join(json.dumps({"op": "add", "ticket": ticket}, ensure_ascii=False) + "\n" for ticket in lines)
    bench.say(f"{len(lines)} tickets in a batch")
    begun = time.monotonic()
    memory = pathlib.Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="gilir-batch-", dir=memory if os.access(memory, os.W_OK) else bench.scratch) as desk:
        bench.run(bench.program("lookalikes"), desk, input=messages)
    rate_row(bench, f"filing {in_words(len(lines))} tickets in one process, with the search", len(lines),
             time.monotonic() - begun, BATCH_A_SECOND)


def without_search(bench, texts):
    """There is no import yet: the desk's tables with their events and the index, all that one would do."""
    count = 2000 if bench.quick else 20_000
    folder = tempfile.mkdtemp(prefix="without-search-", dir=bench.scratch)
    bench.say(f"{in_words(count)} tickets without the search")
    begun = time.monotonic()
    bench.run(bench.program("make_desk"), folder, count, texts)
    rate_row(bench, f"filing {in_words(count)} tickets, their events and their end through the desk's tables, without the search",
             count, time.monotonic() - begun, WITHOUT_SEARCH_A_SECOND)


def measure(bench):
    texts, kind = texts_of(bench)
    desks = [Desk(bench, count, kind=kind, texts=texts) for count in sizes(bench)]
    os.sync()
    searches = {}
    for desk, aims in zip(desks, sizes(bench).values()):
        searches[desk.count], version = measure_desk(bench, desk, aims)
    smallest, *_, largest = desks
    bench.time_row(f"search, among {in_words(largest.count)}", searches[largest.count], VERSION, version, most_ratio=2.5)
    growth(bench, smallest, largest)
    batch(bench, texts)
    without_search(bench, texts)
    size = posting_bytes(bench, largest) / largest.count
    bench.rows.append(Row(f"postings of a ticket, among {in_words(largest.count)}", f"{size:.0f} bytes",
                          aim=f"≤ {POSTING_BYTES} bytes", met=size <= POSTING_BYTES))


def growth(bench, smallest, largest):
    few, many = bench.paired(*(commands_of(desk, bench)[2] for desk in (smallest, largest)), cwd=smallest.folder)
    bench.time_row(f"search, among {in_words(largest.count)}", many, f"gilir, among {in_words(smallest.count)}", few, most_ratio=1.25)
