"""The incident under two names: a machine that two servers of the desk name lets one agent in, whatever name is used."""

import json
import signal
import unittest

from office import OfficeTest, Target, eventually


class OneMachine(OfficeTest):
    def setUp(self):
        super().setUp()
        self.other = f"{self.server}-vpn"
        self.office.ask(None, "server", "add", self.other, "--alias-of", self.server)

    def under_the_other_name(self, agent, *words):
        return self.start(agent, "ssh", "-i", self.target.key(agent), "--reason", "a test", self.other, *words)

    def test_two_agents_under_two_names_and_only_one_is_in(self):
        holder = self.log_in("sari")
        refused = self.under_the_other_name("dewi", "true")
        self.assertEqual(refused.status(), 75)
        self.assertIn(f"{self.server} is held by sari", refused.err())
        self.assertEqual(self.office.lock(self.other)["holders"][0]["agent"], "sari")
        holder.send(signal.SIGTERM)
        holder.status()
        eventually(lambda: self.office.is_free(self.server), "the server is free")
        self.assertEqual(self.under_the_other_name("dewi", "true").status(), 0)

    def test_a_second_server_at_the_same_address_is_refused(self):
        _, error = self.office.ask(None, "server", "add", "twin", "--address", self.target.address, "--json", expect=5)
        refusal = json.loads(error)["error"]
        self.assertEqual(refusal["code"], "same_machine")
        self.assertIn(self.server, refusal["details"]["others"])


class MovedMachine(OfficeTest):
    """Two machines, and a server of the desk that is said to be the one or the other."""

    server_options = ("--offer", "1s")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = Target(cls.scratch / "other", cls.logins)
        cls.addClassCleanup(cls.other.stop)

    def move(self, target, expect=0):
        """Says that the server is that target."""
        for words in (("edit", self.server, "--address", target.address),
                      ("trust", self.server, "--key", target.host_key, "--replace")):
            told = self.office.ask(None, "server", *words, "--json", expect=expect)[expect != 0]
        return json.loads(told)

    def wait_with_a_stopped_process(self, agent, *words):
        """Whoever holds the server sees somebody stand in line; their turn has passed by when this returns."""
        self.office.ask("dewi", "lock", "acquire", self.server, "--reason", "a test")
        waiter = self.start(agent, *words, self.server)
        eventually(lambda: self.office.lock(self.server)["line"], waiter.err)
        waiter.stop()
        self.office.ask("dewi", "lock", "release", self.server)
        eventually(lambda: self.office.is_free(self.server), "nobody is next")
        return waiter

    def see_who_waited_at_the_other(self, agent, *words):
        before = [len(target.logins_so_far()) for target in (self.target, self.other)]
        waiter = self.wait_with_a_stopped_process(agent, *words)
        self.move(self.other)
        waiter.send(signal.SIGCONT)
        self.assertEqual(waiter.status(), 0, waiter.err())
        eventually(self.other.is_empty, "everybody has left")
        self.assertEqual([len(target.logins_so_far()) for target in (self.target, self.other)], [before[0], before[1] + 1])

    def test_it_stays_where_somebody_is_and_nobody_else_gets_there_under_another_name(self):
        holder = self.log_in("sari")
        refusal = self.move(self.other, expect=5)["error"]
        self.assertEqual((refusal["code"], refusal["details"]["by"]), ("in_use", "sari"))
        self.office.ask(None, "server", "add", "twin", "--address", self.target.address, expect=5)
        self.office.ask(None, "server", "add", "twin", "--address", f"127.0.0.2:{self.target.values['port']}")
        self.office.ask(None, "server", "trust", "twin", "--key", self.target.host_key, expect=5)
        holder.send(signal.SIGTERM)
        holder.status()
        eventually(lambda: self.office.is_free(self.server), "the server is free")
        self.move(self.other)

    def test_whoever_waited_logs_in_where_the_server_is_by_then(self):
        self.see_who_waited_at_the_other("sari", "ssh", "-i", self.other.key("sari"), "--reason", "a test", "--wait")

    def test_the_end_of_a_session_is_looked_at_where_the_server_is_by_then(self):
        self.see_who_waited_at_the_other(None, "server", "check", "-i", self.other.key("sari"), "--wait")
        self.assertEqual(len(self.office.fact(None, "server", "show", self.server)["checks"]), 1)


if __name__ == "__main__":
    unittest.main()
