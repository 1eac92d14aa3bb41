"""`gilir rdp`: the real xfreerdp against a real xrdp: a session under the lock, cut when the lock is lost."""

import os
import signal
import subprocess
import sys
import time
import unittest

from rdp_desktop import PASSWORD, Desktop
from rdp_office import TERM, RdpOffice, command_lines, eventually, is_alive


class Rdp(RdpOffice):
    @classmethod
    def setUpClass(cls):
        cls.open_desktop(Desktop)

    def sessions(self):
        """How many desktops were opened so far, by xrdp's own log."""
        return self.desktop.read("xrdp.log").count("VNC connection complete, connected ok")

    def server_log(self):
        return self.desktop.read("xrdp.log")

    def test_a_desktop_opens_under_the_lock_and_closes_with_it(self):
        process = self.open_session()
        self.assertFalse(self.is_free())
        # What everybody on the machine can see of a process.
        self.assertEqual([pid for pid, words in command_lines() if PASSWORD.encode() in b" ".join(words)], [])
        self.assertNotIn(PASSWORD, self.gilir("log", "--json"))
        os.kill(self.clients()[0], signal.SIGTERM)
        process.wait(30)
        eventually(self.is_free, "the lock is free")
        eventually(lambda: self.desktop.connections() == 0, "xrdp sees the end")

    def test_the_desktop_is_cut_when_the_lock_is_lost(self):
        process = self.open_session()
        client = self.clients()[0]
        # Stopped, it renews no more; its guardian cuts before the lock runs out.
        os.kill(process.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        eventually(lambda: self.desktop.connections() == 0, "xrdp sees the end", seconds=15)
        self.assertLess(time.monotonic() - stopped, TERM + 0.5)
        self.assertFalse(is_alive(client))
        os.kill(process.pid, signal.SIGCONT)
        self.assertEqual(process.wait(30), 76, process.said())

    def test_nobody_else_gets_to_the_desktop_meanwhile(self):
        self.open_session()
        other = self.start(agent="budi")
        self.assertEqual(other.wait(30), 75, other.said())
        self.assertIn("kantor is held by ani", other.said())
        self.assertEqual(self.desktop.connections(), 1)

    def test_another_certificate_is_refused_before_anybody_logs_in(self):
        before = self.sessions()
        process = self.start(fingerprint="ab" * 32)
        self.assertNotIn(process.wait(60), (0, 75, 76))
        self.assertEqual(self.sessions(), before)
        unknown = subprocess.run([os.environ["GILIR"], "rdp", "kantor", "--ticket", "1"], env=self.environment,
                                 input=PASSWORD + "\n", capture_output=True, text=True, timeout=60, check=False)
        self.assertNotIn(unknown.returncode, (0, 75, 76))
        self.assertEqual(self.sessions(), before)

    def test_a_certificate_is_pinned_in_the_users_config(self):
        pins = self.home / ".config" / "gilir" / "rdp-certificates"
        pins.write_text(f"other {'00' * 32}\nkantor sha256:{self.desktop.fingerprint.upper()}\n", encoding="ascii")
        before = self.sessions()
        process = subprocess.Popen([os.environ["GILIR"], "rdp", "kantor", "--reason", "a test"], env=self.environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.end, process)
        process.stdin.write(PASSWORD.encode() + b"\n")
        process.stdin.flush()
        eventually(lambda: self.sessions() > before, lambda: self.desktop.read("xrdp.log"))

    def test_arguments_that_would_undo_its_care_are_refused(self):
        for words, said in ((["--", "/p:secret"], "/p:secret is not for you to give"),
                            (["--", "/cert:ignore"], "/cert:ignore is not for you to give"),
                            (["--user", "-x"], "--user takes letters"), (["--port", "x"], "--port wants a number"),
                            (["--fingerprint", "00"], "64 hexadecimal digits"), (["more"], "one word too many: more"),
                            (["--colour"], "there is no option --colour")):
            done = subprocess.run([os.environ["GILIR"], "rdp", "kantor", *words], env=self.environment,
                                  capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(said, done.stderr)
        nowhere = subprocess.run([os.environ["GILIR"], "rdp", "nowhere"], env=self.environment, capture_output=True,
                                 text=True, timeout=60, check=False)
        self.assertEqual((nowhere.returncode, nowhere.stderr),
                         (3, "gilir: there is no server nowhere.\n"))


if __name__ == "__main__":
    sys.exit(unittest.main())
