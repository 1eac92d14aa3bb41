"""A person's terminal around `gilir ssh`: a shell with resize, and the same modes after every way out."""

import os
import signal
import subprocess
import unittest

from office import OfficeTest, Target, children_of, command_of, descendants, eventually, is_stopped
from terminal import Terminal


class TerminalAround(OfficeTest):
    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self, rows=31, columns=97)
        self.before = self.terminal.modes()

    def at_the_terminal(self, *words, options=(), **settings):
        inside = self.terminal.inside
        return self.ssh("sari", *words, options=options, stdin=inside, stdout=inside, stderr=inside,
                        preexec_fn=self.terminal.become_controlling, **settings)

    def shell(self):
        """A login shell at a prompt of its own, so that what comes back can be told from what is typed."""
        session = self.at_the_terminal()
        eventually(self.terminal.is_raw, "the terminal is raw")
        self.terminal.type(b"PS1=; stty -echo; echo re'ady'\r")
        self.terminal.shows("ready\r\n")
        return session

    def command(self, text="exec sleep 300"):
        """One command with a terminal there."""
        session = self.at_the_terminal(f"echo in; {text}", options=["-t"])
        self.terminal.shows("in\r\n")
        eventually(self.terminal.is_raw, "the terminal is raw")
        return session

    def see_that_it_ended(self, session, status):
        self.assertEqual(session.status(), status, self.terminal.text())
        self.assertEqual(self.terminal.modes(), self.before)

    def test_shell_with_resize(self):
        session = self.shell()
        self.terminal.type(b"stty size\r")
        self.terminal.shows("31 97\r\n")
        self.terminal.type(b"until [ \"$(stty size)\" = '44 132' ]; do sleep 0.05; done; echo resi'zed'\r")
        self.terminal.resize(44, 132)
        self.terminal.shows("resized\r\n")
        self.terminal.type(b"exit 5\r")
        self.see_that_it_ended(session, 5)

    def test_size_and_type_are_known_from_the_start(self):
        session = self.at_the_terminal("stty size; echo $TERM; tty >/dev/null && echo has-one", options=["-t"],
                                       environment={"TERM": "vt220"})
        self.assertEqual(session.status(), 0)
        self.terminal.shows("31 97\r\nvt220\r\nhas-one\r\n")
        self.assertEqual(self.terminal.modes(), self.before)

    def test_language_and_colours_are_those_of_the_person(self):
        # Colours stand first, and many servers take none.
        environment = {"COLORTERM": "truecolor", "LANG": "id_ID.UTF-8", "LC_ALL": "", "LC_TIME": "C", "SECRET": "kopi"}
        command = "echo $LANG $LC_TIME $COLORTERM$SECRET."

        def log_in():
            session = self.at_the_terminal(command, options=["-t"], environment=environment)
            self.see_that_it_ended(session, 0)

        self.target.configure(AcceptEnv="LANG LC_* COLORTERM SECRET")
        log_in()
        self.terminal.shows("id_ID.UTF-8 C truecolor.\r\n")
        self.target.configure(AcceptEnv="LANG LC_*")
        log_in()
        self.terminal.shows("id_ID.UTF-8 C .\r\n")
        # A server that takes none is as good.
        self.target.configure(AcceptEnv="NOTHING")
        log_in()
        self.terminal.shows("\r\n.\r\n")

    def test_language_of_a_command_without_a_terminal_is_that_of_the_person(self):
        command = "echo $LANG,$LC_ALL,$LC_TIME,$LC_CTYPE,$LC_PAPER,$COLORTERM,$SECRET"
        few = {"COLORTERM": "truecolor", "LANG": "id_ID.UTF-8", "LC_ALL": "", "LC_TIME": "C", "LC_PAPER": "C",
               "LC_CTYPE": "id_ID.UTF-8", "SECRET": "kopi"}

        def says(environment, line):
            session = self.ssh("sari", command, environment=environment)
            self.assertEqual((session.status(), session.out()), (0, line + "\n"), session.err())

        self.target.configure(AcceptEnv="LANG LC_* COLORTERM SECRET")
        # What says nothing new about how it speaks would cost a round trip each.
        says(few, "id_ID.UTF-8,,C,,,,")
        says({**few, "LC_ALL": "C.UTF-8"}, ",C.UTF-8,,,,,")
        self.target.configure(AcceptEnv="NOTHING")
        says(few, ",,,,,,")

    def test_nothing_of_ours_is_written_after_a_plain_command(self):
        session = self.at_the_terminal(r"printf '\033[31mred\033[0m\033[?2004h\033[?2004l\n'", options=["-t"])
        self.see_that_it_ended(session, 0)
        self.terminal.shows("\x1b[?2004l\r\n")
        self.assertEqual(self.terminal.text(), "\x1b[31mred\x1b[0m\x1b[?2004h\x1b[?2004l\r\n")

    def test_interrupt_key_goes_to_the_remote_program(self):
        session = self.shell()
        self.terminal.type(b"echo sl'eeps'; sleep 300\r")
        self.terminal.shows("sleeps\r\n").type(b"\x03")
        self.terminal.type(b"echo go'es on'\r")
        self.terminal.shows("goes on\r\n")
        self.terminal.type(b"exit 0\r")
        self.see_that_it_ended(session, 0)

    def test_suspend_key_goes_to_the_remote_program(self):
        session = self.command("stty raw -echo; echo rea''dy; dd bs=1 count=1 2>/dev/null | od -An -tx1")
        self.terminal.shows("ready")
        self.terminal.type(b"\x1a")
        self.terminal.shows("1a")
        self.see_that_it_ended(session, 0)

    def test_restored_when_the_remote_program_is_killed(self):
        session = self.command("read x; kill -KILL $$")
        self.terminal.type(b"\r")
        self.see_that_it_ended(session, 128 + signal.SIGKILL)

    def test_restored_after_each_signal(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            terminal = Terminal(self)
            session = self.ssh("sari", "echo in; exec sleep 300", options=["-t"], stdin=terminal.inside,
                               stdout=terminal.inside, stderr=terminal.inside)
            terminal.shows("in\r\n")
            eventually(terminal.is_raw, "the terminal is raw")
            session.send(number)
            self.assertEqual(session.status(), 128 + number)
            self.assertEqual(terminal.modes(), self.before)
            self.see_not_confirmed("sari")

    def test_restored_when_the_server_goes_away(self):
        target = Target(self.scratch / "dying")
        self.addCleanup(target.stop)
        server = self.office.add_server("dying", address=target.address, host_key=target.host_key)
        inside = self.terminal.inside
        session = self.start("sari", "ssh", "--reason=x", "-t", "-i", target.key("sari"), server, "echo in; exec sleep 300",
                             stdin=inside, stdout=inside, stderr=inside)
        self.terminal.shows("in\r\n")
        target.kill()
        self.see_that_it_ended(session, 255)
        self.assertIn(f"the connection to {server} was lost", self.terminal.text())

    def test_tilde_and_dot_leave_a_server_that_does_not_answer(self):
        session = self.shell()
        self.terminal.type(b"echo ~~ ~.; echo no'thing'\r")
        self.terminal.shows("nothing\r\n")
        listeners = children_of(self.target.process.pid)
        servers = [pid for pid in descendants(self.target.process.pid) if pid not in listeners and "sshd" in command_of(pid)]
        self.assertNotEqual(servers, [])
        for pid in servers:
            self.addCleanup(os.kill, pid, signal.SIGCONT)
            os.kill(pid, signal.SIGSTOP)
            eventually(lambda: is_stopped(pid), "the server's process is stopped")
        self.terminal.type(b"is anybody there?\r~.")
        self.see_that_it_ended(session, 255)
        self.terminal.shows(f"\r\nyou have ended the connection to {self.server}\r\n")
        self.terminal.shows(f"it is not confirmed that what ran at {self.server} is over")
        self.see_not_confirmed("sari")
        self.assertIn("cut: the agent ended the connection", self.office.ask(None, "log", "--server", self.server)[0])

    def test_tilde_and_dot_in_what_is_piped_are_data(self):
        session = self.ssh("sari", "cat", stdin=subprocess.PIPE)
        self.addCleanup(session.end)
        session.type(b"~.\n~~\n")
        session.popen.stdin.close()
        self.assertEqual((session.status(), session.out()), (0, "~.\n~~\n"))

    def test_goes_on_where_the_server_gives_no_terminal(self):
        self.target.configure(PermitTTY="no")
        self.addCleanup(self.target.configure, PermitTTY="yes")
        told = f"{self.server} gives no terminal; going on without one\r\n"
        session = self.at_the_terminal("test -t 0 || echo with'out'", options=["-t"])
        self.see_that_it_ended(session, 0)
        self.terminal.shows(told + "without\r\n")
        session = self.at_the_terminal()
        self.terminal.shows(told, times=2).type(b"echo still with'out'; exit 3\n")
        self.see_that_it_ended(session, 3)
        self.terminal.shows("still without\r\n")

    def test_no_terminal_for_a_plain_command(self):
        session = self.at_the_terminal("tty; echo in")
        self.assertEqual(session.status(), 0)
        self.terminal.shows("not a tty\r\nin\r\n")
        self.assertEqual(self.terminal.modes(), self.before)


class CutTerminal(OfficeTest):
    """The lock is lost while a person is at the terminal."""

    server_options = ("--term", "3s")

    def test_restored_when_the_session_is_cut(self):
        terminal = Terminal(self)
        before = terminal.modes()
        session = self.ssh("sari", "echo in; exec sleep 300", options=["-t"], stdin=terminal.inside,
                           stdout=terminal.inside, stderr=terminal.inside, preexec_fn=terminal.become_controlling)
        terminal.shows("in\r\n")
        waiter = self.wait_in_line("dewi")
        session.stop()
        waiter.says("in")
        session.send(signal.SIGCONT)
        self.assertEqual(session.status(), 76)
        terminal.shows(f"the lock on {self.server} was lost (it ran out)")
        self.assertEqual(terminal.modes(), before)


if __name__ == "__main__":
    unittest.main()
