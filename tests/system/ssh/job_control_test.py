"""gilir under an interactive shell: stopped, continued, in the background, in pipelines and scripts, and its questions left
with Ctrl-C. Whatever happens, the shell keeps its terminal, in the modes that it had."""

import os
import signal
import unittest

from office import OfficeTest, eventually, is_alive
from terminal import Terminal

INTERRUPT, SUSPEND = b"\x03", b"\x1a"


class JobControl(OfficeTest):
    # Without a program in between: a shell that is about to start one when it is stopped (vfork) never stops.
    until_told = "read told <$GO;"

    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self)
        self.seen = 0
        go = self.scratch / "go"
        go.unlink(missing_ok=True)
        os.mkfifo(go)
        descriptor = os.open(go, os.O_RDWR)
        self.addCleanup(os.close, descriptor)
        self.tell = lambda: os.write(descriptor, b"\n")
        self.shell = self.start_in_terminal("sari", "bash", "--norc", "--noediting", "-i", environment={
            "PS1": "at-the-shell ", "W": f"{self.office.gilir} with {self.server} --reason a-test --", "S": self.server,
            "GILIR": self.office.gilir, "GO": str(go)})
        self.see_the_shell()
        self.before = self.terminal.modes()

    def start_in_terminal(self, agent, *words, **options):
        inside = self.terminal.inside
        return self.start_program(agent, *words, stdin=inside, stdout=inside, stderr=inside,
                                  preexec_fn=self.terminal.become_controlling, **options)

    def type(self, keys):
        self.terminal.type(keys if isinstance(keys, bytes) else keys.encode())
        return self

    def sees(self, words):
        """They come after whatever was seen before. A command line is echoed, so it spells words otherwise (o""n)."""
        eventually(lambda: words in self.terminal.text()[self.seen:],
                   lambda: f"{words!r} comes after {self.terminal.text()[:self.seen][-80:]!r}: "
                           f"{self.terminal.text()[self.seen:]!r}")
        self.seen = self.terminal.text().index(words, self.seen) + len(words)
        return self

    def see_the_shell(self):
        return self.sees("at-the-shell ")

    def see_that_the_shell_has_its_terminal(self):
        self.assertTrue(is_alive(self.shell.pid))
        self.type("echo th'ere'\n").sees("there\r\n").see_the_shell()
        self.assertEqual(self.terminal.modes(), self.before)

    def test_stopped_program_that_ends_in_the_background(self):
        self.type(f"$W sh -c 'echo i\"\"n; {self.until_told} echo do\"\"ne'\n").sees("in\r\n")
        self.type(SUSPEND).sees("Stopped").see_the_shell()
        self.tell()
        self.type("bg\n").sees("done\r\n")
        eventually(lambda: self.office.is_free(self.server), "the lock is given back")
        self.see_that_the_shell_has_its_terminal()

    def test_pipeline_is_stopped_and_continued_as_one(self):
        self.type(f"$W sh -c 'echo i\"\"n; {self.until_told} echo do\"\"ne' | cat\n").sees("in\r\n")
        self.type(SUSPEND).sees("Stopped").see_the_shell()
        self.tell()
        self.type("fg\n").sees("done\r\n").see_the_shell()
        self.see_that_the_shell_has_its_terminal()

    def test_program_in_a_pipeline_gets_the_terminal_when_it_asks_for_it(self):
        self.type("echo piped | $W sh -c 'read a; stty -echo </dev/tty; echo i\"\"n $a; read b </dev/tty; stty echo </dev/tty; "
                  "echo go\"\"t $b' | cat\n").sees("in piped\r\n")
        self.type("typed\n").sees("got typed\r\n").see_the_shell()
        self.see_that_the_shell_has_its_terminal()

    def test_script_around_it_is_stopped_with_it(self):
        script = self.scratch / "script"
        script.write_text(f"$GILIR with $S --reason a-test -- sh -c 'echo in; {self.until_told} echo done'\necho over $?\n")
        self.type(f"sh {script}\n").sees("in\r\n").type(SUSPEND).sees("Stopped").see_the_shell()
        self.tell()
        self.type("fg\n").sees("done\r\n").sees("over 0\r\n").see_the_shell()

    def test_shell_inside_has_its_own_job_control(self):
        self.type("$W bash --norc --noediting -i\n").see_the_shell()
        self.type("sh -c 'echo i\"\"n; exec sleep 300'\n").sees("in\r\n").type(SUSPEND).sees("Stopped").see_the_shell()
        self.type("suspend\n").sees("Stopped").see_the_shell()
        self.type("fg\n").sees("bash").type("kill %1; echo i'nside'\n").sees("inside\r\n").see_the_shell()
        self.type("exec true\n").see_the_shell()
        self.see_that_the_shell_has_its_terminal()

    def test_session_started_in_the_background_leaves_the_terminal_alone(self):
        self.type(f"$GILIR ssh --reason a-test -i {self.target.key('sari')} -t $S 'echo i\"\"n; sleep 1; echo do\"\"ne' &\n").see_the_shell()
        eventually(lambda: not self.office.is_free(self.server), "it holds the lock")
        self.type("wait %1\n").sees("Stopped").see_the_shell()
        self.see_that_the_shell_has_its_terminal()
        self.type("fg\n").sees("in\r\n").sees("done\r\n").see_the_shell()
        self.see_that_the_shell_has_its_terminal()

    def test_questions_about_a_held_server_are_left_with_an_interrupt(self):
        holder = self.log_in("dewi")
        self.type("$W true\n").sees("leave it").type(INTERRUPT).see_the_shell().type("echo st'atus' $?\n").sees("status 130")
        self.type("$W true\n").sees("leave it").type(b"k").sees("Why do you need it now?")
        self.type(INTERRUPT).see_the_shell().type("echo st'atus' $?\n").sees("status 130")
        self.see_that_the_shell_has_its_terminal()
        self.type("$W true\n").sees("leave it").type(SUSPEND).sees("Stopped").see_the_shell()
        self.type("fg\n").sees("$W true\r\n").type(b"q").see_the_shell().type("echo st'atus' $?\n").sees("status 75")
        self.assertEqual(self.office.lock(self.server)["demands"], [])
        holder.send(signal.SIGTERM)

    def test_editor_is_stopped_and_continued(self):
        ticket = self.office.add_ticket("printer", self.server)
        self.write_in_a_stopped_editor("ticket note", ticket)
        self.assertIn("looked at it", self.office.ask(None, "ticket", "show", ticket)[0])
        holder = self.log_in("dewi")
        self.write_in_a_stopped_editor("lock knock --no-wait", self.server)
        self.assertEqual([demand["reason"] for demand in self.office.lock(self.server)["demands"]], ["looked at it"])
        holder.send(signal.SIGTERM)

    def write_in_a_stopped_editor(self, verb, subject):
        editor = self.scratch / "editor"
        editor.write_text("#!/bin/sh\necho in\nread words\necho $words >$1\n", encoding="ascii")
        editor.chmod(0o755)
        self.type(f"EDITOR={editor} $GILIR {verb} {subject}\n").sees("in\r\n").type(SUSPEND).sees("Stopped").see_the_shell()
        self.type("fg\n").sees(f"{verb}").type("looked at it\n").see_the_shell()


