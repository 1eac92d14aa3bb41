"""Full-screen programs that are cut off in their work: the terminal, one that keeps its state, is as it was before our
message stands on it, whatever ended the session."""

import os
import shlex
import signal
import unittest

from office import OfficeTest, Target, children_of, command_of, descendants, eventually
from screen import PROMPT, Screen, program, surroundings

# All that a program can leave behind, in one that never tidies up. It says so at the end, on the alternate screen.
WORST = (r"\033]0;theirs\033\\\033[?1049h\033[?1000;1002;1003;1005;1006;1015h\033[?2004h\033[?1004h\033[?1h\033=\033[?25l"
         r"\033[3;7r\033(0\033[31;1;7m\033[4h\033[?7l\033[>4;2m\033[>1u\033[?2026h\033[5 q\033(Bon the screen\033(0")


# Its end moves the cursor: it is undone where it was seen only.
ORIGIN = r"\033[?6h"


class ScreenTest(OfficeTest):
    server_options = ("--term", "4s")

    worst = WORST

    def setUp(self):
        super().setUp()
        self.sshd = self.target
        self.file = self.scratch / "notes.txt"
        self.file.write_text("".join(f"on the screen, line {number}\n" for number in range(200)), encoding="ascii")
        environment = {**self.office.environment_of("sari"), "GILIR": self.office.gilir}
        self.screen = Screen(self, self.scratch, environment)
        self.screen.enter("echo be'fore'").shows("before")
        self.before = self.screen.state()

    def program(self, name):
        """The words that start it, wherever its package was unpacked to."""
        conf = self.scratch / "tmux.conf"
        conf.write_text("set -g destroy-unattached on\nset -g mouse on\n", encoding="ascii")
        words = {
            "vim": ["vim.basic", "-u", "NONE", "-N", "-n", "-c", "set mouse=a", str(self.file)],
            "less": ["less", "--mouse", str(self.file)],
            "htop": ["htop"],
            "tmux": ["tmux", "-L", "inner", "-f", str(conf), "new-session", shlex.join(["less", str(self.file)])],
            "worst": ["sh", "-c", f"trap '' HUP INT TERM; printf '{self.worst}'; while :; do sleep 300; done"],
        }[name]
        environment = surroundings(TMUX_TMPDIR=self.scratch)
        environment["TERM"] = "screen"
        path = words[0] if words[0] == "sh" else program(words[0])
        return ["env", "-u", "TMUX", *(f"{key}={value}" for key, value in environment.items()), path, *words[1:]]

    def gilir_words(self, words):
        return ["ssh", "-t", "-i", self.sshd.key("sari"), "--reason", "a-test", self.server,
                "exec " + shlex.join(words)]

    def start_on_the_screen(self, name):
        self.screen.enter(shlex.join([self.office.gilir, *map(str, self.gilir_words(self.program(name)))]))
        shown = "Mem" if name == "htop" else "on the screen"
        eventually(lambda: self.screen.state()["alternate_on"] == "1" and shown in self.screen.text(),
                   lambda: f"{name} has the screen: {self.screen.text()}")
        self.assertNotEqual(self.screen.state(), self.before)

    def gilir_process(self):
        shell = self.screen.process()
        return next(iter(children_of(shell)))

    def kill_the_program(self, name, below):
        pid = next(pid for pid in descendants(below) if command_of(pid) == name)
        os.kill(pid, signal.SIGKILL)

    def see_the_screen_as_it_was(self, message=""):
        self.screen.shows(message)
        eventually(lambda: self.screen.text().rstrip().endswith(PROMPT), self.screen.text)
        self.assertEqual(self.screen.state(), self.before)
        text = self.screen.text()
        # What stood there before is there, and then what we say, and nothing of the program's.
        self.assertIn(message, text[text.index("before"):])
        self.assertNotIn("on the screen", text[text.rindex(message):])
        # Pastes come without brackets, letters are letters and have no colour.
        self.screen.paste("echo past'ed-plainly'\n")
        self.screen.shows("pasted-plainly")
        self.assertNotIn("200~", self.screen.text())
        self.assertIn("\npasted-plainly\n", self.screen.text("-e"))
        # The modes of the line are the shell's own.
        self.screen.enter("stty -a | grep -c ' icanon .* echo '").shows("\n1\n")

    def break_lock(self):
        lease = self.office.lock(self.server)["holders"][0]["lease"]
        self.office.ask(None, "lock", "break", self.server, "--lease", lease, "-m", "a test", "--now")


