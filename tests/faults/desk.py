"""Small desks for the fault tests, and what stands in one."""

import json
import os
import pathlib
import sqlite3
import subprocess


class CommandFailed(Exception):
    """A command that must succeed did not; the text holds what it said."""


class Desk:
    def __init__(self, gilir, path):
        self.gilir = gilir
        self.path = pathlib.Path(path)
        home = str(self.path.parent)
        self.environment = {**os.environ, "GILIR_DESK": str(self.path), "GILIR_AGENT": "sari", "HOME": home,
                            "XDG_CONFIG_HOME": home, "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                            # A process that is traced or killed has no leaks to report.
                            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}

    def attempt(self, *words, before=(), **options):
        """The finished process, however it ended."""
        return subprocess.run([*before, self.gilir, *words], env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False, timeout=60, **options)

    def run(self, *words, **options):
        done = self.attempt(*words, **options)
        if done.returncode != 0:
            raise CommandFailed(f"gilir {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def start(self, *words):
        """What it prints can be read as it comes."""
        return subprocess.Popen([self.gilir, *words], env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, bufsize=0)

    def make(self):
        self.run("init", str(self.path), "--name", "faults", "--agent", "sari")

    def open(self):
        return sqlite3.connect(f"file:{self.path}/desk.db?mode=ro", uri=True)

    def contents(self):
        """Rows of each table: what a change adds shows here, and half a change would."""
        database = self.open()
        try:
            tables = [name for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")]
            return {table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
        finally:
            database.close()


def error_code(done):
    """The code of the error that a command told with --json, or None."""
    try:
        return json.loads(done.stderr)["error"]["code"]
    except (ValueError, KeyError, TypeError):
        return None
