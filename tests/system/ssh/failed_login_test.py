"""Nobody is let in: the status, the code, words that say why, and a lock that is free again at once."""

import contextlib
import signal
import socket
import subprocess
import unittest

from office import OfficeTest, Target, eventually


class FailedLogin(OfficeTest):
    def listener(self, listens=True):
        """A port at which nobody answers: closed, or open and silent."""
        place = socket.socket()
        self.addCleanup(place.close)
        place.bind(("127.0.0.1", 0))
        if listens:
            place.listen()
        return place, f"127.0.0.1:{place.getsockname()[1]}"

    def refusal(self, *words, server=None, expect=255):
        return self.office.refusal("sari", "ssh", "--reason=x", "-i", self.target.key("sari"), *words, server or self.server,
                                   "echo in", expect=expect)

    def see_that_it_is_free(self, server=None):
        """At once: nothing is waited for here."""
        self.assertTrue(self.office.is_free(server or self.server))

    def see_that_the_next_gets_in(self):
        self.assertEqual(self.log_in("dewi", "true").status(), 0)

    def test_changed_host_key(self):
        other = self.scratch / "other_key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
        self.office.ask(None, "server", "trust", self.server, "--key", f"{other}.pub", "--replace")
        error = self.refusal()
        self.assertEqual(error["code"], "host_key_changed")
        self.assertIn(error["details"]["fingerprint"], error["message"])
        self.assertIn(error["details"]["expected"], error["message"])
        self.see_that_it_is_free()
        self.office.ask(None, "server", "trust", self.server, "--key", self.target.host_key, "--replace")
        self.see_that_the_next_gets_in()

    def test_unpinned_host_key(self):
        server = self.office.add_server("unpinned", host_key=None)
        error = self.refusal(server=server)
        self.assertEqual(error["code"], "host_key_unknown")
        self.assertIn(f"gilir server trust {server}", error["hint"])
        self.see_that_it_is_free(server)

    def test_a_command_that_no_server_takes_locks_nothing(self):
        long = ["x" * 100_000] * 3
        error = self.office.refusal("sari", "ssh", "--reason=x", "-i", self.target.key("sari"), self.server, "echo", *long, expect=2)
        self.assertEqual(error["message"], "COMMAND is longer than 261120 bytes")
        self.see_that_it_is_free()

    def test_refused_key(self):
        stranger = self.scratch / "stranger"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(stranger)], check=True)
        error = self.office.refusal("sari", "ssh", "--reason", "a test", "-i", stranger, self.server, "echo in", expect=255)
        self.assertEqual(error["code"], "authentication_failed")
        self.assertIn(f"{self.server} does not let {self.target.user} in", error["message"])
        self.assertEqual(error["hint"], "It accepts: publickey")
        self.see_that_it_is_free()
        self.see_that_the_next_gets_in()

    def test_closed_port(self):
        _, address = self.listener(listens=False)
        server = self.office.add_server("closed", address=address)
        error = self.refusal(server=server)
        self.assertEqual(error["code"], "connect_failed")
        self.assertIn(address, error["message"])
        self.see_that_it_is_free(server)

    def test_server_that_hangs_up_before_the_key_exchange(self):
        place, address = self.listener()
        server = self.office.add_server("hangs-up", address=address)
        session = self.start("sari", "ssh", "--reason", "a test", "-i", self.target.key("sari"), server, "echo in")
        with contextlib.closing(place.accept()[0]):
            pass
        self.assertEqual(session.status(), 255)
        self.assertIn(f"the connection to {server} was lost", session.err())
        self.see_that_it_is_free(server)

    def test_interrupted_while_the_server_is_silent(self):
        place, address = self.listener()
        server = self.office.add_server("silent", address=address)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            session = self.start("sari", "ssh", "--reason", "a test", "-i", self.target.key("sari"), server, "echo in")
            with contextlib.closing(place.accept()[0]):
                session.send(number)
                self.assertEqual(session.status(), 128 + number, session.err())
            self.see_that_it_is_free(server)

    def test_killed_while_the_server_is_silent(self):
        place, address = self.listener()
        server = self.office.add_server("silent-2", "--term", "2s", address=address)
        session = self.start("sari", "ssh", "--reason", "a test", "-i", self.target.key("sari"), server, "echo in")
        with contextlib.closing(place.accept()[0]) as connection:
            session.send(signal.SIGKILL)
            connection.settimeout(30)
            while connection.recv(4096):
                pass
        self.office.ask("dewi", "with", server, "--reason", "a test", "--wait", "--", "true")

    def test_missing_key_file(self):
        error = self.office.refusal("sari", "ssh", "--reason=x", "-i", self.scratch / "nothing", self.server, "echo in", expect=255)
        self.assertIn("nothing", error["message"])
        self.see_that_it_is_free()


class KilledTarget(OfficeTest):
    """The server's machine goes away in the middle of a session."""

    server_options = ("--term", "3s")

    def test_its_sessions_end_with_a_clear_error(self):
        target = Target(self.scratch / "dying")
        self.addCleanup(target.stop)
        server = self.office.add_server("dying", *self.server_options, address=target.address, host_key=target.host_key)
        holder = self.start("sari", "ssh", "--reason=x", "-i", target.key("sari"), server, "echo in; exec sleep 300").says("in")
        target.kill()
        self.assertEqual(holder.status(), 255, holder.err())
        self.assertIn(f"the connection to {server} was lost", holder.err())
        eventually(lambda: self.office.is_free(server), "the lock is free again", 3 + 1.5 + 5)
        (ended,) = [event for event in self.office.fact(None, "lock", "history", server)
                    if event["kind"] == "session.ended"]
        self.assertEqual(ended["facts"]["because"], "connection_lost")


if __name__ == "__main__":
    unittest.main()
