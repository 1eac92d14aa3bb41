"""Hostile text, a desk full of it, and what no output of gilir may contain.

Shares no code with gilir: what is dangerous on a terminal comes from Unicode's own categories (control, format,
line and paragraph separators), and CSV and JSON are read by Python.
"""

import csv
import dataclasses
import io
import json
import os
import pathlib
import re
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import unicodedata
import unittest

GILIR = os.environ.get("GILIR", "")
# In processor time, so that a busy machine fails no test; what hangs is ended after the longer limit.
WORK_LIMIT_S = 10
HANG_LIMIT_S = 60
# Of CLI.md: what gilir itself ends with. `ssh` and `with` may also end with their command's own status.
EXIT_CODES = {0, 1, 2, 3, 4, 5, 69, 75, 76, 126, 127, 255}

PAGES_FOR_PEOPLE = {"help", "-h", "--help", "--json=help", "--version"}
# Its exit code 1 tells what it found, which is data; not that it failed.
FINDS_PROBLEMS = {"doctor", "--deep"}
STDOUT_OF_THEIR_COMMAND = {"ssh", "with"}

ESCAPES = "\x1b[31mred\x1b]0;t\x07"
C1 = "\x9b2J\x85"
BIDI = "\u202e\u2066live\u2069\u061c"
HIDDEN = "\u200b\u200d\ufeff\U000e0041\u00ad"
SEPARATORS = "\u2028\u2029"
LAYOUT = "\ttab\r\nline\x0b\x0c"
DELETE = "\x7f\x08"
FORMULA = "=cmd()"
WIDE = "😀漢字e\u0301ﬃ"
# Fits a name of 64 bytes. Starts like a formula, as a spreadsheet would meet it.
SHORT = FORMULA + "\x1b[7m\x9bm\u202e\u2066\u200b\u2028\t\r\n\x7f" + "😀漢e\u0301"
LINE = FORMULA + ESCAPES + C1 + BIDI + HIDDEN + SEPARATORS + DELETE + WIDE + "W" * 120
TEXT = LINE + LAYOUT + "\n" + SHORT + "\n\n\n" + "x" * 3000 + "\n"
INVALID = b"\xff\xfe\xc0\xaf\xed\xa0\x80\xf5caf\xe9\x1b[2J"

SELECT_GRAPHIC_RENDITION = re.compile(r"\x1b\[[0-9;]*m")
# Format characters that are drawn: the signs that stand around Arabic, Syriac and Kaithi numbers.
DRAWN = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")


@dataclasses.dataclass
class Run:
    """One finished gilir: how it was called and what it said."""

    words: tuple
    code: int
    out: bytes
    errors: bytes
    work_s: float = 0

    @property
    def is_json(self):
        words = self.words[: self.words.index("--")] if "--" in self.words else self.words
        return any(isinstance(word, str) and (word == "--json" or word.startswith("--json=")) for word in words)

    def error(self):
        """The error that a script reads, of a run with --json."""
        return json.loads(self.errors.splitlines()[-1])["error"]


FORMATS_FOR_PROGRAMS = {"--format=plain", "--format=csv", "--format=csv-excel"}


def dangerous(text, allowed="\n\t", kinds=("Cc", "Cf", "Zl", "Zp")):
    """The characters of the text that must not reach a terminal."""
    return sorted(
        {f"U+{ord(c):04X}" for c in text
         if c not in allowed and unicodedata.category(c) in kinds and not DRAWN.match(c)}
    )


def raw_problems(run):
    """What is wrong with the bytes of a run, whatever it was asked for."""
    problems = []
    for name, printed in (("stdout", run.out), ("stderr", run.errors)):
        try:
            text = printed.decode()
        except UnicodeDecodeError as error:
            problems.append(f"{name} is not UTF-8: {error}")
            continue
        if "--color=always" in run.words:
            text = SELECT_GRAPHIC_RENDITION.sub("", text)
        kinds = ("Cc", "Cf", "Zl", "Zp")
        if name == "stdout" and not FORMATS_FOR_PROGRAMS.isdisjoint(run.words):
            # Programs get the text as it is, but for what steers a terminal.
            text = text.replace("\r\n", "\n")
            kinds = ("Cc",)
        found = dangerous(text, "\n" if run.is_json else "\n\t", kinds)
        if found:
            problems.append(f"{name} has {' '.join(found)} raw")
        if re.search("^gilir: a bug", text, re.MULTILINE):
            problems.append(f"{name} reports a bug: {text[:200]!r}")
    if run.code not in EXIT_CODES:
        problems.append(f"the exit code {run.code} is not documented")
    if run.work_s > WORK_LIMIT_S:
        problems.append(f"it worked for {run.work_s:.0f} s")
    return problems


def json_problems(run):
    """With --json: one envelope on stdout, or an error on stderr, never both."""
    try:
        found = run.code == 1 and not FINDS_PROBLEMS.isdisjoint(run.words) and not run.errors
        if (run.code == 0 or found) and STDOUT_OF_THEIR_COMMAND.isdisjoint(run.words):
            envelope = json.loads(run.out)
            return [] if envelope["schema"] == 1 and "data" in envelope else ["stdout is no envelope"]
        if run.code == 0:
            return []
        error = run.error()
        return [] if error["code"] and error["message"] and "hint" in error else ["the error lacks a field"]
    except (ValueError, LookupError, TypeError) as problem:
        return [f"not the JSON that was promised: {problem!r}"]


