#!/usr/bin/env python3
"""Who works with gilir every day reads of tickets, turns, locks and lines; the words of its inside stand in --json, in
`lock show --details` and in `gilir help locks`."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GILIR = os.environ.get("GILIR", str(ROOT / "build" / "release" / "bin" / "gilir"))
INNER = re.compile(r"\b(leases?|holds?|tokens?|permits?|terms?|lock-delay|offer(?:s|ed)?|seats?|logins?|levels?)\b",
                   re.IGNORECASE)
HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAjT4aIfW1o/J1vL8/g42kztLL05kwHK9p8iYhLZuRxc"
# Break and steal name what they end, and so does giving back one of several.
NAMED = re.compile(r"--(?:lease|hold) \d+")


class DailyWords(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory()
        self.addCleanup(self.directory.cleanup)
        self.screens = {}
        self.gilir("init", "--agent", "sari")
        self.gilir("agent", "add", "budi", "--tier", "1")
        self.gilir("server", "add", "kantor-123", "--address", "10.0.0.5", "--user", "admin")
        # The refusals come before anybody is connected to.
        self.gilir("server", "trust", "kantor-123", "--key", HOST_KEY)
        for reporter in ("Siti", "Agus"):
            self.gilir("ticket", "new", "-t", "Printer does not print", "--reporter", reporter, "--office", "kantor-123",
                       "--server", "kantor-123")

    def gilir(self, *words, code=0):
        environment = {"PATH": os.environ["PATH"], "HOME": self.directory.name, "GILIR_PLUGINS": "/nonexistent",
                       "GILIR_DESK": f"{self.directory.name}/desk", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run([GILIR, *words], env=environment, capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=60)
        self.assertEqual(done.returncode, code, f"{words}: {done.stderr}")
        self.screens[" ".join(words)] = done.stdout + done.stderr
        return done.stdout

    def see(self):
        for words in ([], ["next"], ["lock", "list"], ["lock", "show", "kantor-123"], ["lock", "history", "kantor-123"],
                      ["server", "list"], ["ticket", "list"], ["ticket", "show", "1"], ["log"], ["tick"]):
            for agent in ("sari", "budi"):
                self.gilir("--as", agent, *words, code=3 if words == ["next"] and agent not in self.gilir(
                    "ticket", "list", "--json=assignee") else 0)

    def test_stand_on_daily_screens_only(self):
        self.screens.clear()
        self.see()
        self.gilir("--as", "budi", "lock", "acquire", "kantor-123", "--ticket", "1")
        self.gilir("--as", "budi", "lock", "acquire", "kantor-123", "--reason", "again")
        self.gilir("lock", "acquire", "kantor-123", "--ticket", "2", code=75)
        self.gilir("with", "kantor-123", "--ticket", "2", "--", "true", code=75)
        self.gilir("ssh", "kantor-123", "--ticket", "2", "true", code=75)
        self.gilir("lock", "knock", "kantor-123", "-m", "One minute?", "--no-wait")
        self.see()
        self.gilir("--as", "budi", "lock", "deny", "kantor-123")
        self.gilir("--as", "budi", "lock", "hand-over", "kantor-123", "--to", "sari", "-m", "Done.")
        self.see()
        self.gilir("lock", "accept", "kantor-123")
        self.gilir("lock", "release", "kantor-123")
        self.gilir("with", "kantor-123", "--ticket", "1", "--", "true")
        self.see()
        found = {words: sorted({word.lower() for word in INNER.findall(NAMED.sub("", screen))})
                 for words, screen in self.screens.items()}
        self.assertEqual({words: inner for words, inner in found.items() if inner}, {})

    def test_are_seen_by_who_asks_for_the_details(self):
        self.gilir("lock", "acquire", "kantor-123", "--ticket", "1")
        details = self.gilir("lock", "show", "kantor-123", "--details")
        for word in ("seats", "logins", "term", "level", "lease", "token", "hold"):
            self.assertRegex(details, rf"\b{word}\b")
        page = self.gilir("help", "locks")
        for word in ("lease", "hold", "token", "permit", "term", "lock-delay", "offer", "seat", "login", "level"):
            self.assertRegex(page, rf"(?m)^  {word}  ")


if __name__ == "__main__":
    unittest.main()
