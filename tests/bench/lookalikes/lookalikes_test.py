#!/usr/bin/env python3
"""What weights are fitted on comes from the product: how a ticket compares with those before it, and which of them it repeats.

DRIVER in the environment is gilir_bench_lookalikes.
"""

import contextlib
import io
import json
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

# pylint: disable=wrong-import-position
import features
import fit
from score import Finder

HEADER = Path(__file__).parents[3] / "core/duplicate/features.h"
HOUR = 3600


def ticket(number, title, body, reporter):
    return {"id": f"T-{number}", "title": title, "body": body, "reporter": reporter, "office": "kantor-1", "category": "it",
            "created": 1_700_000_000 + number * HOUR}


PRINTER = ticket(1, "Printer kasir macet total", "Kertas tersangkut di dalam baki", "budi")
MONITOR = ticket(2, "Monitor gudang gelap", "Lampu menyala tetapi layar hitam", "ani")
AGAIN = ticket(3, "Printer kasir macet total", "Kertas tersangkut di dalam baki", "budi")
KEYBOARD = ticket(4, "Printer lobi kehabisan toner", "Mohon dikirim yang baru", "citra")
ALL = [PRINTER, MONITOR, AGAIN, KEYBOARD]


class Compare(unittest.TestCase):
    """The driver's op `compare`."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.finder = Finder([os.environ["DRIVER"], folder.name], os.environ)
        self.addCleanup(self.finder.end)

    def test_answers_with_each_older_ticket_that_shares_words_the_best_first(self):
        self.assertEqual(self.finder.ask(op="compare", ticket=PRINTER), [])
        self.assertEqual(self.finder.ask(op="compare", ticket=MONITOR), [])
        self.assertEqual([one["id"] for one in self.finder.ask(op="compare", ticket=AGAIN)], ["T-1"])
        self.assertEqual([one["id"] for one in self.finder.ask(op="compare", ticket=KEYBOARD)], ["T-3", "T-1"])

    def test_names_every_feature_of_the_product(self):
        self.finder.tell(op="add", ticket=PRINTER)
        (compared,) = self.finder.ask(op="compare", ticket=AGAIN)
        struct = re.search(r"BOOST_DESCRIBE_STRUCT\(FeatureVector, \(\),\s*\(([^)]*)\)", HEADER.read_text(encoding="utf-8"))
        self.assertEqual(set(compared) - {"id"}, set(re.findall(r"\w+", struct[1])))

    def test_gives_features_the_values_that_two_tickets_have(self):
        self.finder.tell(op="add", ticket=PRINTER)
        (same,) = self.finder.ask(op="compare", ticket=AGAIN)
        for name in ("new_title_in_old", "old_title_in_new", "relative", "same_reporter", "same_office"):
            self.assertAlmostEqual(same[name], 1, msg=name)
        for name in ("other_category", "other_office", "finished_for", "merged_before"):
            self.assertEqual(same[name], 0, name)
        other = next(one for one in self.finder.ask(op="compare", ticket=KEYBOARD) if one["id"] == "T-1")
        self.assertGreater(other["new_title_in_old"], 0)
        self.assertLess(other["new_title_in_old"], 1)
        self.assertEqual(other["same_reporter"], 0)

    def test_knows_of_an_older_one_that_it_was_finished_and_had_others_merged_into_it(self):
        self.finder.tell(op="add", ticket=PRINTER)
        self.finder.tell(op="add", ticket=AGAIN)
        self.finder.tell(op="duplicate", id="T-3", of="T-1")
        self.finder.tell(op="close", id="T-1", at=KEYBOARD["created"] - HOUR / 2)
        (older,) = self.finder.ask(op="compare", ticket=KEYBOARD)
        self.assertEqual(older["id"], "T-1")
        self.assertGreater(older["merged_before"], 0)
        self.assertGreater(older["finished_for"], 0)


class Features(unittest.TestCase):
    """features.py writes what fit.py reads."""

    def test_of_a_set_are_what_the_weights_are_fitted_on(self):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder, "small")
            data.mkdir()
            with open(data / "tickets.jsonl", "w", encoding="utf-8") as lines:
                for one in ALL:
                    lines.write(json.dumps(one) + "\n")
            gold = {"gold": {"T-3": ["T-1"]}, "buckets": [["T-1", "T-3"]], "dev": ["T-3"], "negatives": ["T-2", "T-4"],
                    "natural_nonduplicates": 30}
            (data / "gold.json").write_text(json.dumps(gold), encoding="utf-8")
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                features.main(os.environ["DRIVER"], data)
            Path(folder, "features").write_text(printed.getvalue(), encoding="utf-8")
            read = fit.Set(Path(folder, "features"))
        self.assertEqual(read.name, "small")
        self.assertEqual(read.ordinary_weight, 15)
        self.assertEqual([query["repeats"] for query in read.queries], [False, True, False])
        ((right, group, *values),) = read.repeats[0]
        self.assertEqual((right, group, len(values)), (1, 0, len(read.features)))
        self.assertEqual(values[read.features.index("new_title_in_old")], 1)
        # Of an ordinary one none is right, and those of one group are told as one.
        self.assertEqual({(right, group) for right, group, *_ in read.queries[2]["candidates"]}, {(0, 0)})


if __name__ == "__main__":
    unittest.main()
