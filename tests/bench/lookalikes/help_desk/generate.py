#!/usr/bin/env python3
"""A help desk's reports with known truth, as JSON lines in order of time.

  generate.py [--seed N] [--tickets N] [--days N] [--half A|B] [--shuffle-labels]

Each line is a ticket: id, title, body, reporter, office, server (empty where the reporter named none), category,
created (seconds), lang, and `truth`, which no finder may see:

  fault, fault_case    the kind of fault, and the one occurrence of it that the ticket is about
  kind_of_repeat       first | verbatim | typo | reworded | colleague | other_language
  of                   id of the first report of that occurrence; null for the first itself
  closed               when it was mended and all its tickets closed
  near                 id of the first report of a sibling that was open at the same server; null for most
  recurs               true when the same fault had been at the same thing before (mended more than two days earlier)
  phrasing             which wording the text was made from

--half uses the faults, phrasings, greetings and slang of one half only: what is fitted on A is reported on B.
--shuffle-labels deals the truth (all but `closed`) out among the tickets at random: a judge must then fail any run.
"""

import argparse
import json
import random
import sys

import offices
import timeline
import wording

CATEGORIES = ("printer", "akun", "jaringan", "aplikasi", "server", "antrean", "surel", "basis-data", "perangkat",
              "sertifikat")
LANGUAGES = ("id", "en")
# Who words their report anew often says its title or its story again all the same.
KEPT = 0.3


class Desk:
    """Writes the tickets of planned occurrences."""

    def __init__(self, rng):
        self.rng = rng
        self.writer = wording.Writer(rng, wording.load_frames())

    def tickets_of(self, one):
        """Every ticket of an occurrence, the first one first; ids come later."""
        language = self.language_of(one)
        text = self.writer.write(wording.Subject(one.fault, one.things, one.reporter, language))
        first = self.ticket(one, text, one.reporter, one.start, "first")
        first |= {"server": self.server_named(one, one.reporter), "category": self.category_named(one)}
        tickets, said = [first], [text.phrasing]
        for sent in one.repeats:
            tickets.append(self.repeat(one, sent, (first, text), said))
        return tickets

    def language_of(self, one):
        faithful = 0.98 if one.reporter.language == "id" else 0.9
        return one.reporter.language if self.rng.random() < faithful else other_of(one.reporter.language)

    def repeat(self, one, sent, original, said):
        """Another ticket of the occurrence, `sent` as planned; what it says is added to `said`."""
        (kind, after), (first, text) = sent, original
        if kind in ("verbatim", "typo"):
            again = self.writer.mistype(text) if kind == "typo" else text
            made = self.ticket(one, again or text, one.reporter, one.start + after, kind if again else "verbatim")
            return made | {"server": first["server"], "category": first["category"]}
        reporter, language = self.reporter_and_language(one, kind, text)
        again = self.word_anew(kind, wording.Subject(one.fault, one.things, reporter, language), one, said)
        said.append(again.phrasing)
        made = self.ticket(one, again, reporter, one.start + after, kind)
        return made | self.fields_anew(one, reporter, first)

    def word_anew(self, kind, subject, one, said):
        """The occurrence in other phrasings than those `said`, of which the first report's is the first.

        A colleague may hit on words that were used.
        """
        same_person = subject.reporter is one.reporter
        lead = self.lead_of(kind, same_person)
        known = said if same_person or self.rng.random() < 0.8 else ()
        kept = int(said[0].rsplit("/", 1)[1]) if kind == "reworded" and self.rng.random() < KEPT else None
        return self.writer.write(subject, known, lead, kept)

    def fields_anew(self, one, reporter, first):
        """Server and category as filled in once more: mostly the same by the same person."""
        fields = {"server": self.server_named(one, reporter), "category": self.category_named(one)}
        if reporter is one.reporter:
            if self.rng.random() < 0.95:
                fields["server"] = first["server"]
            if self.rng.random() < 0.85:
                fields["category"] = first["category"]
        elif fields["server"] and self.rng.random() < 0.05:
            fields["server"] = self.rng.choice(one.office.servers).name
        return fields

    def reporter_and_language(self, one, kind, text):
        colleague = self.rng.choice([each for each in one.office.reporters if each is not one.reporter])
        if kind == "reworded":
            return one.reporter, text.language
        if kind == "colleague":
            return colleague, text.language
        return (one.reporter if self.rng.random() < 0.5 else colleague), other_of(text.language)

    def lead_of(self, kind, same_person):
        if same_person:
            return "again" if kind == "reworded" and self.rng.random() < 0.35 else ""
        return "colleague" if self.rng.random() < 0.25 else ""

    def server_named(self, one, reporter):
        # A fault of the server as a whole names it; of other things, by the reporter's habit.
        named = not one.fault["keys"] or self.rng.random() < reporter.names_server
        return one.server.name if named else ""

    def category_named(self, one):
        chance = self.rng.random()
        if chance < 0.85:
            return one.fault["category"]
        return "lainnya" if chance < 0.95 else self.rng.choice(CATEGORIES)

    @staticmethod
    def ticket(one, text, reporter, created, kind):
        truth = {"fault": one.fault["name"], "fault_case": one.case, "kind_of_repeat": kind, "of": None,
                 "closed": one.closed, "near": one.near.case if one.near else None, "recurs": one.recurs,
                 "phrasing": text.phrasing}
        return {"id": "", "title": text.title, "body": text.whole_body(), "reporter": reporter.id,
                "office": one.office.name, "server": "", "category": "", "created": created, "lang": text.language,
                "truth": truth}


def other_of(language):
    return LANGUAGES[1 - LANGUAGES.index(language)]


def generate(seed, tickets, days=120, half="", shuffled=False):
    """All tickets in order of time."""
    rng = random.Random(f"help desk {seed} {half}")
    planned = timeline.Timeline(rng, offices.make_offices(rng), wording.load_faults(half), days).plan(tickets)
    desk = Desk(rng)
    made = [ticket for one in planned for ticket in desk.tickets_of(one)]
    made.sort(key=lambda ticket: (ticket["created"], ticket["truth"]["fault_case"]))
    number(made)
    if shuffled:
        shuffle_labels(random.Random(f"labels {seed}"), made)
    return made


def number(made):
    """Ids in order of time; `of` and `near` name first reports by theirs."""
    firsts = {}
    for place, ticket in enumerate(made, start=1):
        ticket["id"] = f"HD-{place:06}"
        if ticket["truth"]["kind_of_repeat"] == "first":
            firsts[ticket["truth"]["fault_case"]] = ticket["id"]
    for ticket in made:
        truth = ticket["truth"]
        truth["of"] = None if truth["kind_of_repeat"] == "first" else firsts[truth["fault_case"]]
        truth["near"] = firsts.get(truth["near"]) if truth["kind_of_repeat"] == "first" else None


def shuffle_labels(rng, made):
    labels = [ticket["truth"] for ticket in made]
    closings = [label["closed"] for label in labels]
    rng.shuffle(labels)
    for ticket, label, closed in zip(made, labels, closings):
        ticket["truth"] = label | {"closed": closed}


def main(words):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tickets", type=int, default=6000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--half", choices=offices.HALVES, default="")
    parser.add_argument("--shuffle-labels", action="store_true")
    options = parser.parse_args(words)
    for ticket in generate(options.seed, options.tickets, options.days, options.half, options.shuffle_labels):
        print(json.dumps(ticket, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
