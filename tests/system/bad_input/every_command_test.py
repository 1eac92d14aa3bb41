"""Whatever a command is given, what it prints is harmless on a terminal, is what was promised, and ends well."""

import json
import pathlib
import re
import shutil
import unittest

import commands
from hostile import C1, INVALID, LINE, HostileCase, poke, shown

COMMAND_TABLE = pathlib.Path(__file__).resolve().parents[3] / "cli" / "command_table.cpp"
# These would change the surroundings of the test instead of being refused.
NOT_SWEPT = {"help", "json", "color", "no-input", "desk"}


class EveryCommand(HostileCase):
    def paths(self):
        return [*commands.HIDDEN, *(item["path"] for item in json.loads(self.do("help", "--json").out)["data"])]

    def modes(self, path):
        """The ways in which a command can be asked to print."""
        modes = [("--color=never",), ("--color=always",), ("--json",), ("--json", "--color=always")]
        if "format" in commands.options_of(self.do(*path.split(), "--help").out.decode()):
            modes += [(f"--format={name}",) for name in ("plain", "ids", "csv", "csv-excel")]
        return modes

    def sweep(self, path, words, code=None):
        """Runs a command in every mode, each on a desk of its own, and looks at all that it prints."""
        for mode in self.modes(path):
            run = self.gilir(*path.split(), *mode, *words, GILIR_DESK=self.copy_desk())
            with self.subTest(command=shown(run.words)):
                self.check(run)
                if code is not None:
                    self.assertEqual(run.code, code, run.errors[:300])
            for made in self.scratch.glob("new-*"):
                shutil.rmtree(made)

    def test_is_called_here(self):
        self.assertEqual(sorted(self.paths()), sorted(commands.CALLS), "add what is new to CALLS in commands.py")
        # Help keeps hidden commands to itself; the table does not.
        in_table = re.findall(r"^    &(\w+),", COMMAND_TABLE.read_text(), re.MULTILINE)
        called = [re.sub("[ -]", "_", path) or "overview" for path in commands.CALLS]
        self.assertEqual(sorted(in_table), sorted(called))

    def test_prints_hostile_text_escaped(self):
        self.make_hostile_desk()
        for path, calls in commands.CALLS.items():
            for words in calls:
                self.sweep(path, words, commands.ENDS.get(path, 0))

    def test_prints_what_another_program_wrote_escaped(self):
        self.make_hostile_desk()
        bad = LINE + "\n\r\t" + C1
        for table, columns in (("desk", "name"), ("reporter", "name office contact"), ("server", "host user"),
                               ("ticket", "title body category owner server"), ("hold", "reason host terminal"),
                               ("event_subject", "name"), ("event", "actor"), ("category", "about")):
            for column in columns.split():
                poke(self.desk, f'UPDATE {table} SET "{column}" = ? || "{column}"', bad)
        for path in commands.READING:
            for words in commands.CALLS[path]:
                self.sweep(path, words, 0)

    def test_repeats_hostile_arguments_escaped(self):
        self.make_hostile_desk()
        desk = self.copy_desk()
        for path in commands.CALLS:
            options = commands.options_of(self.do(*path.split(), "--help").out.decode())
            words = [("1", LINE), ("--" + LINE,), ("-" + LINE,), ("--json=" + LINE,), ("1", INVALID), (b"--" + INVALID,)]
            words += [(f"--{name}={LINE}",) for name in sorted(set(options) - NOT_SWEPT)]
            for extra in words:
                self.look(desk, *path.split(), *extra)

    def test_repeats_a_hostile_environment_escaped(self):
        self.make_hostile_desk()
        for name in ("GILIR_AGENT", "GILIR_DESK", "GILIR_HOLD", "HOME", "USER", "XDG_CONFIG_HOME", "LANG", "TZ", "TERM"):
            for path in ("", "lock renew", "ticket list", "init", "ticket new"):
                for value in (LINE, INVALID):
                    words = commands.CALLS[path][0]
                    self.look(self.copy_desk(), *path.split(), *words, **{name: value})

    def look(self, desk, *words, **environment):
        for mode in ("--color=always", "--json"):
            run = self.gilir(mode, *words, **{"GILIR_DESK": desk, **environment})
            with self.subTest(command=shown(run.words), environment=environment):
                self.check(run)


if __name__ == "__main__":
    unittest.main()
