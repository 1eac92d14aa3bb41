#!/usr/bin/env python3
"""The README's five minutes, line by line as they are written, at a terminal and against a real sshd. Only the address
and the login name are the test's."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "system" / "ssh"))

from office import PATIENCE, Target  # noqa: E402
from terminal import Terminal  # noqa: E402

GILIR = pathlib.Path(os.environ.get("GILIR", ROOT / "build" / "release" / "bin" / "gilir"))
# What a line waits with, and what the person types then: the key's comparison, the end of a shell.
ANSWERS = {"gilir server trust": ("[y/N]", b"y"), "gilir ssh kantor-123 --ticket 1": ("", b"exit\n"),
           "gilir with kantor-123 --ticket 1 -- bash": ("", b"exit\n")}


def tour():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## Five minutes\n\n```sh\n(.*?)```", text, re.DOTALL)[1]
    return [re.sub(r"\s+# .*", "", line) for line in block.splitlines() if line]


class Tour(unittest.TestCase):
    def test_runs_as_it_is_written(self):
        directory = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        (directory / "target").mkdir()
        target = Target(directory / "target")
        self.addCleanup(target.stop)
        home = directory / "home"
        (home / ".ssh").mkdir(parents=True)
        key = home / ".ssh" / "id_ed25519"
        key.write_bytes(pathlib.Path(target.key("sari")).read_bytes())
        key.chmod(0o600)
        environment = {"HOME": str(home), "PATH": f"{GILIR.parent}:{os.environ['PATH']}", "TERM": "dumb", "PS1": "$ ",
                       "LC_ALL": "C.UTF-8", "USER": "wayan", "GILIR_PLUGINS": "/nonexistent"}
        lines = tour()
        self.assertGreater(len(lines), 12)
        for line in lines:
            command = line.replace("10.0.0.5", target.address).replace("--user admin", f"--user {target.user}")
            terminal = Terminal(self)
            started = subprocess.Popen(["bash", "--norc", "-c", command], env=environment, cwd=home,
                                       stdin=terminal.inside, stdout=terminal.inside, stderr=terminal.inside,
                                       start_new_session=True, preexec_fn=terminal.become_controlling)
            self.addCleanup(started.wait)
            self.addCleanup(started.kill)
            if line in ANSWERS or " ".join(line.split()[:3]) in ANSWERS:
                question, answer = ANSWERS.get(line) or ANSWERS[" ".join(line.split()[:3])]
                terminal.shows(question).type(answer)
            self.assertEqual(started.wait(PATIENCE), 0, f"{line}: {terminal.text()}")


if __name__ == "__main__":
    unittest.main()
