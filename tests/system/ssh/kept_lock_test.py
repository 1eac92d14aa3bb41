"""A lock taken by hand outlives the session that used it: who leaves is told so, with who waits, and asked at a terminal."""

import json
import signal
import unittest

from office import OfficeTest, eventually
from terminal import Terminal


class KeptLock(OfficeTest):
    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self, rows=24, columns=120)
        self.office.ask("sari", "lock", "acquire", self.server, "--reason", "a long day")

    def at_the_terminal(self, *words, agent="sari"):
        inside = self.terminal.inside
        return self.start(agent, *words, stdin=inside, stdout=inside, stderr=inside,
                          preexec_fn=self.terminal.become_controlling)

    def log_in_and_out(self):
        session = self.at_the_terminal("ssh", "-t", "-i", self.target.key("sari"), "--reason", "a test", self.server, "exit 3")
        self.terminal.shows(f"{self.server} stays yours until 2")
        return session

    def see_that_it_is_kept(self):
        self.assertEqual([holder["agent"] for holder in self.office.lock(self.server)["holders"]], ["sari"])
        self.office.ask("sari", "lock", "release", self.server)

    def test_a_person_is_told_who_waits_and_lets_go(self):
        ticket = self.office.add_ticket("the till is down", self.server)
        waiter = self.ssh("dewi", "echo in", options=["--wait", "--ticket", ticket])
        eventually(lambda: self.office.lock(self.server)["line"], f"dewi waits: {waiter.err()}")
        session = self.log_in_and_out()
        self.terminal.shows("min left): you took it before, by hand.")
        self.terminal.shows(f"In line for {self.server}: dewi for #{ticket}.")
        self.terminal.shows(f"Give it back with: gilir lock release {self.server}")
        self.terminal.shows(f"Give {self.server} back now? [y/N]").type(b"y")
        self.assertEqual(session.status(), 3)
        self.terminal.shows(f"{self.server} is given back.")
        waiter.says("in")
        self.assertEqual(waiter.status(), 0)

    def test_enter_keeps_it(self):
        session = self.log_in_and_out()
        self.terminal.shows(f"Give {self.server} back now? [y/N]").type(b"\r")
        self.assertEqual(session.status(), 3)
        self.assertNotIn("In line", self.terminal.text())
        self.see_that_it_is_kept()

    def test_how_it_went_is_written_before_anything_is_asked(self):
        outcome = self.scratch / "outcome"
        session = self.at_the_terminal("ssh", "-t", "-i", self.target.key("sari"), "--reason", "a test", "--outcome",
                                       outcome, self.server, "exit 3")
        self.terminal.shows("back now? [y/N]")
        self.assertEqual(json.loads(outcome.read_text(encoding="utf-8"))["status"], 3)
        session.send(signal.SIGTERM)
        session.status()
        self.see_that_it_is_kept()

    def test_a_script_is_told_and_never_asked(self):
        for words in (["ssh", "-i", self.target.key("sari"), "--reason", "a test", self.server, "echo in"],
                      ["with", self.server, "--reason", "a test", "--", "echo", "in"]):
            session = self.start("sari", *words)
            self.assertEqual((session.status(), session.out()), (0, "in\n"))
            self.assertIn(f"{self.server} stays yours until 2", session.err())
            self.assertNotIn("[y/N]", session.err())
        self.see_that_it_is_kept()

    def test_a_program_at_a_terminal_is_asked_about_only_when_somebody_waits(self):
        words = ["with", self.server, "--reason", "a test", "--", "echo", "in"]
        session = self.at_the_terminal(*words)
        self.assertEqual(session.status(), 0)
        self.assertNotIn("[y/N]", self.terminal.shows("stays yours").text())
        waiter = self.wait_in_line("dewi")
        session = self.at_the_terminal(*words)
        self.terminal.shows("back now? [y/N]").type(b"y")
        self.assertEqual(session.status(), 0)
        waiter.says("in")

    def test_nobody_is_asked_with_no_input(self):
        waiter = self.wait_in_line("dewi")
        session = self.at_the_terminal("with", self.server, "--no-input", "--reason", "a test", "--", "echo", "in")
        self.assertEqual(session.status(), 0)
        self.terminal.shows(f"In line for {self.server}: dewi for: a test.")
        self.assertNotIn("[y/N]", self.terminal.text())
        self.office.ask("sari", "lock", "release", self.server)
        waiter.says("in")

    def test_several_are_told_apart_and_all_given_back(self):
        self.office.ask("sari", "lock", "acquire", self.server, "--reason", "another", "--for", "2h")
        session = self.log_in_and_out()
        self.terminal.shows(f"gilir lock release {self.server} --hold ", times=2)
        self.terminal.shows("back now? [y/N]").type(b"y")
        self.assertEqual(session.status(), 3)
        self.assertTrue(self.office.is_free(self.server))

    def test_nothing_is_said_when_the_lock_ends_with_the_session(self):
        self.office.ask("sari", "lock", "release", self.server)
        session = self.ssh("sari", "echo in")
        self.assertEqual((session.status(), session.err()), (0, ""))

    def test_a_server_that_was_handed_over(self):
        self.office.ask("sari", "lock", "release", self.server)
        holder = self.log_in("dewi")
        self.office.ask("dewi", "lock", "hand-over", self.server, "--to", "sari")
        self.office.ask("sari", "lock", "accept", self.server)
        self.assertEqual(holder.status(), 76)
        session = self.ssh("sari", "echo in")
        self.assertEqual(session.status(), 0)
        self.assertIn(f"{self.server} stays yours until 2", session.err())
        self.see_that_it_is_kept()


if __name__ == "__main__":
    unittest.main()
