"""Locks: acquire and release one after the other, many processes at once, and how fast a server changes hands."""

import contextlib
import json
import os
import statistics
import subprocess
import time

from bench import Row, Times, milliseconds, quantile
from etcd import running_etcd

slots = 32
hold_ms = 150


def servers(bench):
    return ["bench-1", "session-1", *(f"slot-{slot}" for slot in range(1, slots + 1))]


def set_up(bench):
    bench.run(bench.gilir, "init", bench.scratch / "desk", "--agent", "bench")
    bench.run(bench.gilir, "agent", "add", "other", "--tier", "1")
    for number, server in enumerate(servers(bench), 1):
        bench.run(bench.gilir, "server", "add", server, "--address", f"127.0.1.{number}")


@contextlib.contextmanager
def open_session(bench):
    """Somebody is at work under a lock meanwhile, as in an office nearly always: who closes the desk is not the last."""
    record = bench.scratch / "session"
    session = start(bench, [bench.gilir, "with", "session-1", "--reason", "bench", "--", bench.program("stamp"), record, 600_000])
    try:
        while not record.exists():
            time.sleep(0.005)
        yield
    finally:
        session.terminate()
        session.wait()


def acquire_and_release(bench):
    database = bench.scratch / "peer.db"
    bench.run("sqlite3", database, "PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER)")
    insert = ["sqlite3", database, "PRAGMA synchronous=FULL; INSERT INTO t VALUES (1)"]
    own = [[bench.gilir, "lock", "acquire", "bench-1", "--reason", "bench"], [bench.gilir, "lock", "release", "bench-1"]]
    flock = ["flock", "-n", bench.scratch / "flock", "true"]
    what = "lock acquire, then release"
    with running_etcd(bench) as etcdctl:
        etcd = [*etcdctl, "lock", "bench", "true"] if etcdctl else ["true"]
        acquire, release, inserted, locked, held = bench.paired(*own, insert, flock, etcd)
        with open_session(bench):
            beside_acquire, beside_release, beside_held = bench.paired(*own, etcd)
    bench.time_row("lock acquire", acquire, "sqlite3, one durable insert", inserted, most_ratio=1.5)
    bench.time_row("lock release", release, "sqlite3, one durable insert", inserted, most_ratio=1.5)
    bench.time_row(what, acquire + release, "flock -n F true (stores nothing)", locked)
    if not etcdctl:
        bench.left_out(what, "there is no etcd here")
        return
    bench.time_row(what, acquire + release, "etcdctl lock S true", held, least_speed=2)
    bench.time_row(f"{what}, while a session is open", beside_acquire + beside_release, "etcdctl lock S true", beside_held,
                   least_speed=2)


class Contended:
    """One kind of process, `slots` of them at once, in some blocks of time."""

    def __init__(self, name, commands):
        self.name, self.commands = name, commands
        self.rates, self.times = [], []

    def block(self, bench, seconds):
        words = [bench.program("contend"), slots, seconds]
        for command in self.commands:
            words += ["--", *command]
        measured = json.loads(bench.run(*words))
        self.rates.append(len(measured["times"]) / measured["seconds"])
        self.times += measured["times"]


def rate_row(bench, what, own, rates, peer, peer_rates, least):
    ratio = statistics.median(one / other for one, other in zip(rates, peer_rates))
    bench.rows.append(Row(what, f"{statistics.median(rates):.0f}/s", peer, f"{statistics.median(peer_rates):.0f}/s",
                          f"{ratio:.2f}", f"≥ {least:g} ×", ratio >= least))


