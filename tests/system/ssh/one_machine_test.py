"""The incident under two names: a machine that two servers of the desk name lets one agent in, whatever name is used."""

import json
import signal
import unittest

from office import OfficeTest, eventually


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


if __name__ == "__main__":
    unittest.main()
