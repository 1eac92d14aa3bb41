"""Logins that a person answers for at a terminal: a password, the server's questions, a key's passphrase. What is
typed never appears, and the terminal is as it was afterwards."""

import shutil
import subprocess
import unittest

from office import OfficeTest, Target
from terminal import Terminal

PASSWORD = "kopi-tubruk-77"


class AskedLogin(OfficeTest):
    @classmethod
    def make_target(cls):
        return Target(cls.scratch / "target", "many", password=PASSWORD)

    @classmethod
    def judge_all(cls):
        # The record tells agents apart by their keys, and here they log in without.
        cls.target.stop()

    def see_that_it_is_left(self):
        self.assertTrue(self.office.is_free(self.server))

    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self)
        self.before = self.terminal.modes()

    def log_in_at_the_terminal(self, *options, command="echo i'n'"):
        inside = self.terminal.inside
        return self.start("sari", "ssh", "--reason", "a test", *options, self.server, command, stdin=inside, stdout=inside,
                          stderr=inside, preexec_fn=self.terminal.become_controlling)

    def answer(self, question, text, times=1):
        self.terminal.shows(question, times)
        self.terminal.type(text.encode() + b"\r")

    def see_that_it_ended(self, session, status):
        self.assertEqual(session.status(), status, self.terminal.text())
        self.assertEqual(self.terminal.modes(), self.before)
        self.assertNotIn(PASSWORD, self.terminal.text())

    def allow(self, method):
        """From here on the server takes only this method, besides keys."""
        self.target.configure(PasswordAuthentication="yes" if method == "password" else "no",
                              KbdInteractiveAuthentication="no" if method == "password" else "yes")

    def test_password(self):
        self.allow("password")
        session = self.log_in_at_the_terminal()
        self.answer(f"Password of {self.target.user}@127.0.0.1: ", PASSWORD)
        self.see_that_it_ended(session, 0)
        self.terminal.shows("in\r\n")

    def test_password_after_a_wrong_one(self):
        self.allow("password")
        session = self.log_in_at_the_terminal()
        self.answer("Password of", "not this one")
        self.answer("Password of", PASSWORD, times=2)
        self.see_that_it_ended(session, 0)

    def test_wrong_passwords_only(self):
        self.allow("password")
        session = self.log_in_at_the_terminal()
        for attempt in range(1, 4):
            self.answer("Password of", "not this one", times=attempt)
        self.see_that_it_ended(session, 255)
        self.terminal.shows("does not let")

    def test_password_and_key_one_after_the_other(self):
        self.allow("password")
        self.addCleanup(self.target.configure, AuthenticationMethods="any")
        for methods in ("password,publickey", "publickey,password"):
            self.target.configure(AuthenticationMethods=methods)
            session = self.log_in_at_the_terminal("-i", self.target.key("sari"))
            self.answer("Password of", PASSWORD, times=1 if methods.startswith("password") else 2)
            self.see_that_it_ended(session, 0)

    def test_questions_and_key_one_after_the_other(self):
        self.allow("keyboard-interactive")
        self.addCleanup(self.target.configure, AuthenticationMethods="any")
        self.target.configure(AuthenticationMethods="keyboard-interactive,publickey")
        session = self.log_in_at_the_terminal("-i", self.target.key("sari"))
        self.answer("Password: ", PASSWORD)
        self.see_that_it_ended(session, 0)

    def test_questions_of_the_server(self):
        self.allow("keyboard-interactive")
        session = self.log_in_at_the_terminal()
        self.answer("Password: ", PASSWORD)
        self.see_that_it_ended(session, 0)
        self.terminal.shows("in\r\n")

    def test_interrupt_at_the_question(self):
        self.allow("password")
        session = self.log_in_at_the_terminal()
        self.terminal.shows("Password of").type(b"\x03")
        self.see_that_it_ended(session, 130)

    def test_nobody_to_ask(self):
        self.allow("password")
        error = self.office.refusal("sari", "ssh", "--reason", "a test", self.server, "true", expect=255)
        self.assertEqual(error["code"], "authentication_failed")
        self.assertEqual(error["details"]["accepted"], ["publickey", "password"])

    def test_passphrase_of_a_key(self):
        key = self.scratch / f"locked-{self.server}"
        shutil.copy(self.target.key("sari"), key)
        subprocess.run(["ssh-keygen", "-q", "-p", "-P", "", "-N", PASSWORD, "-f", str(key)],
                       check=True, stdout=subprocess.DEVNULL)
        session = self.log_in_at_the_terminal("-i", key)
        self.answer(f"Passphrase for {key}: ", "not this one")
        self.answer(f"Passphrase for {key}: ", PASSWORD, times=2)
        self.see_that_it_ended(session, 0)
        self.terminal.shows("in\r\n")

    def test_passphrase_of_a_key_that_openssl_reads(self):
        """OpenSSL would ask for it itself: also where nobody is to be asked, and deaf to Ctrl-C."""
        key = self.scratch / f"pem-{self.server}"
        subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-m", "PEM", "-N", PASSWORD, "-f", str(key)], check=True)
        (self.scratch / f"pem-{self.server}.pub").unlink()
        session = self.log_in_at_the_terminal("--no-input", "-i", key)
        self.see_that_it_ended(session, 255)
        self.terminal.shows("nobody can be asked")
        session = self.log_in_at_the_terminal("-i", key)
        self.terminal.shows(f"Passphrase for {key}: ").type(b"\x03")
        self.see_that_it_ended(session, 130)
        self.assertNotIn("PEM", self.terminal.text().replace("pem-", ""))


if __name__ == "__main__":
    unittest.main()
