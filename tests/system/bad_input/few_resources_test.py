"""Too little memory, too few open files: a command works, or ends with words, and never by a signal of its own."""

import os
import resource
import subprocess
import unittest

from hostile import GILIR, HostileCase

KILOBYTES = 1024
STEP = 64  # KB
# More than any command of the small program needs, and steps down to less than it needs to begin.
MOST, LEAST = 24 * 1024, 6 * 1024  # KB


def begins(run):
    """Whether the program itself was reached: the kernel kills what it cannot map, the loader says that it cannot."""
    loader = ("error while loading shared libraries", "cannot allocate TLS data structures for initial thread")
    return not (run.returncode < 0 and run.stderr == "" or any(words in run.stderr for words in loader))


class FewResources(HostileCase):
    def setUp(self):
        super().setUp()
        self.do("init", "--agent", "sari")
        self.do("server", "add", "app-1", "--address", "127.0.0.1:1")

    def run_with(self, kind, limit, *words):
        return subprocess.run([GILIR, *words], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60, check=False, preexec_fn=lambda: resource.setrlimit(kind, (limit, limit)))

    def memory_problem(self, words):
        """The status and words of each run that the program was too poor for, once each."""
        seen = set()
        for limit in range(MOST, LEAST, -STEP):
            run = self.run_with(resource.RLIMIT_AS, limit * KILOBYTES, *words)
            if not begins(run):
                return seen
            if run.returncode != 0:
                seen.add((run.returncode, run.stderr))
        return self.fail("it ran in less memory than can be")

    def test_too_little_memory_is_said(self):
        for words in (("version",), ("help",), ("server", "list"), ("lock", "list", "--json"), ("ticket", "new", "-t", "x")):
            with self.subTest(words):
                seen = self.memory_problem(words)
                self.assertEqual({status for status, _ in seen}, {1}, seen)
                self.assertTrue(all("out of memory" in said for _, said in seen), seen)
        self.do("log", "verify")

    def test_few_open_files_are_enough_or_are_said_to_be_too_few(self):
        enough = ("with", "app-1", "--reason", "x", "--", "echo", "in")
        self.assertEqual(self.run_with(resource.RLIMIT_NOFILE, 64, *enough).stdout, "in\n")
        for limit in range(32, 3, -1):
            run = self.run_with(resource.RLIMIT_NOFILE, limit, *enough)
            with self.subTest(limit):
                if run.returncode == 0:
                    self.assertEqual(run.stdout, "in\n")
                else:
                    self.assertIn(run.returncode, (1, 69))
                    self.assertRegex(run.stderr, "Too many open files|unable to open database file|^$")
        # Whoever was turned away holds nothing.
        self.do("with", "app-1", "--reason", "x", "--", "true")


if __name__ == "__main__":
    unittest.main()
