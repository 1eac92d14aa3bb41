#!/usr/bin/env python3
"""Judges a run's answers against the truth of generate.py; exit 1 when an aim is missed, 2 when the run is no answer.

  judge.py TRUTH.jsonl ANSWERS.jsonl [--show N]

TRUTH is generate.py's output. ANSWERS has a line a ticket: {"id", "strength": "strong|likely|weak|none" of the best
match, "of": its id or null, "sticky": true|false, "agent": who got the ticket}. --show prints N failures of each figure,
for reading by eye.

A ticket is *kept with one agent* when the turn was sticky and went to the agent of an earlier report of its occurrence:
the luck of the turn does not count. No twin counts that belongs to another occurrence. *Different faults at one server*
are first reports that name a server at which a report of another occurrence was open, whoever filed it; the *near* ones
of these (the same thing with another fault, or the same fault at another thing) are the hard part and have the aim on
their own as well.
"""

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field

STRENGTHS = ("strong", "likely", "weak", "none")
ASKED = ("strong", "likely")


@dataclass
class Figure:
    """A rate and the aim that it has to keep: at least, at most, or none."""

    name: str
    least: float = None
    most: float = None
    hits: int = 0
    of: int = 0
    shown: list = field(default_factory=list)

    def count(self, ticket, hit):
        self.of += 1
        self.hits += hit
        if hit != (self.most is None):
            self.shown.append(ticket)

    def rate(self):
        return self.hits / self.of if self.of else 0.0

    def has_aim(self):
        return self.least is not None or self.most is not None

    def met(self):
        if not self.has_aim():
            return True
        if not self.of:
            return False
        return self.rate() >= self.least if self.least is not None else self.rate() <= self.most

    def line(self):
        aim = verdict = ""
        if self.has_aim():
            aim = f">= {self.least:.1%}" if self.least is not None else f"<= {self.most:.1%}"
            verdict = "met" if self.met() else "MISSED"
        return f"{self.name:<66}{self.hits:>6} of {self.of:<6}{self.rate():>7.2%}  {aim:<9} {verdict}".rstrip()


def make_figures():
    return {
        "verbatim": Figure("resent verbatim: strong", least=0.98),
        "typo": Figure("resent with typing errors: strong", least=0.98),
        "reworded": Figure("reworded, same person, same server: kept with one agent", least=0.85),
        "apart": Figure("different faults at one server: neither strong nor sticky", least=0.97),
        "apart_near": Figure("  of these, near ones", least=0.97),
        "apart_near_self": Figure("    and by one reporter"),
        "apart_near_fault": Figure("    and another fault, mostly of the same thing"),
        "apart_near_thing": Figure("    and the same fault at another thing"),
        "false_sticky": Figure("ordinary tickets with a false sticky turn", most=0.003),
        "asked": Figure("ordinary tickets asked about (strong or likely shown)", most=0.06),
        "asked_recurs": Figure("  of these, a fault that came back after it was mended"),
        "asked_new": Figure("  of these, a fault that is new to its thing"),
        "false_strong": Figure("ordinary tickets called strong"),
        "reworded_shown": Figure("reworded by the same person: the right twin shown"),
        "reworded_best": Figure("reworded by the same person: the right twin best, at any strength"),
        "colleague_strong": Figure("by a colleague: strong"),
        "colleague_shown": Figure("by a colleague: the right twin shown"),
        "colleague_kept": Figure("by a colleague: kept with one agent"),
        "other_language_shown": Figure("in the other language: the right twin shown"),
        "other_language_kept": Figure("in the other language: kept with one agent"),
        "wrong_sticky": Figure("repeats with a sticky turn to another occurrence's agent"),
        "strong_right": Figure("strong, and right (precision)"),
        "likely_right": Figure("likely, and right (precision)"),
    }


