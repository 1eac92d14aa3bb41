"""DESIGN.md §1, twenty times: three agents go for one server at the same moment, and nobody is thrown out."""

import threading
import unittest

from office import AGENTS, PATIENCE, OfficeTest, eventually

ROUNDS = 20


class Incident(OfficeTest):
    def setUp(self):
        super().setUp()
        self.tickets = {agent: self.office.add_ticket(f"Printer trouble seen by {agent}", self.server)
                        for agent in AGENTS}

    def go(self, agent, finish, *options):
        """One agent's `gilir ssh`: says `in`, and stays until the file is there."""
        work = f"echo in; until [ -e {finish} ]; do sleep 0.02; done"
        return self.ssh(agent, work, options=["--ticket", self.tickets[agent], *options])

    def all_at_once(self, finish, *options):
        barrier = threading.Barrier(len(AGENTS))
        sessions = {}

        def play(agent):
            barrier.wait(PATIENCE)
            sessions[agent] = self.go(agent, finish, *options)

        threads = [threading.Thread(target=play, args=(agent,)) for agent in AGENTS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sessions

    def who_is_in(self, sessions):
        return [agent for agent, session in sessions.items() if "in\n" in session.out()]

    def line(self):
        return [place["agent"] for place in self.office.lock(self.server)["line"]]

    def end_round(self, finish, sessions, order):
        """Lets everybody work and leave; the target must have seen them in this order and nobody else."""
        before = len(self.target.logins_so_far()) - 1
        finish.touch()
        for agent in order:
            self.assertEqual(sessions[agent].status(), 0, sessions[agent].err())
        self.assertEqual([login["agent"] for login in self.target.logins_so_far()[before:]], order)
        self.assertTrue(self.office.is_free(self.server))

    def round_with_all_waiting(self, finish):
        sessions = self.all_at_once(finish, "--wait")
        first = eventually(lambda: self.who_is_in(sessions), "somebody is in")
        line = eventually(lambda: len(self.line()) == 2 and self.line(), "two wait")
        self.assertEqual(set(first + line), set(AGENTS))
        self.assertEqual(self.who_is_in(sessions), first)
        self.end_round(finish, sessions, first + line)

    def round_with_two_refused(self, finish):
        sessions = self.all_at_once(finish)
        first = eventually(lambda: self.who_is_in(sessions), "somebody is in")
        refused = [agent for agent in AGENTS if agent not in first]
        for agent in refused:
            self.assertEqual(sessions[agent].status(), 75, sessions[agent].err())
            self.assertIn(first[0], sessions[agent].err())
            self.assertIn(f"#{self.tickets[first[0]]}", sessions[agent].err())
            self.assertEqual(sessions[agent].out(), "")
        for place, agent in enumerate(refused, 1):
            sessions[agent] = self.go(agent, finish, "--wait")
            eventually(lambda: len(self.line()) == place, f"{place} in line")
        self.assertEqual(self.line(), refused)
        self.end_round(finish, sessions, first + refused)

    def test_twenty_rounds(self):
        for number in range(ROUNDS):
            finish = self.scratch / f"finish-{number}"
            if number % 2 == 0:
                self.round_with_two_refused(finish)
            else:
                self.round_with_all_waiting(finish)
        violations, logins = self.target.record("--running")
        self.assertEqual(violations, [])
        self.assertEqual(len(logins), ROUNDS * len(AGENTS))
        self.assertEqual({login["ended"] for login in logins}, {"clean"})


if __name__ == "__main__":
    unittest.main()