def contention(bench):
    bare_folder = bench.scratch / "bare"
    bare_folder.mkdir()
    bench.run("sqlite3", bare_folder / "bare.db", "PRAGMA journal_mode=WAL; CREATE TABLE row (number INTEGER PRIMARY KEY)")
    own = Contended("lock acquire, release", [[bench.gilir, "lock", "acquire", "slot-SLOT", "--reason", "bench"],
                                              [bench.gilir, "lock", "release", "slot-SLOT"]])
    bare = Contended("a bare gated transaction", [[bench.program("bare_transaction"), bare_folder]])
    kinds = [own, bare]
    with running_etcd(bench) as etcdctl:
        if etcdctl:
            etcd = Contended("etcdctl lock S true", [[*etcdctl, "lock", "slot-SLOT", "true"]])
            kinds.append(etcd)
        for _ in range(2 if bench.quick else 5):
            for kind in kinds:
                kind.block(bench, 1 if bench.quick else 3)
    what = f"{slots} processes at once, lock acquire and release in turn"
    rate_row(bench, f"{what}: commands", own, own.rates, bare.name, bare.rates, 0.7)
    own_p99, bare_p99 = quantile(own.times, 0.99), quantile(bare.times, 0.99)
    bench.rows.append(Row(f"{what}: p99", milliseconds(own_p99), bare.name, milliseconds(bare_p99),
                          f"{own_p99 / bare_p99:.2f}", "≤ 1.5 ×", own_p99 <= 1.5 * bare_p99))
    if etcdctl:
        rate_row(bench, f"{what}: commands", own, own.rates, "etcdctl lock S true", etcd.rates, 5)
    else:
        bench.left_out(f"{what}: commands", "there is no etcd here")


def boot_ns():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME)


def start(bench, command):
    return subprocess.Popen([str(word) for word in command], env=bench.environment, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def stamps_in(record):
    return [(word, int(at)) for word, at in (line.split() for line in record.read_text().splitlines())]


def wait_for_line_to_form():
    time.sleep(hold_ms / 1000 / 2)


def gap_after_end(bench, record, command):
    """From one holder's end to the next one's start, in microseconds; `command(agent)` runs what follows under a lock."""
    stamp = [bench.program("stamp"), record, hold_ms]
    holders = [start(bench, [*command("bench"), *stamp])]
    while not record.exists() or "start" not in record.read_text():
        time.sleep(0.005)
    holders.append(start(bench, [*command("other"), *stamp]))
    for holder in holders:
        if holder.wait(timeout=30) != 0:
            raise SystemExit("bench: a holder failed")
    stamps = stamps_in(record)
    assert [word for word, _ in stamps] == ["start", "end", "start", "end"], stamps
    return (stamps[2][1] - stamps[1][1]) / 1000


def gap_after_release(bench, record, command):
    """From the moment when `gilir lock release` has answered to the start of the next holder's command."""
    bench.run(bench.gilir, "lock", "acquire", "bench-1", "--reason", "bench")
    waiter = start(bench, [*command("other"), bench.program("stamp"), record, 1])
    wait_for_line_to_form()
    release = subprocess.Popen([bench.gilir, "lock", "release", "bench-1", "--json"], env=bench.environment,
                               stdout=subprocess.PIPE)
    os.read(release.stdout.fileno(), 1)
    answered = boot_ns()
    if release.wait() != 0 or waiter.wait(timeout=30) != 0:
        raise SystemExit("bench: a hand-off failed")
    return (stamps_in(record)[0][1] - answered) / 1000


def gaps(bench, kinds, rounds=None):
    """Gaps of each kind, taken by turns. A kind is a gap's function and its command."""
    found = [[] for _ in kinds]
    for round_ in range(rounds or max(6, bench.rounds // 3)):
        for kind, (gap, command) in enumerate(kinds):
            found[kind].append(gap(bench, bench.scratch / f"stamps-{round_}-{kind}", command))
    return [Times(each) for each in found]


def hand_off(bench):
    def under_gilir(agent):
        return [bench.gilir, "--as", agent, "with", "bench-1", "--reason", "bench", "--wait", "--"]

    def under_flock(_):
        return ["flock", bench.scratch / "flock"]

    with running_etcd(bench) as etcdctl:
        kinds = [(gap_after_end, under_gilir), (gap_after_release, under_gilir), (gap_after_end, under_flock)]
        if etcdctl:
            kinds.append((gap_after_end, lambda agent: [*etcdctl, "lock", "bench"]))
        ends, releases, flocks, *etcds = gaps(bench, kinds)
    what = "hand-off, one command's end to the next one's start"
    bench.time_row("hand-off, release acknowledged to the next command's start", releases, most_ms=3)
    bench.time_row(what, ends, "flock (stores nothing)", flocks)
    if etcds:
        bench.time_row(what, ends, "etcdctl lock", etcds[0], most_ratio=1)
    else:
        bench.left_out(what, "there is no etcd here")