def csv_problems(run):
    """Rows of one width, and no cell that a spreadsheet would run."""
    rows = list(csv.reader(io.StringIO(run.out.decode(errors="replace"), newline="")))
    problems = []
    if len({len(row) for row in rows}) > 1:
        problems.append("the CSV rows differ in width")
    problems += [f"a CSV cell is a formula: {cell[:30]!r}" for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    return problems


def problems_of(run):
    """Everything that a run did wrong; an empty list for a good one."""
    problems = raw_problems(run)
    if run.is_json and PAGES_FOR_PEOPLE.isdisjoint(run.words):
        problems += json_problems(run)
    elif run.code != 0 and not run.errors.strip():
        problems.append("it failed without a word")
    if "--format=csv" in run.words and run.code == 0:
        problems += csv_problems(run)
    return problems


def as_bytes(word):
    return word if isinstance(word, bytes) else os.fsencode(word)


def run_gilir(words, environment, directory, given=b""):
    """Runs gilir in a directory. An end by a signal is a negative code; a hang is subprocess.TimeoutExpired."""
    before = work_of_children()
    done = subprocess.run(
        [GILIR, *map(as_bytes, words)], env=environment, cwd=directory, input=given, capture_output=True,
        timeout=HANG_LIMIT_S, check=False,
    )
    return Run(tuple(words), done.returncode, done.stdout, done.stderr, work_of_children() - before)


def work_of_children():
    """Processor time of all children that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class HostileCase(unittest.TestCase):
    """A test with a scratch directory, a home and a desk's address in it; `gilir` runs there."""

    def setUp(self):
        self.assertTrue(os.access(GILIR, os.X_OK), "GILIR must name the program to test")
        scratch = tempfile.TemporaryDirectory(prefix="gilir-bad-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.desk = self.scratch / "desk"
        (self.scratch / "home").mkdir()
        self.environment = {
            "HOME": str(self.scratch / "home"), "GILIR_DESK": str(self.desk), "GILIR_AGENT": "sari", "TZ": "UTC",
            "LANG": "C.UTF-8", "PATH": os.environ["PATH"], "TERM": "xterm-256color", "GILIR_PLUGINS": "/nonexistent",
        }

    def gilir(self, *words, given=b"", **environment):
        return run_gilir(words, {**self.environment, **environment}, self.scratch, given)

    def do(self, *words, given=b""):
        """A step that must succeed for the test to mean anything."""
        run = self.gilir(*words, given=given)
        self.assertEqual(run.code, 0, (words, run.errors[:500]))
        return run

    def check(self, run):
        problems = problems_of(run)
        self.assertEqual(problems, [], f"{shown(run.words)} ended with {run.code}: {run.errors[:300]!r}")

    def copy_desk(self, name="copy"):
        """A copy of the desk as it is now; the address of the copy."""
        copy = self.scratch / name
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.desk, copy)
        return str(copy)

    def make_hostile_desk(self):
        """Two agents, two servers, tickets of every age, locks: with hostile text wherever a command takes it."""
        self.do("init", "--agent", "sari", "--name", LINE)
        self.do("agent", "add", "dewi", "--tier", "1")
        self.do("agent", "add", "rina", "--tier", "2")
        for server, address in (("kantor-123", "127.0.0.1:1"), ("app-1", "127.0.0.2:1")):
            self.do("server", "add", server, "--address", address, "--user", "admin", "--term", "2s")
        self.do("reporter", "add", SHORT, "--office", SHORT, "--contact", SHORT)
        self.do("reporter", "add", "Rina", "--office", SHORT)
        for title in ("Printer", "Printer again", "Database", "Network", "Mail"):
            self.file_ticket(title)
        self.do("category", "add", "network", "--about", LINE)
        self.do("ticket", "note", "1", "-m", TEXT)
        self.do("ticket", "reply", "1", "-m", TEXT)
        self.do("ticket", "escalate", "3", "-m", LINE)
        self.do("ticket", "assign", "1-2,4", "sari")
        self.do("ticket", "start", "1")
        self.do("ticket", "resolve", "4", "-m", TEXT)
        self.do("ticket", "merge", "5", "--into", "2", "--cross-reporter")
        self.do("lock", "acquire", "kantor-123", "--reason", LINE)
        self.ask_for_locks()

    def ask_for_locks(self):
        """Servers that dewi holds, under the leases 2 to 5 in this order, and two of sari's; with what each asks."""
        for number, server in enumerate(("taken-1", "taken-2", "taken-3", "handed-1", "knocked-1", "own-1", "knocked-2")):
            self.do("server", "add", server, "--address", f"127.0.1.{number}:1")
            holder = "sari" if server in ("knocked-1", "own-1", "knocked-2") else "dewi"
            self.do("lock", "acquire", server, "--reason", LINE, "--as", holder)
        self.do("lock", "hand-over", "handed-1", "--to", "sari", "-m", LINE, "--as", "dewi")
        for server in ("knocked-1", "knocked-2"):
            self.do("lock", "knock", server, "-m", LINE, "--no-wait", "--as", "dewi")
        # Sanitizers may take longer to come to these than a holder has to answer.
        poke(self.desk, "UPDATE demand SET deadline_at = deadline_at + 3600000, deadline_term = deadline_term + 3600000")

    def file_ticket(self, title):
        line = (LINE + title).replace("\n", " ").replace("\r", " ")
        self.do("ticket", "new", "-t", line, "-F", "-", "--reporter", SHORT, "--office", SHORT, "--category", "printer",
                "--server", "kantor-123", given=TEXT.encode())


def poke(desk, sql, *values):
    """Writes into a desk's file past gilir, as another program or a bad backup would."""
    with sqlite3.connect(pathlib.Path(desk) / "desk.db") as database:
        database.execute(sql, values)
    database.close()


def shown(words):
    """A command line for a message of a failing test."""
    return " ".join(repr(word)[:80] for word in words)
