"""A desk with thousands of tickets, written into its file as filing would have, and the same desk as the program left
it that found look-alikes with another index."""

import contextlib
import json
import random
import sqlite3
import subprocess

WORDS = [f"{first}{middle}{last}" for first in ("pri", "sca", "mo", "ka", "ser", "lo", "ti", "ba", "gu", "we")
         for middle in ("n", "r", "lu", "ma", "te", "si", "to", "pa", "ki", "do", "ra", "ne", "bi", "so", "ga")
         for last in ("ter", "ner", "bel", "ket", "rang", "mail", "pin", "dah", "lus", "nik")]
BEFORE_INDEX = 19


def some_words(drawn, count):
    """As people write: some words often, most seldom."""
    return " ".join(WORDS[int(len(WORDS) * drawn.random() ** 3)] for _ in range(count))


@contextlib.contextmanager
def write(desk):
    database = sqlite3.connect(f"{desk.path}/desk.db", timeout=30, isolation_level=None)
    try:
        database.execute("BEGIN IMMEDIATE")
        yield database
        database.execute("COMMIT")
    finally:
        database.close()


@contextlib.contextmanager
def read(desk):
    database = sqlite3.connect(f"file:{desk.path}/desk.db?mode=ro", uri=True, timeout=30)
    try:
        yield database
    finally:
        database.close()


def add_tickets(desk, count):
    """Behind the desk's back, and not in its index: what stands of the last ticket, so many times, in other words."""
    drawn = random.Random(count)
    with write(desk) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(ticket)")]
        last = dict(zip(columns, database.execute("SELECT * FROM ticket ORDER BY number DESC LIMIT 1").fetchone()))
        first = last["number"] + 1
        rows = [{**last, "number": number, "title": some_words(drawn, 6), "body": some_words(drawn, 45)}
                for number in range(first, first + count)]
        names = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(f":{column}" for column in columns)
        database.executemany(f"INSERT INTO ticket ({names}) VALUES ({values})", rows)
        database.executemany("INSERT INTO voice (ticket, reporter, via) VALUES (:number, :reporter, :number)", rows)
        database.execute("UPDATE counter SET value = ? WHERE name = 'ticket'", (first + count - 1,))


def put_former_schema(database):
    for table in ("indexed_text", "posting", "text_block", "text_finish", "index_state", "ended"):
        database.execute(f"DROP TABLE {table}")
    database.execute("CREATE TABLE duplicate_term (term TEXT PRIMARY KEY, tickets INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    database.execute("CREATE VIRTUAL TABLE duplicate_index USING fts5 (terms, content = '', columnsize = 0, "
                     "detail = none, tokenize = \"ascii tokenchars '-_./:'\")")
    database.execute(f"PRAGMA user_version = {BEFORE_INDEX}")


def forget_index(desk):
    """The schema and the index of the program of before; whoever has the desk open goes on with it."""
    with write(desk) as database:
        if database.execute("PRAGMA user_version").fetchone()[0] > BEFORE_INDEX:
            put_former_schema(database)
        database.execute("INSERT INTO duplicate_index (rowid, terms) SELECT number, title || ' ' || body FROM ticket "
                         "WHERE number > 1")
        database.executemany("INSERT OR IGNORE INTO duplicate_term (term, tickets) VALUES (?, 1)",
                             [(word,) for word in WORDS])


def finding(desk, *options):
    """What doctor finds about the index, whatever else is wrong on this machine."""
    done = subprocess.run([desk.gilir, "doctor", *options, "--json"], env=desk.environment("boss"), capture_output=True,
                          stdin=subprocess.DEVNULL, text=True, check=False, timeout=300)
    return next(one for one in json.loads(done.stdout)["data"] if one["check"] == "index")
