"""`gilir rdp` at a server that demands NLA, as Windows does: FreeRDP's own, with a SAM file of passwords."""

import os
import signal
import subprocess
import sys
import time
import unittest

from rdp_desktop import PASSWORD, NlaDesktop
from rdp_office import TERM, RdpOffice, eventually, is_alive


class RdpNla(RdpOffice):
    @classmethod
    def setUpClass(cls):
        cls.open_desktop(NlaDesktop)

    def sessions(self):
        return self.server_log().count("is activated")

    def server_log(self):
        return self.desktop.read("shadow.out")

    def test_the_server_demands_it(self):
        done = subprocess.run(self.desktop.client("-sec-nla"), env=self.environment, input=PASSWORD + "\n",
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("HYBRID_REQUIRED_BY_SERVER", done.stdout + done.stderr)

    def test_a_desktop_opens_under_the_lock_and_closes_with_it(self):
        process = self.open_session()
        self.assertFalse(self.is_free())
        os.kill(self.clients()[0], signal.SIGTERM)
        process.wait(30)
        eventually(self.is_free, "the lock is free")
        eventually(lambda: self.desktop.connections() == 0, "the server sees the end")

    def test_a_wrong_password_lets_nobody_in_and_leaves_the_lock_free(self):
        before, refused = self.sessions(), self.server_log().count("client authentication failure")
        process = self.start(password="wrong")
        self.assertNotIn(process.wait(60), (0, 75, 76))
        self.assertGreater(self.server_log().count("client authentication failure"), refused)
        self.assertEqual(self.sessions(), before)
        self.assertTrue(self.is_free())

    def test_an_expired_lock_cuts_the_desktop(self):
        process = self.open_session()
        client = self.clients()[0]
        os.kill(process.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        eventually(lambda: self.desktop.connections() == 0, "the server sees the end", seconds=15)
        self.assertLess(time.monotonic() - stopped, TERM + 0.5)
        self.assertFalse(is_alive(client))
        os.kill(process.pid, signal.SIGCONT)
        self.assertEqual(process.wait(30), 76, process.said())


if __name__ == "__main__":
    sys.exit(unittest.main())
