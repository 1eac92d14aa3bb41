#!/usr/bin/env python3
"""Files generate.py's tickets on a desk of gilir's, each at its own time, and writes what judge.py reads.

  run.py DRIVER TRUTH.jsonl > ANSWERS.jsonl

DRIVER is gilir_bench_lookalikes. The desk is made in a directory of its own and removed at the end; TMPDIR says where.
Before each ticket, those whose `closed` has passed are resolved; nothing else of the truth is looked at.
"""

import heapq
import json
import subprocess
import sys
import tempfile


class Driver:
    """The program, a message a line and an answer to each filing."""

    def __init__(self, program, directory):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen([program, directory], stdin=pipe, stdout=pipe, text=True, encoding="utf-8")

    def send(self, message):
        self.process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")

    def file(self, ticket):
        self.send({"op": "file", "ticket": {key: value for key, value in ticket.items() if key != "truth"}})
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit("run: the driver ended early")
        return json.loads(answer)

    def end(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            sys.exit("run: the driver failed")


def run(driver, tickets):
    """Each ticket's answer, in order."""
    mended = []
    for ticket in tickets:
        while mended and mended[0][0] <= ticket["created"]:
            at, done = heapq.heappop(mended)
            driver.send({"op": "close", "id": done, "at": at})
        yield driver.file(ticket)
        if ticket["truth"]["closed"] is not None:
            heapq.heappush(mended, (ticket["truth"]["closed"], ticket["id"]))
    driver.end()


def main(words):
    if len(words) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(words[1], encoding="utf-8") as lines:
        tickets = [json.loads(line) for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as directory:
        for answer in run(Driver(words[0], directory), tickets):
            print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
