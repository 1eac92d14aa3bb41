#!/usr/bin/env python3
"""The TAB key in real shells on a pseudo-terminal: bash, zsh and fish, each set up as a user sets it up.

Every shell is held to the same behaviours; what differs between them is how they start.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE.parent / "ssh"), str(ROOT / "tests")]

from office import eventually  # noqa: E402
from programs import DEPS, package_file, surroundings  # noqa: E402
from terminal import Terminal  # noqa: E402

GILIR = pathlib.Path(os.environ.get("GILIR", ROOT / "build" / "release" / "bin" / "gilir"))
PROMPT = "ready> "
TAB = b"\t"
CLEAR = b"\x15"  # Ctrl-U
# Evil as a title, harmless on a terminal and in a shell.
EVIL = "evil \x1b[35mtitle $(touch {0}/pwned) `touch {0}/pwned` \u202e"


class ShellCase:
    """`start` gives the shell's command line and writes its start-up files below self.home."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gilir-completion-")
        self.addCleanup(folder.cleanup)
        self.home = pathlib.Path(folder.name)
        self.environment = {
            **surroundings(GILIR.parent, self.home / "bin"), "HOME": str(self.home), "TERM": "xterm",
            "GILIR_PLUGINS": str(self.home / "plugins"), "LC_ALL": "C.UTF-8", "GILIR_DESK": str(self.home / "desk"), "GILIR_AGENT": "sari", "TZ": "UTC",
            "GILIR_SCRIPTS": str(ROOT / "completions"), "NO_COLOR": "1", "USER": "sari",
        }
        self.gilir("init", "--agent", "sari")
        self.gilir("agent", "add", "budi", "--tier", "2")
        self.gilir("server", "add", "kantor-123", "--address", "10.0.0.1")
        self.gilir("ticket", "new", "-t", "Printer smokes", "--reporter", "Budi Santoso", "--office", "kantor-9")
        self.gilir("ticket", "new", "-t", EVIL.format(self.home), "--reporter", "Siti", "--office", "kantor-8",
                   "--not-duplicate")
        self.terminal = Terminal(self, 50, 160)
        self.shell = subprocess.Popen(
            self.start(), env=self.environment, cwd=self.home, stdin=self.terminal.inside, stdout=self.terminal.inside,
            stderr=self.terminal.inside, start_new_session=True, preexec_fn=self.terminal.become_controlling)
        self.addCleanup(self.end)
        self.from_here = 0
        self.sees(re.escape(PROMPT))

    def end(self):
        self.shell.kill()
        self.shell.wait()

    def gilir(self, *words):
        subprocess.run([GILIR, *words], env=self.environment, cwd=self.home, check=True, capture_output=True)

    def text(self):
        return self.terminal.text()

    def plain(self):
        """What was shown since the last line was typed, without colours and movements of the cursor."""
        return re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|\(B|\][^\x07]*\x07)", "", self.text()[self.from_here:])

    def type(self, text, *keys):
        """Types on an empty line, then presses keys, each when the line stands still; what was there before counts no
        more. Some shells throw away what is typed while they are busy."""
        self.settles()
        self.from_here = len(self.text())
        for some in (CLEAR + text.encode(), *keys):
            before = len(self.text())
            self.terminal.type(some)
            eventually(lambda shown=before: len(self.text()) > shown or some == TAB and self.quiet(), f"an answer to {some!r}")
            self.settles()

    def sees(self, pattern):
        try:
            eventually(lambda: re.search(pattern, self.plain(), re.DOTALL), pattern, 30)
        except AssertionError as problem:
            self.fail(f"{problem}; the terminal shows {self.plain()!r}")

    def finish(self, line, pattern):
        """Types a line with TAB at its end, presses Enter, and sees what the command then says."""
        self.type(line, TAB)
        self.terminal.type(b"\r")
        self.sees(pattern)

    def settles(self):
        eventually(self.quiet, "the shell is quiet")

    def quiet(self):
        """True when nothing comes for a moment, as a person would wait."""
        before = self.text()
        self.pause(0.25)
        return before == self.text()

    def pause(self, seconds):
        try:
            self.shell.wait(seconds)
        except subprocess.TimeoutExpired:
            pass

    # What every shell must do.

    def test_lists_tickets_with_their_titles(self):
        self.type("gilir ticket show ", TAB, TAB)
        self.sees(r"2 .*evil \\x1b\[35mtitle.*1 .*Printer smokes|1 .*Printer smokes.*2 .*evil \\x1b\[35mtitle")

    def test_is_not_fooled_by_a_hostile_title(self):
        self.type("gilir ticket show ", TAB, TAB)
        self.sees(r"evil \\x1b")
        self.assertNotIn("\x1b[35m", self.text())
        self.assertNotIn("\u202e", self.text())
        self.finish("gilir ticket show 2", "evil")
        self.assertFalse((self.home / "pwned").exists())

    def test_completes_commands_and_names(self):
        self.finish("gilir age", "AGENT|usage|agent VERB")
        self.finish("gilir agent show bu", r"budi.*tier")
        self.finish("gilir lock show kan", r"kantor-123.*free")

    def test_completes_plugins_as_help_lists_them(self):
        for folder, name in (("plugins", "gilir-semut"), ("bin", "gilir-semangka"), ("bin", "gilir-ticket")):
            program = self.home / folder / name
            program.parent.mkdir(mode=0o755, exist_ok=True)
            program.write_text(f"#!/bin/sh\necho plugin {name} runs\n")
            program.chmod(0o755)
        self.type("gilir sem", TAB, TAB)
        self.sees(r"semangka.*bin/gilir-semangka.*semut.*plugins/gilir-semut")
        self.finish("gilir semu", r"plugin gilir-semut runs")
        self.finish("gilir semang", r"plugin gilir-semangka runs")

    def test_quotes_names_with_blanks(self):
        self.finish("gilir ticket list --format=ids --reporter Bud", r"[\r\n]1\r\n")

    def test_runs_nothing_that_a_name_contains(self):
        self.gilir("reporter", "add", "Zed $(touch pwned) `touch pwned` \" \\ \\\\ ; x")
        for typed in ("Zed", '"Zed', "'Zed"):
            self.finish(f"gilir ticket list --reporter {typed}", r"No tickets\.")
        self.assertFalse((self.home / "pwned").exists())

    def test_completes_values_behind_an_equals_sign(self):
        self.finish("gilir ticket list --status=clo", r"No tickets\.")

    def test_lists_options_with_what_they_are_for(self):
        self.type("gilir lock acquire --", TAB, TAB)
        self.sees(r"--exclusive.*refuse when you have it already")

    def test_offers_files_where_a_file_is_wanted(self):
        (self.home / "answer.txt").write_text("It prints again.\n")
        self.finish("gilir ticket note 1 -F answ", r"Note|note")

    def test_completes_programs_behind_the_dashes(self):
        self.finish("gilir with kantor-123 --reason x -- basena", r"usage|missing operand")

    def test_stays_silent_without_a_desk(self):
        self.type("gilir --desk /nowhere ticket show ", TAB, TAB)
        self.assertNotRegex(self.text()[self.from_here:], "no desk|no such|error|gilir:")


