#!/usr/bin/env python3
"""A layer that a library does not name among its LINKS cannot be included from it: the compiler does not find it."""

import json
import os
import pathlib
import shlex
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(os.environ.get("GILIR_BUILD", ROOT / "build" / "release"))


def compiler_of(library):
    """The compiler of a library's sources, and where it looks for headers."""
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        words = shlex.split(entry["command"])
        if f"/{library}.dir/" not in words[words.index("-o") + 1] and f"{library}.dir/" not in entry["command"]:
            continue
        compiler = next(at for at, word in enumerate(words) if pathlib.Path(word).name.startswith(("c++", "g++", "clang")))
        return words[compiler], [word for word in words if word.startswith("-I")]
    raise AssertionError(f"nothing is compiled for {library}")


class Layers(unittest.TestCase):
    def finds(self, library, header):
        self.assertTrue((ROOT / header).exists(), header)
        compiler, folders = compiler_of(library)
        # One header alone: what it includes itself is another question.
        done = subprocess.run([compiler, *folders, "-std=c++20", "-E", "-fdirectives-only", "-x", "c++", "-"],
                              input=f'#if !__has_include("{header}")\n#error not found\n#endif\n', text=True,
                              cwd="/",
                              capture_output=True, timeout=60, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertTrue(done.returncode == 0 or "not found" in done.stderr, done.stderr)
        return done.returncode == 0

    def check(self, library, seen, unseen):
        for header in seen:
            self.assertTrue(self.finds(library, header), f"{library} does not see {header}")
        for header in unseen:
            self.assertFalse(self.finds(library, header), f"{library} sees {header}")

    def test_rules_of_locks_reach_no_store(self):
        self.check("gilir_lock", ["core/base/error.h", "core/lock/arbiter.h"],
                   ["core/store/connection.h", "core/event/event.h", "core/ticket/ticket.h"])

    def test_a_domain_reaches_no_other_domain(self):
        self.check("gilir_ticket", ["core/base/error.h", "core/store/connection.h", "core/ticket/ticket_table.h"],
                   ["core/lock/types.h", "core/people/people_table.h", "core/server/server_table.h"])
        self.check("gilir_people", ["core/store/connection.h"], ["core/ticket/ticket.h", "core/lock/types.h"])
        self.check("gilir_server", ["core/store/connection.h"], ["core/ticket/ticket.h", "core/people/people_table.h"])

    def test_adapters_reach_no_domain(self):
        for library in ("gilir_process", "gilir_guardian", "gilir_ssh"):
            self.check(library, ["core/base/error.h"], ["core/store/connection.h", "core/lock/types.h"])
        self.check("gilir_store", ["core/base/error.h"], ["core/process/spawn.h", "core/event/event.h"])

    def test_operations_know_no_desk_and_no_command(self):
        self.check("gilir_operations", ["core/operations/operation.h", "core/ticket/ticket_table.h"],
                   ["core/desk/desk.h", "cli/arguments.h", "core/ssh/ssh_session.h"])

    def test_the_framework_of_commands_knows_no_operation(self):
        self.check("gilir_cli_framework", ["cli/arguments.h", "core/base/error.h"],
                   ["core/operations/operation.h", "core/desk/desk.h", "core/event/event.h"])

    def test_nothing_in_core_reaches_a_command(self):
        for library in ("gilir_desk", "gilir_session", "gilir_hooks", "gilir_health"):
            self.check(library, ["core/base/error.h"], ["cli/arguments.h"])


if __name__ == "__main__":
    unittest.main()
