"""A server that nobody has brought up to date for years: refused with what to do, and let in when an admin says so."""

import json
import pathlib
import subprocess
import unittest

from office import OfficeTest, Target


class OldServer(OfficeTest):
    @classmethod
    def make_target(cls):
        target = Target(cls.scratch / "target", cls.logins)
        key = target.directory / "rsa_key"
        subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", str(key)], check=True)
        target.configure(HostKey=key, HostKeyAlgorithms="ssh-rsa", Ciphers="aes128-cbc", MACs="hmac-sha1",
                         KexAlgorithms="diffie-hellman-group1-sha1,diffie-hellman-group14-sha1")
        target.host_key = pathlib.Path(f"{key}.pub").read_text(encoding="ascii").strip()
        return target

    def see_refused(self, *words):
        error = json.loads(self.office.ask(None, *words, expect=255)[1])["error"]
        self.assertEqual(error["code"], "connection_lost")
        self.assertIn("has only outdated key exchanges: diffie-hellman-group1-sha1,diffie-hellman-group14-sha1", error["message"])
        self.assertIn(f"gilir server edit {self.server} --legacy", error["hint"])

    def checks(self):
        return json.loads(self.office.ask(None, "doctor", "--json")[0])["data"]

    def test_is_refused_until_an_admin_lets_it_in(self):
        login = ("-i", self.target.key("sari"), "--reason=x", self.server, "echo in")
        self.see_refused("ssh", "--json", *login)
        self.see_refused("server", "trust", self.server, "--check", "--json")
        self.assertTrue(self.office.is_free(self.server))
        self.assertEqual(self.office.ask("sari", "server", "edit", self.server, "--legacy", expect=4)[1],
                         "gilir: you are not allowed to do that: it needs admin.\n")

        self.office.ask(None, "server", "edit", self.server, "--legacy")
        self.assertEqual(self.office.ask("sari", "ssh", *login)[0], "in\n")
        self.office.ask("sari", "server", "trust", self.server, "--check")
        (marked,) = [one for one in self.checks() if one["check"] == "algorithms"]
        self.assertEqual((marked["health"], marked["subject"]), ("warning", self.server))

        self.office.ask(None, "server", "edit", self.server, "--no-legacy")
        self.see_refused("ssh", "--json", *login)

    def test_takes_a_signature_that_is_outdated_only_where_that_is_admitted(self):
        key = self.scratch / "rsa"
        subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", str(key)], check=True)
        server = self.add_scripted_server("ENDING_SERVER", "", "ssh-rsa")
        refused = self.start("sari", "ssh", "-i", key, "--reason=x", server, "true")
        self.assertEqual(refused.status(), 255)
        self.assertIn(f"{server} does not let {self.target.user} in: the server takes only outdated signatures of RSA keys. It "
                      f"should be brought up to date; until then an admin can allow it these with gilir server edit {server} "
                      "--legacy", refused.err())
        self.office.ask(None, "server", "edit", server, "--legacy")
        session = self.start("sari", "ssh", "-i", key, "--reason=x", server, "true")
        self.assertEqual(session.status(), 255)
        # Let in by now.
        self.assertIn(f"the connection to {server} was lost: opening a session: ", session.err())


if __name__ == "__main__":
    unittest.main()
