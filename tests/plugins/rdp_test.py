"""`gilir rdp`: the real xfreerdp against a real xrdp: a session under the lock, cut when the lock is lost."""

import contextlib
import os
import signal
import socket
import ssl
import sys
import threading
import time
import unittest
import warnings

from rdp_desktop import PASSWORD, USER, Desktop
from rdp_office import TERM, RdpOffice, command_lines, eventually, is_alive


class OldDesktop:
    """Knows TLS 1.0 and no newer, and hangs up after the handshake; `spoken` has one entry for each handshake so far."""

    def __init__(self, desktop):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            self.context.minimum_version = self.context.maximum_version = ssl.TLSVersion.TLSv1
        self.context.load_cert_chain(desktop.directory / "cert.pem", desktop.directory / "key.pem")
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port, self.spoken = self.listener.getsockname()[1], []
        self.thread = threading.Thread(target=self.serve)

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.recv(64)
                connection.sendall(bytes((3, 0, 0, 19, 14, 0xd0, 0, 0, 0, 0, 0, 2, 0, 8, 0, 1, 0, 0, 0)))
                with self.context.wrap_socket(connection, server_side=True) as spoken:
                    self.spoken.append(spoken.version())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()


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

    def test_a_user_may_be_one_of_a_directory(self):
        for user in ("CORP\\siti", "siti+ops@corp.local"):
            with self.subTest(user):
                self.gilir("server", "edit", "kantor", "--user", user)
                process = self.open_session()
                (client,) = self.clients()
                self.assertIn([f"/u:{user}".encode()],
                              [[word for word in words if word.startswith(b"/u:")] for pid, words in command_lines() if pid == client])
                os.kill(client, signal.SIGTERM)
                process.wait(30)
                eventually(lambda: self.is_free() and self.desktop.connections() == 0, "it is over")

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

    def test_freerdp_gets_what_is_the_persons_to_choose(self):
        self.open_session(options=("--", "/sec:tls", "+clipboard", "/dynamic-resolution"))
        (client,) = self.clients()
        (words,) = [words for pid, words in command_lines() if pid == client]
        self.assertEqual(words[2:5], [b"/sec:tls", b"+clipboard", b"/dynamic-resolution"])
        os.kill(client, signal.SIGTERM)

    def test_nobody_else_gets_to_the_desktop_meanwhile(self):
        self.open_session()
        other = self.start(agent="budi")
        self.assertEqual(other.wait(30), 75, other.said())
        self.assertIn("kantor is held by ani", other.said())
        self.assertEqual(self.desktop.connections(), 1)

    def test_whoever_waited_goes_where_the_server_is_by_then(self):
        self.gilir("server", "edit", "kantor", "--address", "127.0.0.9:3399")
        self.gilir("--as", "budi", "lock", "acquire", "kantor", "--reason", "a test")
        process = self.start("--wait")
        eventually(lambda: '"line":[{' in self.gilir("lock", "show", "kantor", "--json"), process.said)
        os.kill(process.pid, signal.SIGSTOP)
        self.gilir("--as", "budi", "lock", "release", "kantor")
        # Its turn passes while it cannot take it up.
        eventually(self.is_free, "nobody is next")
        before = self.sessions()
        self.gilir("server", "edit", "kantor", "--address", f"127.0.0.1:{self.desktop.port}")
        os.kill(process.pid, signal.SIGCONT)
        eventually(lambda: self.sessions() > before, lambda: f"the desktop is open: {process.said()}")
        os.kill(self.clients()[0], signal.SIGTERM)
        process.wait(30)

    def test_another_certificate_is_refused_before_anybody_logs_in(self):
        before = self.sessions()
        process = self.start("--fingerprint", "ab" * 32)
        self.assertNotIn(process.wait(60), (0, 75, 76))
        self.gilir("server", "trust", "kantor", "--rdp", "--replace", "--key", "authority")
        unknown = self.start()
        self.assertNotIn(unknown.wait(60), (0, 75, 76))
        self.assertEqual(self.sessions(), before)
        self.assertTrue(self.is_free())

    def test_a_certificate_that_is_not_pinned_must_come_from_an_authority(self):
        self.gilir("server", "add", "other", "--address", f"127.0.0.1:{self.desktop.port}", "--user", USER,
                   "--different-from", "kantor")
        done = self.run_gilir("rdp", "other", "--reason", "a test", text=PASSWORD + "\n")
        self.assertNotIn(done.returncode, (0, 75, 76))
        self.assertIn("no certificate is pinned for other (gilir server trust other --rdp)", done.stderr)

    def test_a_certificate_is_fetched_shown_and_pinned(self):
        self.gilir("server", "add", "other", "--protocol", f"ssh,rdp:{self.desktop.port}", "--address", "127.0.0.1",
                   "--different-from", "kantor")
        refused = self.run_gilir("server", "trust", "other", "--rdp")
        self.assertEqual(refused.returncode, 2, refused.stderr)
        self.assertIn(f"other at 127.0.0.1 port {self.desktop.port} shows this certificate over RDP:\n"
                      f"  SHA-256  {self.desktop.fingerprint}\n", refused.stderr)
        self.assertIn("CN=desktop, by CN=desktop, until 20", refused.stderr)
        certificate = (self.desktop.directory / "cert.pem").read_text(encoding="ascii")
        self.assertIn(f"must show this certificate from now on: {self.desktop.fingerprint}",
                      self.gilir("server", "trust", "other", "--rdp", "--key", "-", text=certificate))
        self.assertEqual(self.gilir("server", "trust", "other", "--rdp", "--check"), "other shows what is pinned.\n")

    def test_a_renewed_certificate_is_an_error_that_says_how_to_look(self):
        self.desktop.renew_certificate()
        before = self.sessions()
        process = self.start()
        self.assertEqual(process.wait(60), 255, process.said())
        self.assertRegex(process.said(), r"gilir: the certificate of kantor has changed: it shows [0-9a-f]{64}, pinned is")
        self.assertIn("gilir server trust kantor --rdp --replace", process.said())
        self.assertTrue(self.is_free())
        self.gilir("server", "trust", "kantor", "--rdp", "--replace", "--key", self.desktop.fingerprint)
        self.open_session()
        self.assertEqual(self.sessions(), before + 1)

    def test_no_desktop_there_is_told_in_plain_words(self):
        for answer, said in ((None, "cannot connect to {} at 127.0.0.1:{}: Connection refused"),
                             (b"", "the connection to {} was lost: it closed the connection before it showed a certificate"),
                             (b"SSH-2.0-OpenSSH_9.2\r\n", "the connection to {} was lost: it does not speak RDP"),
                             (bytes((3, 0, 0, 11, 6, 0xd0, 0, 0, 0, 0, 0)),
                              "the connection to {} was lost: it offers neither TLS nor NLA, so it has no certificate"),
                             (bytes((3, 0, 0, 19, 14, 0xd0, 0, 0, 0, 0, 0, 2, 0, 8, 0, 1, 0, 0, 0)) + b"no TLS at all",
                              "the connection to {} was lost: TLS: ")):
            with socket.create_server(("127.0.0.1", 0)) as listener, self.subTest(answer=answer):
                port = listener.getsockname()[1]
                if answer is None:
                    listener.close()
                else:
                    self.answer_once(listener, answer)
                name = f"at-{port}"
                self.gilir("server", "add", name, "--protocol", "rdp", "--address", f"127.0.0.1:{port}")
                done = self.run_gilir("server", "trust", name, "--rdp")
                self.assertEqual(done.returncode, 255, done.stderr)
                self.assertIn(said.format(name, port), done.stderr)

    def test_old_tls_is_spoken_only_where_an_admin_admits_it(self):
        with OldDesktop(self.desktop) as old:
            self.gilir("server", "add", "old", "--protocol", "rdp", "--address", f"127.0.0.1:{old.port}", "--user", USER)
            words = ("rdp", "old", "--reason", "a test", "--fingerprint", self.desktop.fingerprint)
            self.assertNotEqual(self.run_gilir(*words, text=PASSWORD + "\n").returncode, 0)
            self.assertEqual(old.spoken, [])
            refused = self.run_gilir("server", "trust", "old", "--rdp")
            self.assertEqual(refused.returncode, 255, refused.stderr)
            self.assertIn("the desktop has only outdated encryption: TLSv1. It should be brought up to date; until then an admin "
                          "can allow it these with gilir server edit old --legacy", refused.stderr)
            self.gilir("server", "edit", "old", "--legacy")
            self.gilir("server", "trust", "old", "--rdp", "--key", self.desktop.fingerprint, "--different-from", "kantor")
            self.gilir("server", "trust", "old", "--rdp", "--check")
            old.spoken.clear()
            self.run_gilir(*words, text=PASSWORD + "\n")
            self.assertEqual(set(old.spoken), {"TLSv1"})

    def answer_once(self, listener, answer):
        """Something else than a desktop: takes what it is asked, says what it has to say, and hangs up."""
        def serve():
            connection, _ = listener.accept()
            with connection:
                connection.recv(19)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        self.addCleanup(thread.join)

    def test_arguments_that_would_undo_its_care_are_refused(self):
        for argument in ("/p:secret", "-p:secret", "+P:secret", "--p", "/gp:secret", "/v:127.0.0.77:3377", "-v:127.0.0.77", "+v:127.0.0.77",
                         "/port:3399", "/u:root", "/cert:ignore", "-cert:ignore", "+cert-ignore", "-cert-ignore", "/cert-tofu", "/sec:rdp",
                         "-sec:rdp", "+sec-rdp", "/enable-sec-rdp", "/from-stdin", "/tls-seclevel:0", "elsewhere.rdp", ""):
            done = self.run_gilir("rdp", "kantor", "--reason", "a test", "--", argument)
            self.assertEqual((done.returncode, done.stderr), (2, f"gilir rdp: {argument} is not for you to give\n"))
        self.assertTrue(self.is_free())
        for words, said in ((["--user", "-x"], "does not begin with -"), (["--user", "a\tb"], "no control characters"), (["--port", "x"], "--port wants a number"),
                            (["--fingerprint", "00"], "64 hexadecimal digits"), (["more"], "one word too many: more"),
                            (["--colour"], "there is no option --colour")):
            done = self.run_gilir("rdp", "kantor", *words)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn(said, done.stderr)
        nowhere = self.run_gilir("rdp", "nowhere")
        self.assertEqual((nowhere.returncode, nowhere.stderr),
                         (3, "gilir: there is no server nowhere.\n"))


if __name__ == "__main__":
    sys.exit(unittest.main())
