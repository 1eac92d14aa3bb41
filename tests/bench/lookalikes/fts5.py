#!/usr/bin/env python3
"""The peer that anybody has: SQLite's FTS5, all words of a ticket joined by OR, ranked by bm25 with the title eight times as
heavy. Speaks the protocol of gilir_bench_lookalikes as far as ranking goes.

    fts5.py [TOKENIZER]     porter unless said otherwise
"""
import json
import re
import sqlite3
import sys

MOST_WORDS = 300


def main():
    tokenizer = sys.argv[1] if len(sys.argv) > 1 else "porter"
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE ticket USING fts5 (title, body, tokenize = '{tokenizer}')")
    ids = []
    for line in sys.stdin:
        message = json.loads(line)
        if message["op"] == "add":
            ids.append(message["ticket"]["id"])
            database.execute("INSERT INTO ticket (rowid, title, body) VALUES (?, ?, ?)",
                             (len(ids), message["ticket"]["title"], message["ticket"].get("body", "")))
        if message["op"] == "query":
            text = message["ticket"]["title"] + " " + message["ticket"].get("body", "")
            words = list(dict.fromkeys(word.lower() for word in re.findall(r"\w+", text)))[:MOST_WORDS]
            asked = " OR ".join(f'"{word}"' for word in words)
            rows = database.execute("SELECT rowid FROM ticket WHERE ticket MATCH ? ORDER BY bm25(ticket, 8, 1) LIMIT ?",
                                    (asked, 2 * message.get("k", 20))).fetchall() if words else []
            print(json.dumps([ids[row[0] - 1] for row in rows]), flush=True)


if __name__ == "__main__":
    main()