class FullScreenPrograms:
    """Each of them is cut off in its work by a lock that is broken."""

    def see_restored_after_the_lock_is_broken(self, name):
        self.start_on_the_screen(name)
        self.break_lock()
        self.see_the_screen_as_it_was(self.words_when_cut())

    def test_vim(self):
        self.see_restored_after_the_lock_is_broken("vim")

    def test_less(self):
        self.see_restored_after_the_lock_is_broken("less")

    def test_htop(self):
        self.see_restored_after_the_lock_is_broken("htop")

    def test_tmux(self):
        self.see_restored_after_the_lock_is_broken("tmux")

    def test_everything_at_once(self):
        self.see_restored_after_the_lock_is_broken("worst")


class ScreenAfterSsh(FullScreenPrograms, ScreenTest):
    worst = WORST + ORIGIN

    def words_when_cut(self):
        return f"the lock on {self.server} was lost"

    def test_permit_that_ends_while_stopped(self):
        self.start_on_the_screen("vim")
        process = self.gilir_process()
        os.kill(process, signal.SIGSTOP)
        eventually(lambda: self.office.is_free(self.server), "the lock ran out")
        # The shell has taken the terminal when it saw the stop.
        self.screen.enter("fg")
        self.see_the_screen_as_it_was(f"the lock on {self.server} was lost (it ran out)")

    def test_each_signal_of_ours(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self.start_on_the_screen("vim")
            os.kill(self.gilir_process(), number)
            self.see_the_screen_as_it_was("it is not confirmed that what ran")
            self.screen.enter("clear; echo be'fore'").shows("before")
            eventually(lambda: self.office.is_free(self.server), "the seat is free again")

    def test_killed_program(self):
        self.start_on_the_screen("vim")
        self.kill_the_program("vim.basic", below=self.target.process.pid)
        self.see_the_screen_as_it_was()

    def test_handed_over_lock(self):
        self.start_on_the_screen("vim")
        self.office.ask("sari", "lock", "hand-over", self.server, "--to", "dewi")
        self.office.ask("dewi", "lock", "accept", self.server)
        self.see_the_screen_as_it_was(f"{self.server} was given away")
        self.office.ask("dewi", "lock", "release", self.server)

    def test_lost_connection(self):
        self.sshd = Target(self.scratch / "dying")
        self.addCleanup(self.sshd.stop)
        self.server = self.office.add_server("dying", address=self.sshd.address, host_key=self.sshd.host_key)
        self.start_on_the_screen("vim")
        self.sshd.kill()
        self.see_the_screen_as_it_was(f"the connection to {self.server} was lost")


class ScreenAfterWith(FullScreenPrograms, ScreenTest):
    def words_when_cut(self):
        return "the command was ended"

    def gilir_words(self, words):
        return ["with", self.server, "--reason", "a-test", "--", *words]

    def test_killed_program(self):
        self.start_on_the_screen("vim")
        self.kill_the_program("vim.basic", below=self.gilir_process())
        self.see_the_screen_as_it_was()

    def test_a_plain_program_that_is_cut_leaves_the_cursor_in_its_place(self):
        self.screen.enter("clear; " + shlex.join([self.office.gilir, *self.gilir_words(["sh", "-c", "echo p''lain; exec sleep 300"])]))
        self.screen.shows("plain")
        self.break_lock()
        self.screen.shows("the command was ended")
        lines = self.screen.text().split("\n")
        self.assertIn("the command was ended", lines[lines.index("plain") + 1])


if __name__ == "__main__":
    unittest.main()
