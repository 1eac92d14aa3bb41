"""On a real terminal too, where rows are cut to its width and questions are asked, nothing hostile arrives raw."""

import os
import pty
import re
import select
import subprocess
import termios
import time
import unittest

import commands
from hostile import GILIR, HANG_LIMIT_S, SHORT, TEXT, HostileCase, Run, as_bytes, raw_problems, shown

QUESTION = re.compile(rb"Enter[^\n]*\n$")


class Terminal(HostileCase):
    def on_terminal(self, *words, answer=b"", **environment):
        """Runs gilir with a terminal for input, output and errors; the answer is typed when a question is asked."""
        terminal, its_end = pty.openpty()
        self.make_transparent(its_end)
        process = subprocess.Popen([GILIR, *map(as_bytes, words)], env={**self.environment, **environment},
                                   cwd=self.scratch, stdin=its_end, stdout=its_end, stderr=its_end)
        os.close(its_end)
        try:
            shown_bytes = self.read_all(terminal, answer)
            return Run(("--color=always", *words), process.wait(HANG_LIMIT_S), shown_bytes, b"")
        finally:
            process.kill()
            process.wait()
            os.close(terminal)

    @staticmethod
    def make_transparent(its_end):
        """No echo and no rewriting of line ends, so that what arrives is what gilir wrote."""
        modes = termios.tcgetattr(its_end)
        modes[1] &= ~termios.OPOST
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(its_end, termios.TCSANOW, modes)

    def read_all(self, terminal, answer):
        text, deadline = b"", time.monotonic() + HANG_LIMIT_S
        while True:
            self.assertTrue(select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0], text[-300:])
            try:
                text += os.read(terminal, 1 << 16)
            except OSError:
                return text
            if answer and QUESTION.search(text):
                os.write(terminal, answer)
                answer = b""

    def harmless(self, run):
        with self.subTest(command=shown(run.words)):
            self.assertEqual(raw_problems(run), [], run.out[:300])

    def test_shows_hostile_text_escaped_whatever_its_width(self):
        self.make_hostile_desk()
        for path in commands.READING:
            for words in commands.CALLS[path]:
                for columns in ("1", "57"):
                    run = self.on_terminal(*path.split(), *words, COLUMNS=columns)
                    self.harmless(run)
                    self.assertEqual(run.code, 0, run.out[:300])

    def test_asks_about_hostile_text_escaped(self):
        self.make_hostile_desk()
        filing = ("ticket", "new", "-t", "=cmd() Printer\x1b[2J\u202e", "-m", TEXT, "--reporter", SHORT, "--office", SHORT)
        self.do(*filing)
        asked = self.on_terminal(*filing, answer=b"\x1b[2J\n")
        self.harmless(asked)
        self.assertEqual(asked.code, 0, asked.out[:500])
        self.assertIn(b"Is this the same as", asked.out)


if __name__ == "__main__":
    unittest.main()
