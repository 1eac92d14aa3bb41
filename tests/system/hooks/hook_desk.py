"""A desk with hooks, for tests: what it runs is the real gilir, named by $GILIR."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[n] / name) for n, name in ((1, "ssh"), (2, ""))]

from office import PATIENCE, eventually, is_alive  # noqa: E402
from programs import surroundings  # noqa: E402


class HookDeskTest(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="gilir-hooks-")
        self.addCleanup(directory.cleanup)
        self.home = pathlib.Path(directory.name)
        self.desk = self.home / "desk"
        self.hooks = self.desk / "hooks"
        self.seen_file = self.home / "seen"
        self.environment = surroundings(HOME=self.home, GILIR_DESK=self.desk, LC_ALL="C", NO_COLOR="1", TZ="UTC",
                                        SCRATCH=self.home)
        self.gilir("init", str(self.desk), "--agent", "ani")
        self.gilir("ticket", "new", "-t", "Before there were hooks")
        # So the first event that hooks hear of is number 6.
        # No process may still write into the directory when it is removed.
        self.addCleanup(lambda: eventually(lambda: not self.is_running(), "the runner is over"))

    def gilir(self, *words, text=None):
        done = subprocess.run([os.environ["GILIR"], *words], env=self.environment, input=text, capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def add_hook(self, name, script, mode=0o755):
        """A shell script as hooks/NAME; scripts find the test's directory in $SCRATCH."""
        path = self.hooks / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.hooks, path.parent):
            folder.chmod(0o755)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(mode)
        return path

    def add_recorder(self):
        """A hook that writes each event's line, whole, to where seen() reads it."""
        self.add_hook("all.d/recorder", 'cat >>"$SCRATCH/seen"')

    def seen(self):
        text = self.seen_file.read_text(encoding="utf-8") if self.seen_file.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def seen_numbers(self):
        return [event["number"] for event in self.seen()]

    def head(self):
        return int(self.gilir("log", "--limit", "1", "--format=ids"))

    def log(self):
        path = self.hooks / "log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def runner_pids(self):
        """The runners of this desk, by their command lines."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            if words[:2] == [b"gilir-hook-runner", os.fsencode(self.desk)] and is_alive(int(entry.name)):
                found.append(int(entry.name))
        return found

    def is_running(self):
        return bool(self.runner_pids())

    def wait_until_delivered(self, number=None):
        number = number or self.head()
        eventually(lambda: self.seen_numbers()[-1:] == [number], lambda: f"#{number} is delivered:\n{self.log()}")
        eventually(lambda: not self.is_running(), "the runner is over")
