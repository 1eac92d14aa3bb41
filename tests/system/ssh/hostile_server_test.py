"""Servers that say what they like: it is shown, but as text, bounded, and never as a command to the terminal."""

import contextlib
import random
import socket
import struct
import unicodedata
import unittest

from office import PATIENCE, OfficeTest, eventually
from terminal import Terminal

# What a terminal obeys, what hides text, what turns it round, and what is no text at all.
NASTY = [b"\x1b]0;title\x07", b"\x1b[2J", b"\x1b[6n", b"\xc2\x9b31m", "\u202e\u2066".encode(), "\u200b".encode(), b"\xff\xfe",
         b"\xed\xa0\x80", b"\x7f", b"\x08\x08", b"\r", b"\t", b"\n", b"%s%n", b"kopi ", "\u6253\u5370".encode()]
# Of everything that is shown of one login: three texts of 100 lines of 500 columns, each character of at most 4 bytes.
MOST_BYTES = 3 * 100 * 500 * 4


def nasty(chance, most):
    return b"".join(chance.choice(NASTY) for _ in range(chance.randrange(1, most)))


class HostileServer(OfficeTest):
    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self)
        self.before = self.terminal.modes()

    def talk(self, banner=b"", name=b"", instruction=b"", prompt=b"", goodbye=b"", more=()):
        """A server that says these; returns its name on the desk."""
        texts = [text.replace(b"\0", b"") for text in (banner, name, instruction, prompt, goodbye)]
        return self.add_scripted_server("TALKING_SERVER", *texts, *more)

    def log_in_at_the_terminal(self, server):
        inside = self.terminal.inside
        return self.start("sari", "ssh", "--reason", "a test", server, "true", stdin=inside, stdout=inside, stderr=inside,
                          preexec_fn=self.terminal.become_controlling)

    def see_that_it_ended(self, session, server):
        self.assertEqual(session.status(), 255, self.terminal.text())
        self.assertEqual(self.terminal.modes(), self.before)
        self.assertTrue(self.office.is_free(server))

    def test_name_and_instruction_stand_above_the_question(self):
        server = self.talk(name=b"Two steps", instruction=b"Open https://id.example/device\nand enter ABCD-EFGH",
                           prompt=b"Code: ", goodbye=b"come back on Monday")
        session = self.log_in_at_the_terminal(server)
        self.terminal.shows("asks: Code: ").type(b"1234\r")
        self.see_that_it_ended(session, server)
        self.terminal.shows("says:\r\n  Two steps\r\n  Open https://id.example/device\r\n  and enter ABCD-EFGH\r\n")
        eventually(lambda: "the server said: come back on Monday" in " ".join(self.terminal.text().split()),
                   "the server's last words, in lines as wide as the terminal")

    def test_an_instruction_that_asks_nothing_is_shown_too(self):
        server = self.talk(instruction=b"Confirm the login on your telephone", goodbye=b"nobody did")
        session = self.log_in_at_the_terminal(server)
        self.see_that_it_ended(session, server)
        self.terminal.shows("  Confirm the login on your telephone\r\n")

    def test_every_banner_is_told_while_the_login_goes_on(self):
        server = self.talk(banner=b"gilir: it is yours\x0cOpen https://id.example/device", prompt=b"Code: ", goodbye=b"no")
        session = self.log_in_at_the_terminal(server)
        self.terminal.shows("asks: Code: ")
        self.terminal.shows(f"{server} says:\r\n  gilir: it is yours\r\n")
        self.terminal.shows(f"{server} says:\r\n  Open https://id.example/device\r\n").type(b"1234\r")
        self.see_that_it_ended(session, server)

    def test_a_password_that_has_expired_is_told_at_once(self):
        server = self.talk(more=["expired"])
        session = self.log_in_at_the_terminal(server)
        self.terminal.shows("Password of").type(b"kopi\r")
        self.see_that_it_ended(session, server)
        eventually(lambda: "the password has expired, and the server wants a new one" in " ".join(self.terminal.text().split()),
                   "why it was not let in, in lines as wide as the terminal")

    def see_that_nothing_is_raw(self, shown, seed):
        self.assertLess(len(shown), MOST_BYTES, f"seed {seed}")
        raw = {f"U+{ord(letter):04X}" for letter in shown.decode("utf-8")
               if letter not in "\r\n" and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co")}
        self.assertEqual(raw, set(), f"seed {seed}")

    def test_nothing_reaches_the_terminal_raw(self):
        for seed in range(8):
            chance = random.Random(seed)
            size = 10_000 if seed == 0 else 40
            server = self.talk(*(nasty(chance, size) for _ in range(3)), nasty(chance, size) + b"?", nasty(chance, 40))
            seen = len(self.terminal.seen)
            session = self.log_in_at_the_terminal(server)
            self.terminal.shows("asks: ", times=seed + 1).type(b"answer\r")
            self.see_that_it_ended(session, server)
            self.see_that_nothing_is_raw(self.terminal.seen[seen:], seed)

    def test_nor_what_comes_before_the_handshake(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        server = self.office.add_server("hostile-version", address=f"127.0.0.1:{listener.getsockname()[1]}")
        for seed in range(8):
            chance = random.Random(seed)
            seen = len(self.terminal.seen)
            session = self.log_in_at_the_terminal(server)
            with contextlib.closing(listener.accept()[0]) as connection, contextlib.suppress(OSError):
                connection.sendall(chance.choice([b"", b"SSH-1.5-", b"SSH-9.9-", b"SSH-2.0-"]) + nasty(chance, 60) + b"\r\n")
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(PATIENCE)
                while connection.recv(4096):
                    pass
            self.see_that_it_ended(session, server)
            self.terminal.shows("was lost", times=seed + 1)
            self.see_that_nothing_is_raw(self.terminal.seen[seen:], seed)

    def test_an_old_servers_algorithms_are_told_also_when_they_come_with_its_banner(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        server = self.office.add_server("all-at-once", address=f"127.0.0.1:{listener.getsockname()[1]}")
        lists = (b"diffie-hellman-group1-sha1", b"ssh-ed25519", *[b"aes128-ctr"] * 2, *[b"hmac-sha2-256"] * 2, *[b"none"] * 2,
                 b"", b"")
        algorithms = b"\x14" + bytes(16) + b"".join(struct.pack(">I", len(one)) + one for one in lists) + bytes(5)
        padding = 16 - (len(algorithms) + 5) % 8
        packet = struct.pack(">IB", len(algorithms) + padding + 1, padding) + algorithms + bytes(padding)
        for ends in (False, True):
            session = self.start("sari", "ssh", "--reason", "a test", server, "true")
            with contextlib.closing(listener.accept()[0]) as connection, contextlib.suppress(OSError):
                connection.sendall(b"SSH-2.0-OpenSSH_5.3\r\n" + packet)
                if ends:
                    connection.shutdown(socket.SHUT_WR)
                connection.settimeout(PATIENCE)
                while connection.recv(4096):
                    pass
            self.assertEqual(session.status(), 255)
            self.assertIn("has only outdated key exchanges: diffie-hellman-group1-sha1", session.err())
            self.assertIn("--legacy", session.err())

    def test_no_words_of_the_library_about_itself_are_shown(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        server = self.office.add_server("hangs-up", address=f"127.0.0.1:{listener.getsockname()[1]}")
        for hello in (b"", b"SSH-2.0-x\r\n", b"SSH-2.0-x\r\n" + bytes(8)):
            session = self.start("sari", "ssh", "--reason", "a test", server, "true")
            with contextlib.closing(listener.accept()[0]) as connection:
                connection.sendall(hello)
            self.assertEqual(session.status(), 255)
            self.assertRegex(session.err(), "the server (closed|broke) the connection")


if __name__ == "__main__":
    unittest.main()
