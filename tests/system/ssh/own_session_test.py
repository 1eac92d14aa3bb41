"""An agent who asks for a second session at a server that stands one login: with --wait it is waited for, whatever the
first one is: at work, cut off, or killed."""

import signal
import time
import unittest

from office import OfficeTest, eventually, is_alive


class OwnSession(OfficeTest):
    server_options = ("--term", "3s")

    def ask_again(self, command="echo in", wait="--wait"):
        """A second session of sari's, until it says that it waits for her first."""
        again = self.ssh("sari", command, options=[wait])
        eventually(lambda: f"waiting for {self.server}: " in again.err() or again.is_over(), "it waits")
        return again

    def test_it_is_waited_for_without_bound(self):
        first = self.log_in("sari")
        again = self.ask_again()
        self.assertIn(f"your own session there (process {first.pid}) has to end first", again.err())
        self.assertEqual(self.office.lock(self.server)["line"], [])
        first.send(signal.SIGTERM)
        self.assertEqual(again.says("in").status(), 0)

    def test_it_is_waited_for_no_longer_than_asked(self):
        self.log_in("sari")
        since = time.monotonic()
        again = self.ask_again(wait="--wait=2s")
        self.assertEqual(again.status(), 75)
        self.assertGreater(time.monotonic() - since, 2)
        self.assertIn(f"the wait for {self.server} ran out", again.err())

    def test_without_wait_it_is_refused_at_once_and_the_way_out_is_named(self):
        first = self.log_in("sari")
        again = self.ssh("sari", "echo in")
        self.assertEqual(again.status(), 75)
        self.assertIn(f"you have one there (process {first.pid}). End that session first, or wait for its end with --wait",
                      again.err())

    def test_a_wait_ends_with_a_signal(self):
        self.log_in("sari")
        again = self.ask_again()
        again.send(signal.SIGINT)
        self.assertEqual(again.status(), 128 + signal.SIGINT)

    def test_who_stands_in_line_comes_first(self):
        first = self.log_in("sari")
        again = self.ask_again()
        waiter = self.wait_in_line("dewi", "echo in; exec sleep 300")
        first.send(signal.SIGTERM)
        waiter.says("in")
        eventually(lambda: [place["agent"] for place in self.office.lock(self.server)["line"]] == ["sari"],
                   "sari stands behind")
        self.assertFalse(again.is_over())
        waiter.send(signal.SIGTERM)
        self.assertEqual(again.says("in").status(), 0)

    def test_a_lost_session_is_waited_for(self):
        """Killed, with somebody in line, so that the seat is not hers before it is known to be free."""
        first = self.log_in("sari")
        waiter = self.wait_in_line("dewi", "echo in")
        first.send(signal.SIGKILL)
        eventually(lambda: not is_alive(first.pid), "it is gone")
        again = self.ask_again()
        self.assertIn(f"your session there (process {first.pid}) is gone and runs out", again.err())
        self.assertEqual(waiter.says("in").status(), 0)
        self.assertEqual(again.says("in").status(), 0)

    def test_a_session_whose_connection_broke_is_waited_for(self):
        first = self.log_in("sari", "trap '' HUP; exec sleep 300")
        waiter = self.wait_in_line("dewi", "echo in")
        first.stop()
        eventually(lambda: self.office.lock(self.server)["ending"], "it is cut")
        again = self.ask_again()
        self.assertEqual(waiter.says("in").status(), 0, again.err())
        self.assertEqual(again.says("in").status(), 0)
        first.send(signal.SIGCONT)
        self.assertEqual(first.status(), 76)

    def test_nobody_waits_for_the_session_that_they_are_in(self):
        inner = f"{self.office.gilir} with {self.server} --reason a-test --wait -- true"
        for command in (inner, f"env -u GILIR_HOLD {inner}", f"env -u GILIR_HOLD sh -c '{inner}; exit $?'"):
            outer = self.start("sari", "with", self.server, "--reason", "a test", "--", "sh", "-c", command)
            self.assertEqual(outer.status(), 75)
            self.assertIn("you are in one there", outer.err())

    def test_a_program_waits_for_another_of_its_agent(self):
        first = self.start("sari", "with", self.server, "--reason", "a test", "--", "sh", "-c", "echo in; exec sleep 300")
        first.says("in")
        again = self.start("sari", "with", self.server, "--reason", "a test", "--wait", "--", "echo", "in")
        eventually(lambda: "has to end first" in again.err(), "it waits")
        first.send(signal.SIGTERM)
        self.assertEqual(again.says("in").status(), 0)


if __name__ == "__main__":
    unittest.main()
