"""Connections that end, break or stand still in the middle: what came before is written out, a status of 0 is never given
for output that is not whole, and a reset does not let the next one in before the permit has run out."""

import subprocess
import unittest

from office import OfficeTest, eventually
from relay import Relay


class BrokenConnection(OfficeTest):
    server_options = ("--term", "4s")

    def setUp(self):
        super().setUp()
        self.relay = Relay(self.target)
        self.addCleanup(self.relay.close)
        self.office.ask(None, "server", "edit", self.server, "--address", self.relay.address)
        self.go = self.scratch / f"go-{self.server}"

    def log_in_and_wait(self, command):
        """In, with everything that the server says from now on held back; `command` runs at self.go.touch()."""
        session = self.log_in("sari", f"until [ -e {self.go} ]; do sleep 0.05; done; {command}")
        self.relay.hold()
        return session

    def test_last_words_that_come_with_the_end_of_the_connection(self):
        session = self.log_in_and_wait("echo the answer; echo a warning >&2; exit 3")
        self.go.touch()
        # The words, the status and the close; the server then waits for ours.
        self.relay.carries_all(200)
        self.relay.let_go_and_end()
        self.assertEqual(session.status(), 3)
        self.assertEqual(session.out(), "in\nthe answer\n")
        self.assertEqual(session.err(), "a warning\n")

    def test_status_that_came_before_all_of_the_output(self):
        session = self.log_in_and_wait("(sleep 300; echo more) & echo some; exit 0")
        self.go.touch()
        self.relay.carries_all(80)
        self.relay.let_go_and_end()
        self.assertEqual(session.status(), 255)
        self.assertEqual(session.out(), "in\nsome\n")
        self.assertEqual(session.err(), f"the connection to {self.server} was lost\n")

    def test_everything_that_had_come_is_written_to_a_slow_reader(self):
        session = self.ssh("sari", "seq 1 100000; exec sleep 300", stdout=subprocess.PIPE)
        self.addCleanup(session.popen.stdout.close)
        self.relay.carries_all(580_000)
        self.relay.let_go_and_end()
        self.assertEqual(session.popen.stdout.read().count(b"\n"), 100_000)
        self.assertEqual(session.status(), 255)

    def test_reset_does_not_let_the_next_one_in_at_once(self):
        session = self.log_in("sari")
        self.relay.reset()
        self.assertEqual(session.status(), 255)
        self.assertIn("was lost", session.err())
        # The server still has the session.
        self.assertFalse(self.target.is_empty())
        self.assertFalse(self.office.is_free(self.server))
        self.relay.leave_server()
        eventually(lambda: self.office.is_free(self.server), "the permit has run out")


if __name__ == "__main__":
    unittest.main()