class Bash(ShellCase, unittest.TestCase):
    def start(self):
        (self.home / "rc").write_text(f"PS1='{PROMPT}'\nbind 'set bell-style none'\nbind 'set enable-bracketed-paste off'\n"
                                      ". <(gilir completion bash)\n")
        return ["bash", "--noprofile", "--rcfile", str(self.home / "rc"), "-i"]

    def test_types_what_all_candidates_have_in_common(self):
        self.type("gilir tic", TAB)
        self.sees("gilir tick")
        self.type("gilir --as sa", TAB)
        self.sees("gilir --as sari ")


class Zsh(ShellCase, unittest.TestCase):
    def start(self):
        self.gilir("completion", "--install", "zsh")
        (self.home / ".zshrc").write_text(f"fpath=(~/.zfunc $fpath)\nautoload -Uz compinit; compinit -u -d {self.home}/dump\n"
                                          f"PS1='{PROMPT}'\nunsetopt prompt_sp prompt_cr zle_bracketed_paste\nunset zle_bracketed_paste\n")
        # An unpacked zsh looks for its own files where they would be installed.
        if (DEPS / "usr/bin/zsh").exists():
            functions = " ".join(str(path) for path in DEPS.glob("usr/share/zsh/functions/**/") if path.is_dir())
            modules = package_file("usr/lib/*/zsh/*/zsh/zle.so").rpartition("/zsh/")[0]
            (self.home / ".zshenv").write_text(f"module_path=({modules})\nfpath=({functions})\n")
        return ["zsh", "-d", "-i"]


class Fish(ShellCase, unittest.TestCase):
    def start(self):
        self.gilir("completion", "--install", "fish")
        # Without this folder fish reads all man pages of the machine in the background.
        (self.home / ".local/share/fish/generated_completions").mkdir(parents=True)
        (self.home / ".config/fish/config.fish").write_text(
            f"function fish_prompt; printf '{PROMPT}'; end\nset -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n")
        return ["fish", "-i"]


if __name__ == "__main__":
    unittest.main()
