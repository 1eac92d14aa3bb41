#!/usr/bin/env python3
"""The generator keeps its word about the truth, and the judge is fooled by no run that knows nothing."""

import contextlib
import io
import json
import random
import re
import sys
import tempfile
import unittest
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

# pylint: disable=wrong-import-position
import generate
import judge
import logs
import timeline
import typos
import wording

TICKETS = 1500


def perfect_run(tickets):
    """Answers of a finder that knows the truth; ordinary tickets go round by turn."""
    agents, answers = {}, []
    for turn, ticket in enumerate(tickets):
        truth = ticket["truth"]
        repeat = truth["of"] is not None
        agent = agents.setdefault(truth["fault_case"], f"agent-{turn % 7}")
        answers.append({"id": ticket["id"], "strength": "strong" if repeat else "none", "of": truth["of"],
                        "sticky": repeat, "agent": agent})
    return answers


def verdict(tickets, answers):
    """The judge's exit code and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("truth.jsonl", "answers.jsonl")]
        for path, rows in zip(paths, (tickets, answers)):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = judge.main([str(path) for path in paths])
    return code, printed.getvalue()


def cases_of(tickets):
    cases = defaultdict(list)
    for ticket in tickets:
        cases[ticket["truth"]["fault_case"]].append(ticket)
    return cases


class TheGenerator(unittest.TestCase):
    """What it promises of tickets and truth."""

    @classmethod
    def setUpClass(cls):
        cls.tickets = generate.generate(7, TICKETS)
        cls.cases = cases_of(cls.tickets)

    def test_writes_the_same_for_the_same_seed_and_other_tickets_for_another(self):
        self.assertEqual(self.tickets, generate.generate(7, TICKETS))
        self.assertNotEqual(self.tickets, generate.generate(8, TICKETS))

    def test_writes_as_many_tickets_as_asked_in_order_of_time_with_ids_of_their_own(self):
        self.assertEqual(len(self.tickets), TICKETS)
        self.assertEqual(len({ticket["id"] for ticket in self.tickets}), TICKETS)
        times = [ticket["created"] for ticket in self.tickets]
        self.assertEqual(times, sorted(times))

    def test_repeats_are_twelve_in_a_hundred_and_of_every_kind(self):
        kinds = [ticket["truth"]["kind_of_repeat"] for ticket in self.tickets]
        self.assertEqual(len(kinds) - kinds.count("first"), round(TICKETS * timeline.REPEATS))
        for kind, share in timeline.KINDS:
            self.assertAlmostEqual(kinds.count(kind) / (TICKETS * timeline.REPEATS), share, delta=0.03)

    def test_every_report_of_an_occurrence_names_its_first_and_comes_before_it_is_mended(self):
        for tickets in self.cases.values():
            first = tickets[0]
            self.assertEqual(first["truth"]["kind_of_repeat"], "first")
            self.assertIsNone(first["truth"]["of"])
            for ticket in tickets[1:]:
                self.assertEqual(ticket["truth"]["of"], first["id"])
                self.assertEqual(ticket["truth"]["closed"], first["truth"]["closed"])
                self.assertLess(ticket["created"], ticket["truth"]["closed"])
                self.assertEqual(ticket["office"], first["office"])

    def test_kinds_of_repeat_are_what_they_say(self):
        for tickets in self.cases.values():
            first = tickets[0]
            for ticket in tickets[1:]:
                kind = ticket["truth"]["kind_of_repeat"]
                same_text = (ticket["title"], ticket["body"]) == (first["title"], first["body"])
                self.assertEqual(same_text, kind == "verbatim", ticket["id"])
                self.assertEqual(ticket["lang"] != first["lang"], kind == "other_language")
                if kind in timeline.SAME_PERSON:
                    self.assertEqual(ticket["reporter"], first["reporter"])
                if kind == "colleague":
                    self.assertNotEqual(ticket["reporter"], first["reporter"])

    def test_near_ones_begin_while_their_sibling_is_open(self):
        by_id = {ticket["id"]: ticket for ticket in self.tickets}
        near = [ticket for ticket in self.tickets if ticket["truth"]["near"]]
        self.assertGreater(len(near), TICKETS / 20)
        for ticket in near:
            sibling = by_id[ticket["truth"]["near"]]
            self.assertLess(sibling["created"], ticket["created"])
            self.assertLess(ticket["created"], sibling["truth"]["closed"])
            self.assertEqual(sibling["office"], ticket["office"])
            self.assertNotEqual(sibling["truth"]["fault_case"], ticket["truth"]["fault_case"])

    def test_a_fault_of_a_thing_comes_back_only_two_days_after_it_was_mended(self):
        rng = random.Random(3)
        offices = generate.offices.make_offices(rng)
        planned = timeline.Timeline(rng, offices, wording.load_faults(""), 120).plan(TICKETS)
        ended, seen = {}, set()
        for one in planned:
            if one.key() in ended:
                self.assertGreater(one.start, ended[one.key()] + timeline.QUIET)
            self.assertEqual(one.recurs, one.key() in seen)
            ended[one.key()] = one.closed
            seen.add(one.key())


class ItsWording(unittest.TestCase):
    """What the tables of phrasings must keep, or the measure means nothing."""

    def test_sixty_faults_have_six_phrasings_in_indonesian_and_four_in_english(self):
        faults = wording.load_faults("")
        self.assertEqual(len({fault["name"] for fault in faults}), 60)
        for fault in faults:
            styles = {phrase[0] for phrase in fault["id"]}
            self.assertEqual(styles, {"formal", "informal", "short", "story", "guess", "symptom"}, fault["name"])
            self.assertEqual(len(fault["en"]), 4)

    def test_every_phrasing_names_the_thing_that_tells_it_from_its_sibling(self):
        for fault in wording.load_faults(""):
            for _, title, body in fault["id"] + fault["en"]:
                for key in fault["keys"]:
                    self.assertIn(f"{{{key}}}", title + body, fault["name"])

    def test_the_halves_share_no_fault_and_no_phrasing(self):
        halves = [wording.load_faults(half) for half in "AB"]
        self.assertEqual([len(half) for half in halves], [30, 30])
        for what in (lambda fault: {fault["name"]}, lambda fault: {fault["family"]},
                     lambda fault: {tuple(phrase[1:]) for phrase in fault["id"] + fault["en"]},
                     lambda fault: {phrase[1] for phrase in fault["id"] + fault["en"]},
                     lambda fault: set(fault.get("logs", ()))):
            first, second = (set().union(*map(what, half)) for half in halves)
            self.assertFalse(first & second)

    def test_the_halves_share_no_greeting_no_story_and_no_slang_but_yg(self):
        first, second = (wording.load_frames()[half] for half in "AB")
        for name, lines in first.items():
            if isinstance(lines, list):
                self.assertFalse(set(lines) & set(second[name]), name)
            else:
                shared = {short for word in lines for short in set(lines[word]) & set(second[name].get(word, ()))}
                self.assertLessEqual(shared, {"yg"} if name == "slang_id" else set(), name)

    def test_a_half_writes_of_its_own_faults_only(self):
        for half in "AB":
            names = {fault["name"] for fault in wording.load_faults(half)}
            for ticket in generate.generate(1, 600, half=half):
                self.assertIn(ticket["truth"]["fault"], names)

    def test_no_place_to_fill_in_is_left_open(self):
        for ticket in generate.generate(2, TICKETS):
            self.assertNotRegex(ticket["title"] + ticket["body"], r"\{[a-z]+\}")
            self.assertTrue(ticket["title"].strip())

    def test_typing_errors_change_words_and_never_a_number_or_an_identifier(self):
        rng = random.Random(5)
        text = "Printer loket 12 di db01.kantor-107.example menampilkan ORA-01653 untuk opr-412, mohon diperiksa segera"
        for _ in range(300):
            (changed,), made = typos.mistype(rng, (text,), frozenset({"opr"}), 3)
            self.assertGreater(made, 0)
            self.assertNotEqual(changed, text)
            for kept in ("12", "db01.kantor-107.example", "ORA-01653", "opr-412"):
                self.assertIn(kept, changed.replace(",", " ").split())
            differing = [pair for pair in zip(text.split(), changed.split()) if pair[0] != pair[1]]
            self.assertEqual(len(differing), made)

    def test_pasted_logs_have_five_to_two_hundred_lines(self):
        rng = random.Random(6)
        things = {"host": "db01.kantor-101.example", "ip": "10.11.3.10", "app": "SIPajak", "version": "4.2.1",
                  "client": "10.11.3.77", "user": "opr-412", "domain": "kantor-101.example", "code": "Error 809",
                  "clock": "08.30", "day": "2026-01-05"}
        for kind in logs.LINES:
            lengths = [logs.paste(rng, kind, things).count("\n") + 1 for _ in range(60)]
            self.assertGreaterEqual(min(lengths), 5)
            self.assertLessEqual(max(lengths), 200)


class TheJudge(unittest.TestCase):
    """Whom it lets pass and whom it does not."""

    @classmethod
    def setUpClass(cls):
        cls.tickets = generate.generate(7, TICKETS)
        cls.answers = perfect_run(cls.tickets)

    def changed(self, change):
        """The perfect run with `change` laid over every answer for which it gives something."""
        return [answer | (change(ticket, answer) or {}) for ticket, answer in zip(self.tickets, self.answers)]

    def assert_missed(self, answers, *names):
        code, printed = verdict(self.tickets, answers)
        self.assertEqual(code, 1, printed)
        missed = {line.split("  ")[0] if not line.startswith(" ") else line.strip().split("  ")[0]
                  for line in printed.splitlines() if line.endswith("MISSED")}
        self.assertEqual(missed, {judge.make_figures()[name].name.strip() for name in names}, printed)

    def test_passes_a_perfect_run(self):
        code, printed = verdict(self.tickets, self.answers)
        self.assertEqual(code, 0, printed)
        self.assertEqual(len(re.findall(r" met$", printed, re.MULTILINE)), 7)

    def test_fails_a_perfect_run_when_labels_are_shuffled(self):
        shuffled = generate.generate(7, TICKETS, shuffled=True)
        for mixed, ticket in zip(shuffled, self.tickets):
            self.assertEqual(mixed | {"truth": None}, ticket | {"truth": None})
            self.assertEqual(mixed["truth"]["closed"], ticket["truth"]["closed"])
        code, printed = verdict(shuffled, self.answers)
        self.assertEqual(code, 1)
        for name in ("verbatim", "typo", "apart", "false_sticky", "asked"):
            self.assertRegex(printed, re.escape(judge.make_figures()[name].name) + ".*MISSED")

    def test_fails_a_run_that_finds_nothing(self):
        self.assert_missed(self.changed(lambda *_: {"strength": "none", "of": None, "sticky": False}),
                           "verbatim", "typo", "reworded")

    def test_counts_no_twin_of_another_occurrence(self):
        other = self.tickets[0]["id"]
        self.assert_missed(self.changed(lambda ticket, _: {"of": other} if ticket["truth"]["of"] else None),
                           "verbatim", "typo")

    def test_counts_no_luck_of_the_turn_as_kept(self):
        def lose_turn(ticket, _):
            return {"sticky": False} if ticket["truth"]["kind_of_repeat"] == "reworded" else None
        self.assert_missed(self.changed(lose_turn), "reworded")

    def test_fails_a_run_that_throws_near_ones_together(self):
        def throw_together(ticket, _):
            near = ticket["truth"]["near"]
            return {"sticky": True, "strength": "likely", "of": near} if near else None
        self.assert_missed(self.changed(throw_together), "apart", "apart_near", "false_sticky", "asked")

    def test_refuses_a_run_with_a_ticket_unanswered_or_answered_badly(self):
        self.assertEqual(verdict(self.tickets, self.answers[1:])[0], 2)
        self.assertEqual(verdict(self.tickets, self.changed(lambda *_: {"strength": "certain"}))[0], 2)


if __name__ == "__main__":
    unittest.main()
