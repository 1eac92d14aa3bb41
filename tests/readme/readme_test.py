#!/usr/bin/env python3
"""The README's list of commands is what `gilir help` says, and its transcripts name only commands that exist."""

import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GILIR = os.environ.get("GILIR", str(ROOT / "build" / "release" / "bin" / "gilir"))


def gilir(*words):
    # Without the plugins that happen to be on this machine.
    environment = {"PATH": "/nonexistent", "GILIR_PLUGINS": "/nonexistent", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
                   "COLUMNS": "80"}
    return subprocess.run([GILIR, *words], env=environment, capture_output=True, text=True, check=False)


def help_page():
    return gilir("help").stdout


class Readme(unittest.TestCase):
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_lists_the_commands_that_help_lists(self):
        listed = re.search(r"<!-- commands -->\n```\n(.*?)```\n<!-- /commands -->", self.text, re.DOTALL)
        self.assertIsNotNone(listed, "the README has no list between its command marks")
        self.assertEqual(listed[1].strip(), help_page().strip())

    def test_names_only_commands_that_exist(self):
        commands = set(re.findall(r"^  ([a-z]+(?: [a-z]+)?)  ", help_page(), re.MULTILINE))
        for words in re.findall(r"^(?:\$ )?gilir (?:--as \w+ )?([a-z]+(?: [a-z-]+)?)", self.text, re.MULTILINE):
            named = words if words in commands else words.split()[0]
            self.assertIn(named, commands, f"the README shows gilir {words}")


if __name__ == "__main__":
    unittest.main()
