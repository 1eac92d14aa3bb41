#!/usr/bin/env python3
"""What a tracker's tickets are called when they are filed on a desk, and how often that is right by its labels.

  strengths.py DRIVER SET [--list FALSE]     a line for each false strong and likely one goes to the file FALSE

DRIVER is gilir_bench_lookalikes; SET a directory with tickets.jsonl.xz (id, title, body, created, closed, …) and gold.json
(gold: of each duplicate, those that it repeats). Tickets are filed in order of time, closed and merged at their own times,
those of one reporter under one name. The labels miss duplicates: read the false ones by eye.
"""

import argparse
import heapq
import json
import lzma
import subprocess
import sys
import tempfile
from pathlib import Path

STRENGTHS = ("strong", "likely", "weak", "none")


class Driver:
    """The program; `send` wants no answer."""

    def __init__(self, program, directory):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([program, directory], stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    def send(self, **message):
        self.process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")

    def file(self, ticket):
        self.send(op="file", ticket={key: value for key, value in ticket.items() if key != "closed"})
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def answers(driver, tickets, gold):
    """Each ticket with what it was called."""
    closing = []

    def merge(ticket):
        if ticket in gold:
            driver.send(op="duplicate", id=ticket, of=gold[ticket][0])

    for place, ticket in enumerate(tickets):
        while closing and closing[0][0] <= ticket["created"]:
            at, _, done = heapq.heappop(closing)
            driver.send(op="close", id=done, at=at)
            merge(done)
        yield ticket, driver.file(ticket)
        if ticket.get("closed"):
            heapq.heappush(closing, (max(ticket["closed"], ticket["created"]), place, ticket["id"]))
        else:
            merge(ticket["id"])


def tell(called, gold):
    """Prints how many are called what, and how many of these are right. `called`: (ticket, answer)."""
    for strength in STRENGTHS[:3]:
        these = [(ticket["id"], answer["of"]) for ticket, answer in called if answer["strength"] == strength]
        right = sum(of in gold.get(ticket, ()) for ticket, of in these)
        share = right / len(these) if these else 0
        print(f"{strength:<7}{len(these):>6} of {len(called)} ({len(these) / len(called):.2%}), {share:.1%} right by the labels")
    ordinary = [answer for ticket, answer in called if ticket["id"] not in gold]
    asked = sum(answer["strength"] in STRENGTHS[:2] for answer in ordinary)
    sticky = sum(answer["sticky"] for answer in ordinary)
    print(f"of {len(ordinary)} ordinary tickets: {sticky / len(ordinary):.2%} sticky, {asked / len(ordinary):.2%} asked about")


def list_false(path, called, gold):
    tickets = {ticket["id"]: ticket for ticket, _ in called}
    with open(path, "w", encoding="utf-8") as lines:
        for ticket, answer in called:
            false = answer["strength"] in STRENGTHS[:2] and answer["of"] not in gold.get(ticket["id"], ())
            if false or (answer["sticky"] and ticket["id"] not in gold):
                older = tickets[answer["of"]]
                row = {**answer, "title": ticket["title"], "body": ticket["body"][:400], "older": older["title"],
                       "older_body": older["body"][:400], "days": (ticket["created"] - older["created"]) / 86400}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("driver")
    parser.add_argument("set", type=Path)
    parser.add_argument("--list", metavar="FALSE")
    options = parser.parse_args(words)
    with lzma.open(options.set / "tickets.jsonl.xz", "rt", encoding="utf-8") as lines:
        tickets = [json.loads(line) for line in lines]
    for ticket in tickets:
        ticket["body"] = (ticket.get("body") or "")[:4000]
    gold = json.loads((options.set / "gold.json").read_text(encoding="utf-8"))["gold"]
    with tempfile.TemporaryDirectory() as directory:
        called = list(answers(Driver(options.driver, directory), tickets, gold))
    tell(called, gold)
    if options.list:
        list_false(options.list, called, gold)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
