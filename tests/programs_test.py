#!/usr/bin/env python3
"""Nothing but what cmake/packages.bash names (and every Debian has) is started by tests, and found in one place."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from programs import ROOT, surroundings

TESTS = ROOT / "tests"
# A search path that is written down: where the system keeps programs, and where build/deps keeps libraries.
OWN_PATH = re.compile(r"""["':=]/(?:usr/)?(?:local/)?s?bin:|:/(?:usr/)?(?:local/)?s?bin(?!/)|["']LD_LIBRARY_PATH|GILIR_DEPS["']\]""")
# Of packages that every Debian has, so that C++ tests may start them by name; one that nobody has, and one of a test.
EVERYWHERE = {"sh", "true", "ls", "grep", "touch", "sleep", "no-such-program", "greet"}
MAY_SAY_SO = {"programs.py", "programs.cpp", "programs_test.py", "lay_out_programs"}


class Programs(unittest.TestCase):
    def test_tests_find_only_programs_that_packages_bring(self):
        path = os.environ["PATH"].split(os.pathsep)
        self.assertEqual(len(path), 1, "run ./dev test: it gives tests one folder of programs (tests/lay_out_programs)")
        for name in ("sh", "awk", "ssh-keygen", "python3", "sshd"):
            self.assertTrue(shutil.which(name), name)
        # Never named in cmake/packages.bash for tests, and there on most machines of developers.
        for name in ("git", "perl5.36-x86_64-linux-gnu", "curl", "emacs", "clang-format"):
            self.assertIsNone(shutil.which(name), name)

    def test_each_named_program_runs_without_anything_else_of_ours(self):
        for words in (["python3", "--version"], ["ssh", "-V"], ["sqlite3", "--version"], ["strace", "-V"], ["tmux", "-V"], ["vim.basic", "--version"],
                      ["htop", "--version"], ["less", "--version"],
                      ["zsh", "--version"], ["fish", "--version"], ["openssl", "version"], ["ps", "--version"],
                      ["xfreerdp", "--version"], ["readelf", "--version"], ["msgfmt", "--version"]):
            done = subprocess.run(["env", *words], env=surroundings(), capture_output=True, text=True, check=False)
            # xfreerdp says its version with 1.
            self.assertIn(done.returncode, (0, 1) if words[0] == "xfreerdp" else (0,), (words, done.stderr))

    def test_a_clean_system_that_cannot_be_made_is_told_in_words(self):
        # In a checkout where nothing was built yet, and without the program that makes clean systems.
        with tempfile.TemporaryDirectory(prefix="gilir-checkout-") as checkout:
            done = subprocess.run([ROOT / "packaging" / "fresh", "a", f"{checkout}/build/fresh", "setup"], env=surroundings(),
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 69, done.stderr)
        self.assertIn("NOT TRIED: ", done.stderr)

    def test_no_test_has_a_path_of_its_own(self):
        for file in sorted(TESTS.rglob("*")):
            if not file.is_file() or file.name in MAY_SAY_SO:
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                with self.subTest(file=f"{file.relative_to(ROOT)}:{number}"):
                    self.assertNotRegex(line, OWN_PATH)
                    for name in re.findall(r'\.program = "([^"/]+)"', line):
                        self.assertIn(name, EVERYWHERE, "tests/programs.h finds what packages bring")


if __name__ == "__main__":
    unittest.main()
