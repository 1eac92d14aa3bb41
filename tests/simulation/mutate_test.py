#!/usr/bin/env python3
"""`./dev mutate` can break a rule and run the tests on it: it compiles and links as this build does."""

import os
import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


class Mutate(unittest.TestCase):
    def test_tries_a_mutant(self):
        run = subprocess.run([sys.executable, HERE / "mutate", "--build", os.environ["GILIR_BUILD"], "--seed", "1",
                              "--count", "1", "--steps", "1000"], capture_output=True, text=True, check=False)
        # Whether the tests notice it is for ./dev mutate to say, with more of them and more steps.
        self.assertIn(run.returncode, (0, 1), run.stdout + run.stderr)
        self.assertRegex(run.stdout, r"\b[01] of 1 noticed")


if __name__ == "__main__":
    unittest.main()