class WithoutAShell(OfficeTest):
    def test_suspend_key_of_a_program_that_nobody_could_continue(self):
        """As `ssh -t host gilir with …` runs it."""
        terminal = Terminal(self)
        program = self.start("sari", "with", self.server, "--reason", "a test", "--", "sh", "-c",
                             "echo in; read words; echo got $words", stdin=terminal.inside, stdout=terminal.inside,
                             stderr=terminal.inside, preexec_fn=terminal.become_controlling)
        terminal.shows("in\r\n").type(SUSPEND)
        terminal.shows("^Z").type(b"typed\n")
        terminal.shows("got typed\r\n")
        self.assertEqual(program.status(), 0)

    def test_suspend_key_while_nobody_could_continue_who_waits_in_line(self):
        holder = self.log_in("dewi")
        terminal = Terminal(self)
        inside = terminal.inside
        waiter = self.start("sari", "with", self.server, "--reason", "a test", "--wait", "--", "echo", "in", stdin=inside,
                            stdout=inside, stderr=inside, preexec_fn=terminal.become_controlling)
        terminal.shows("you are next").type(SUSPEND)
        terminal.shows("^Z")
        holder.send(signal.SIGTERM)
        self.assertEqual(waiter.status(), 0)


if __name__ == "__main__":
    unittest.main()
