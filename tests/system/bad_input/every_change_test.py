"""Whatever a change is: tried out it changes nothing, and asked for twice under one request id it happens once."""

import json
import pathlib
import sqlite3
import unittest

import commands
from hostile import HostileCase, shown


def rows_of(desk, without=()):
    """All that stands in a desk's file, by table."""
    database = sqlite3.connect(f"file:{desk}/desk.db?mode=ro", uri=True)
    database.text_factory = bytes
    try:
        tables = [name.decode() for (name,) in database.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
        return {table: sorted(database.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr)
                for table in tables if table not in without}
    finally:
        database.close()


def difference(before, after):
    """The tables that differ, with the rows that were lost and gained."""
    return {table: ([row for row in before[table] if row not in after[table]],
                    [row for row in after[table] if row not in before[table]])
            for table in before if before[table] != after[table]}


def files_of(desk):
    """What lies in a desk's directory, but for SQLite's own files, which come and go."""
    return sorted(str(path) for path in pathlib.Path(desk).rglob("*") if not path.name.startswith("desk.db"))


# Takes the options of a change, and is none without --claim.
ONLY_READS = ("next", ())


class EveryChange(HostileCase):
    def changes(self, option="dry-run"):
        """(path, words) of each call that changes something and takes the option."""
        self.make_hostile_desk()
        for path, calls in commands.CALLS.items():
            options = commands.options_of(self.do(*path.split(), "--help").out.decode())
            self.assertEqual("dry-run" in options, "request-id" in options, path)
            if option in options:
                yield from ((path, words) for words in calls if (path, words) != ONLY_READS)

    def test_changes_nothing_when_it_is_only_tried_out(self):
        for path, words in self.changes():
            desk = self.copy_desk()
            before, files = rows_of(desk), files_of(desk)
            run = self.gilir(*path.split(), "--json", "--dry-run", *words, GILIR_DESK=desk)
            with self.subTest(command=shown(run.words)):
                self.assertEqual(run.code, 0, run.errors[:500])
                self.assertTrue(json.loads(run.out)["dry_run"])
                self.assertEqual(difference(before, rows_of(desk)), {})
                self.assertEqual(files_of(desk), files)

    def refused(self, code, path, *words):
        """The call is refused with this code, and leaves no trace."""
        desk = self.copy_desk()
        before = rows_of(desk)
        run = self.gilir(*path.split(), "--json", *words, GILIR_DESK=desk)
        with self.subTest(command=shown(run.words)):
            self.assertEqual(run.code, code, run.errors[:500])
            self.assertEqual(difference(before, rows_of(desk)), {})

    def test_changes_nothing_when_the_ticket_has_moved_on(self):
        for path, words in self.changes("if-version"):
            self.refused(5, path, "--if-version", "99", *words)

    def test_happens_to_all_tickets_or_to_none(self):
        several = [(path, words) for path, words in self.changes()
                   if "TICKET..." in self.do(*path.split(), "--help").out.decode().splitlines()[2]]
        self.assertGreater(len(several), 5)
        for path, words in several:
            self.refused(3, path, words[0] + ",99", *words[1:])

    def test_happens_once_under_one_request_id(self):
        for path, words in self.changes():
            desk = self.copy_desk()
            first = self.gilir(*path.split(), "--json", "--request-id", "r", *words, GILIR_DESK=desk)
            once = rows_of(desk, without=("desk_clock",))
            second = self.gilir(*path.split(), "--json", "--request-id", "r", *words, GILIR_DESK=desk)
            twice = rows_of(desk, without=("desk_clock",))
            with self.subTest(command=shown(second.words)):
                self.assertEqual((first.code, second.code), (0, 0), second.errors[:500])
                self.assertTrue(json.loads(second.out).get("replayed"), second.out)
                self.assertEqual(difference(once, twice), {})


if __name__ == "__main__":
    unittest.main()