class Judge:
    """Goes through the tickets in order of time with what was filed before."""

    def __init__(self, tickets, answers):
        self.tickets = tickets
        self.answers = answers
        self.figures = make_figures()
        self.before = {}
        self.agents = defaultdict(set)
        self.open_at = defaultdict(list)

    def judge(self):
        for ticket in self.tickets:
            self.judge_ticket(ticket, self.answers[ticket["id"]])
            self.remember(ticket, self.answers[ticket["id"]])
        return self.figures

    def remember(self, ticket, answer):
        truth = ticket["truth"]
        self.before[ticket["id"]] = ticket
        self.agents[truth["fault_case"]].add(answer["agent"])
        if ticket["server"]:
            self.open_at[ticket["server"]].append((truth["closed"], truth["fault_case"]))

    def judge_ticket(self, ticket, answer):
        twin = self.before.get(answer["of"])
        right = bool(twin) and twin["truth"]["fault_case"] == ticket["truth"]["fault_case"]
        if answer["strength"] in ASKED:
            self.figures[f"{answer['strength']}_right"].count(ticket, right)
        if ticket["truth"]["kind_of_repeat"] == "first":
            self.judge_first(ticket, answer)
        else:
            self.judge_repeat(ticket, answer, right)

    def judge_first(self, ticket, answer):
        sticky, asked = answer["sticky"], answer["strength"] in ASKED
        strong = answer["strength"] == "strong"
        self.figures["false_sticky"].count(ticket, sticky)
        self.figures["false_strong"].count(ticket, strong)
        self.figures["asked"].count(ticket, asked)
        self.figures["asked_recurs" if ticket["truth"]["recurs"] else "asked_new"].count(ticket, asked)
        if not self.another_is_open(ticket):
            return
        apart = not strong and not sticky
        self.figures["apart"].count(ticket, apart)
        if ticket["truth"]["near"]:
            self.figures["apart_near"].count(ticket, apart)
            self.judge_near(ticket, apart)

    def judge_near(self, ticket, apart):
        sibling = self.before.get(ticket["truth"]["near"])
        if not sibling:
            return
        if sibling["reporter"] == ticket["reporter"]:
            self.figures["apart_near_self"].count(ticket, apart)
        same_fault = sibling["truth"]["fault"] == ticket["truth"]["fault"]
        self.figures["apart_near_thing" if same_fault else "apart_near_fault"].count(ticket, apart)

    def another_is_open(self, ticket):
        still = [each for each in self.open_at[ticket["server"]] if each[0] > ticket["created"]]
        self.open_at[ticket["server"]] = still
        return any(case != ticket["truth"]["fault_case"] for _, case in still)

    def judge_repeat(self, ticket, answer, right):
        kind, case = ticket["truth"]["kind_of_repeat"], ticket["truth"]["fault_case"]
        strong = right and answer["strength"] == "strong"
        shown = right and answer["strength"] in ASKED
        kept = answer["sticky"] and answer["agent"] in self.agents[case]
        self.figures["wrong_sticky"].count(ticket, answer["sticky"] and not kept)
        if kind in ("verbatim", "typo"):
            self.figures[kind].count(ticket, strong)
            return
        if kind == "reworded":
            first = self.before.get(ticket["truth"]["of"])
            self.figures["reworded_best"].count(ticket, right)
            if first and first["server"] == ticket["server"] and first["reporter"] == ticket["reporter"]:
                self.figures["reworded"].count(ticket, kept)
        else:
            self.figures[f"{kind}_kept"].count(ticket, kept)
        if kind == "colleague":
            self.figures["colleague_strong"].count(ticket, strong)
        self.figures[f"{kind}_shown"].count(ticket, shown)


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def check(tickets, answers):
    """What makes the answers no run of these tickets; empty when nothing does."""
    found = {answer.get("id"): answer for answer in answers}
    missing = [ticket["id"] for ticket in tickets if ticket["id"] not in found]
    if missing:
        return f"{len(missing)} tickets have no answer, the first of them {missing[0]}"
    for answer in answers:
        if answer.get("strength") not in STRENGTHS:
            return f"{answer.get('id')}: strength is none of {', '.join(STRENGTHS)}"
        if not isinstance(answer.get("sticky"), bool) or "of" not in answer or not answer.get("agent"):
            return f"{answer.get('id')}: of, sticky or agent is missing"
    return ""


def show(figure, answers, count):
    for ticket in figure.shown[:count]:
        answer = answers[ticket["id"]]
        print(f"      {ticket['id']} {ticket['title']!r} -> {answer['strength']}, sticky {answer['sticky']}, {answer['of']}")


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth")
    parser.add_argument("answers")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    options = parser.parse_args(words)
    tickets, given = read(options.truth), read(options.answers)
    wrong = check(tickets, given)
    if wrong:
        print(f"judge: {wrong}", file=sys.stderr)
        return 2
    answers = {answer["id"]: answer for answer in given}
    figures = Judge(tickets, answers).judge()
    for figure in figures.values():
        print(figure.line())
        show(figure, answers, options.show)
    return 0 if all(figure.met() for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
