"""What `gilir server check` finds at servers of several kinds, and that the lock keeps what `gilir help locks` says of
each: only where an end can be confirmed does the next come in at once after a session without an exit status."""

import os
import signal
import unittest

from office import OfficeTest, Target, eventually

# Hides the first process from its session, as hidepid does others' processes.
HIDING_SHELL = """\
#!/bin/sh
exec unshare {options} sh -c 'mount -t tmpfs none /proc/1 && exec /bin/sh "$@"' sh "$@"
"""


class Checked(OfficeTest):
    logins = "any"
    server_options = ("--lock-delay", "3s")

    def check(self):
        """The finding, and how `server show` tells it."""
        out = self.office.ask(None, "server", "check", "-i", self.target.key("rani"), self.server)[0]
        (check,) = self.office.fact(None, "server", "show", self.server)["checks"]
        self.assertIn(out.partition("the end of a session is ")[2].strip(), self.office.ask(None, "server", "show", self.server)[0])
        return check["ending"]

    def interrupt(self):
        """A session that ends without its exit status."""
        session = self.log_in("sari", "trap '' HUP INT TERM; sleep 300")
        session.send(signal.SIGINT)
        self.assertEqual(session.status(), 130, session.err())
        return session

    def see_found(self, ending):
        self.assertEqual(self.check(), ending)
        self.assertIn("it is not confirmed that what ran", self.interrupt().err())
        self.see_not_confirmed("sari")
        eventually(lambda: self.office.is_free(self.server), "the lock-delay is over")


class ServerCheck(Checked):
    def configure(self, **settings):
        self.target.configure(**settings)
        self.addCleanup(lambda: self.target.configure(ForceCommand="none", MaxSessions=10))

    def test_a_usual_server_is_confirmed_and_free_at_once(self):
        self.assertEqual(self.check(), "confirmed")
        self.assertNotIn("not confirmed", self.interrupt().err())
        self.assertTrue(self.office.is_free(self.server))

    def test_who_may_not_keep_the_result_does_not_log_in(self):
        self.office.ask("sari", "server", "check", "-i", self.target.key("rani"), self.server, expect=4)
        kinds = {event["kind"] for event in self.office.fact(None, "log", "--server", self.server)}
        self.assertFalse(kinds & {"lock.granted", "session.started"})

    def test_a_forced_command_runs_once_and_confirms_nothing(self):
        runs = self.scratch / "runs"
        self.configure(ForceCommand=f"echo x >>{runs}; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"")
        self.assertEqual(self.check(), "forced_command")
        self.assertEqual(runs.read_text(), "x\n")
        self.see_found("forced_command")
        # Once for each check, and once for the session: no leash was sent beside it.
        self.assertEqual(runs.read_text(), "x\n" * 3)

    def test_a_forced_file_transfer_has_no_shell(self):
        self.configure(ForceCommand="internal-sftp")
        self.assertEqual(self.check(), "no_shell")

    def test_one_session_a_connection_leaves_no_room_for_a_leash(self):
        self.configure(MaxSessions=1)
        self.see_found("one_session")


class ServerCheckOfHiddenProcesses(Checked):
    @classmethod
    def make_target(cls):
        shell = cls.scratch / "shell"
        shell.write_text(HIDING_SHELL.format(options="-m" if os.geteuid() == 0 else "-rm"), encoding="ascii")
        shell.chmod(0o755)
        return Target(cls.scratch / "target", cls.logins, shell=shell)

    def test_hidden_processes_confirm_nothing(self):
        self.see_found("hidden_processes")


class ServerCheckOfASlowShell(Checked):
    @classmethod
    def make_target(cls):
        shell = cls.scratch / "shell"
        shell.write_text("#!/bin/sh\nsleep .5\nexec /bin/sh \"$@\"\n", encoding="ascii")
        shell.chmod(0o755)
        return Target(cls.scratch / "target", cls.logins, shell=shell)

    def test_a_shell_that_still_starts_is_ended_like_any_other(self):
        self.assertEqual(self.check(), "confirmed")


if __name__ == "__main__":
    unittest.main()
