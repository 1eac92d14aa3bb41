"""`gilir with` around a program of another user, as sudo makes it: it is not told of its holder's death, and nobody but
that user may end it."""

import contextlib
import os
import pwd
import re
import shutil
import signal
import sys
import unittest

from office import Office, OfficeTest, eventually, group_of, kill_with_guardian

TERM, LOCK_DELAY = 3.0, 1.5
# As sudo: it takes the other user's identity wholly.
BECOME = "import os, time; os.setresuid(0, 0, 0); print(os.getpgrp(), 'in', flush=True); time.sleep(300)"


class PlainUsersOffice(Office):
    """A desk of a user without rights, when the tests themselves are root's."""

    def command(self, *words):
        user = pwd.getpwnam("nobody")
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *super().command(*words)]


class ForeignProgram(OfficeTest):
    server_options = ("--term", "3s")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if os.geteuid() != 0:
            return
        place = cls.scratch / "plain"
        place.mkdir(mode=0o700)
        cls.scratch.chmod(0o711)
        shutil.chown(place, "nobody")
        # Whoever runs it has root's rights: nobody but that user can reach it, and it is gone once it runs.
        cls.program = place / "program"
        shutil.copy(os.path.realpath(sys.executable), cls.program)
        cls.program.chmod(0o4755)
        with contextlib.ExitStack() as stack:
            old = os.umask(0)
            stack.callback(os.umask, old)
            cls.office = PlainUsersOffice(place, cls.target)

    def end_as_root(self, group):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)

    @unittest.skipUnless(os.geteuid() == 0, "needs root")
    def test_server_is_not_free_while_it_runs(self):
        holder = self.start("sari", "with", self.server, "--reason", "a test", "--", self.program, "-c", BECOME)
        line = eventually(lambda: re.search(r"^(\d+) in$", holder.out(), re.M), f"it runs: {holder.err()}")
        self.program.unlink()
        group = int(line[1])
        self.addCleanup(self.end_as_root, group)
        kill_with_guardian(holder)
        waiter = self.start("dewi", "with", self.server, "--reason", "a test", "--wait", "--", "echo", "in")
        eventually(lambda: [seat for seat in self.office.lock(self.server)["ending"] if seat["still_runs"]],
                   "its seat is not free", TERM + LOCK_DELAY + 5)
        self.assertNotEqual(group_of(group), [])
        self.assertFalse(waiter.is_over())
        self.end_as_root(group)
        self.assertEqual(waiter.says("in").status(), 0)


if __name__ == "__main__":
    unittest.main()
