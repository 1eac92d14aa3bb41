"""A person's terminal that keeps its state: tmux, of its own, with a shell in it. It answers what a program has set."""

import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

from office import eventually

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from programs import program, surroundings  # noqa: E402

# What a program can set that tmux tells of.
FLAGS = ("alternate_on", "cursor_flag", "insert_flag", "keypad_cursor_flag", "keypad_flag", "mouse_all_flag",
         "mouse_any_flag", "mouse_button_flag", "mouse_sgr_flag", "mouse_standard_flag", "mouse_utf8_flag",
         "origin_flag", "scroll_region_lower", "scroll_region_upper", "wrap_flag")
PROMPT = "at-the-shell"


class Screen:
    rows, columns = 24, 100

    def __init__(self, test, scratch, environment):
        # A socket's path is a short one.
        self.folder = tempfile.mkdtemp(prefix="s-", dir=scratch)
        self.environment = {**environment, **surroundings(TERM="xterm", TMUX_TMPDIR=self.folder)}
        self.environment.pop("TMUX", None)
        test.addCleanup(self.tmux, "kill-server")
        self.tmux("new-session", "-d", "-x", str(self.columns), "-y", str(self.rows),
                  shlex.join(["env", f"PS1={PROMPT} ", "bash", "--norc", "--noediting", "-i"]))
        self.shows(PROMPT)

    def tmux(self, *words, **options):
        done = subprocess.run([program("tmux"), "-f", os.devnull, *words], env=self.environment, capture_output=True,
                              text=True, check=True, **options)
        return done.stdout

    def state(self):
        told = self.tmux("display-message", "-p", " ".join(f"#{{{flag}}}" for flag in FLAGS))
        return dict(zip(FLAGS, told.split(), strict=True))

    def text(self, *options):
        return self.tmux("capture-pane", "-p", *options)

    def shows(self, words):
        eventually(lambda: words in self.text(), lambda: f"{words!r} on the screen: {self.text()}")
        return self

    def type(self, text):
        self.tmux("send-keys", "-l", text)
        return self

    def enter(self, text=""):
        self.type(text) if text else None
        self.tmux("send-keys", "Enter")
        return self

    def paste(self, text):
        """As a person does: in brackets when the program has asked for them."""
        self.tmux("load-buffer", "-", input=text)
        self.tmux("paste-buffer", "-p")

    def process(self):
        """What runs in the foreground, below the shell."""
        return int(self.tmux("display-message", "-p", "#{pane_pid}"))
