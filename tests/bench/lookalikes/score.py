"""Scores a finder of duplicates on a data set, as REP and SABD count: a hit at k is a ticket of the query's group of duplicates
among the first k different groups that were listed.

A data set is a directory with tickets.jsonl or tickets.jsonl.xz, in order of time, a ticket a line (id, title, body, created,
closed: seconds since 1970), and gold.json: {"gold": {ID: [IDs of its group]}, "buckets": [groups], "dev": [IDs to be asked]}.
The finder is a command that speaks the protocol of gilir_bench_lookalikes.
"""
import heapq
import json
import lzma
import pathlib
import subprocess

LISTED = 20
LONGEST_BODY = 4000


class DataSet:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.name = self.folder.name
        self.tickets = list(read_tickets(self.folder))
        gold = json.loads((self.folder / "gold.json").read_text(encoding="utf-8"))
        self.gold = gold["gold"]
        self.group = {ticket: number for number, bucket in enumerate(gold["buckets"]) for ticket in bucket}
        self.queries = gold["dev"]
        # Some of those that repeat none, and how many there are.
        self.ordinary = gold.get("negatives", [])
        self.all_ordinary = gold.get("natural_nonduplicates", 0)


def read_tickets(folder):
    packed = folder / "tickets.jsonl.xz"
    with lzma.open(packed, "rt", encoding="utf-8") if packed.exists() else open(folder / "tickets.jsonl", encoding="utf-8") as lines:
        for line in lines:
            ticket = json.loads(line)
            ticket["body"] = (ticket.get("body") or "")[:LONGEST_BODY]
            yield ticket


class Finder:
    """The command; every answer is waited for."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
                                        env=environment)

    def tell(self, **message):
        self.process.stdin.write(json.dumps(message, ensure_ascii=False) + "\n")

    def ask(self, **message):
        self.tell(**message)
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise subprocess.CalledProcessError(self.process.wait(), self.process.args)
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        if self.process.wait() != 0:
            raise subprocess.CalledProcessError(self.process.returncode, self.process.args)


def replay(data, finder, asked, **question):
    """Each ticket of `asked` with what the finder answers. A ticket's end and what it repeats are told when it was closed."""
    open_ones = []
    for place, ticket in enumerate(data.tickets):
        while open_ones and open_ones[0][0] <= ticket["created"]:
            at, _, closed = heapq.heappop(open_ones)
            finder.tell(op="close", id=closed, at=at)
            if closed in data.gold:
                finder.tell(op="duplicate", id=closed, of=data.gold[closed][0])
        known = {name: value for name, value in ticket.items() if name != "closed"}
        if ticket["id"] in asked:
            yield ticket, finder.ask(ticket=known, **question)
        finder.tell(op="add", ticket=known)
        if ticket.get("closed"):
            heapq.heappush(open_ones, (max(ticket["closed"], ticket["created"]), place, ticket["id"]))
        elif ticket["id"] in data.gold:
            finder.tell(op="duplicate", id=ticket["id"], of=data.gold[ticket["id"]][0])
    finder.end()


def answers_of(data, command, environment, most=0):
    """What the finder lists for each query, best first."""
    finder = Finder(command, environment)
    asked = set(data.queries[:most] if most else data.queries)
    return {ticket["id"]: [one["id"] if isinstance(one, dict) else one for one in listed]
            for ticket, listed in replay(data, finder, asked, op="query", k=LISTED)}


def rank_of(data, query, listed, place):
    """At which place the first right group stands; None when it does not."""
    groups = set()
    for one in listed:
        if one not in place or place[one] >= place[query]:
            continue
        if one in data.gold[query]:
            return len(groups) + 1
        groups.add(data.group.get(one, one))
    return None


def recalls(data, answers, at=(1, 5, 10)):
    place = {ticket["id"]: number for number, ticket in enumerate(data.tickets)}
    ranks = [rank_of(data, query, listed, place) for query, listed in answers.items()]
    return [sum(rank is not None and rank <= k for rank in ranks) / max(1, len(ranks)) for k in at]
