"""What logs off at a server runs on the agent's machine before the seat goes on; where it fails the seat waits."""

import shlex
import unittest

from office import OfficeTest, eventually


class LogOff(OfficeTest):
    server_options = ("--term", "4s")

    def set_log_off(self, script):
        self.office.ask(None, "server", "edit", self.server, "--log-off", f"sh -c {shlex.quote(script)}")

    def run_with(self, agent, *options):
        return self.start(agent, "with", self.server, "--reason", "a test", *options, "--", "true")

    def test_is_run_before_the_next_comes_in(self):
        begun, finish = self.scratch / f"{self.server}.begun", self.scratch / f"{self.server}.finish"
        self.set_log_off(f"echo $GILIR_SERVER; touch {begun}; until [ -e {finish} ]; do sleep 0.02; done")
        first = self.run_with("sari")
        eventually(begun.exists, first.err)
        begun.unlink()
        second = self.run_with("dewi", "--wait")
        eventually(lambda: self.office.lock(self.server)["line"], second.err)
        self.assertEqual([holder["agent"] for holder in self.office.lock(self.server)["holders"]], ["sari"])
        self.assertFalse(first.is_over())
        finish.touch()
        self.assertEqual((first.status(), first.out(), first.err()), (0, "", f"{self.server}\n"))
        self.assertEqual(second.status(), 0, second.err())
        self.assertTrue(begun.exists())
        self.assertTrue(self.office.is_free(self.server))

    def test_leaves_the_seat_shut_when_it_fails(self):
        self.set_log_off("exit 7")
        failed = self.run_with("sari")
        self.assertEqual(failed.status(), 0)
        self.assertIn(f"{self.server}: what logs off there failed (it ended with 7); a session may still stand", failed.err())
        self.assertEqual(self.run_with("dewi").status(), 75)
        eventually(lambda: self.office.is_free(self.server), "the seat is free once the lock has run out")

    def test_is_run_also_when_the_server_is_taken_away(self):
        begun, left = self.scratch / f"{self.server}.in", self.scratch / f"{self.server}.left"
        self.set_log_off(f"touch {left}")
        holder = self.start("sari", "with", self.server, "--reason", "a test", "--", "sh", "-c",
                            f"touch {begun}; exec sleep 300")
        eventually(begun.exists, holder.err)
        lease = self.office.lock(self.server)["holders"][0]["lease"]
        self.office.ask(None, "lock", "break", self.server, "--lease", lease, "--now", "-m", "a test")
        self.assertEqual(holder.status(), 76, holder.err())
        self.assertTrue(left.exists(), holder.err())
        eventually(lambda: self.office.is_free(self.server), "the seat is free")

    def test_takes_words_and_no_shell(self):
        refused = self.office.ask(None, "server", "edit", self.server, "--log-off", "sh -c 'echo", expect=2)[1]
        self.assertEqual(refused, "gilir: --log-off: a quote is not closed.\n")
        for nothing in (" ", "''", "'' x", "\t"):
            refused = self.office.ask(None, "server", "edit", self.server, "--log-off", nothing, expect=2)[1]
            self.assertEqual(refused, "gilir: --log-off: it names no program.\n")
        self.office.ask(None, "server", "edit", self.server, "--log-off", "")
        witness = self.scratch / f"{self.server}.witness"
        self.office.ask(None, "server", "edit", self.server, "--log-off", f"true ; touch {witness}")
        self.assertEqual(self.run_with("sari").status(), 0)
        self.assertFalse(witness.exists())
        self.office.ask(None, "server", "edit", self.server, "--log-off", "/no/such/program")
        failed = self.run_with("sari")
        self.assertEqual(failed.status(), 0)
        self.assertIn("cannot run /no/such/program", failed.err())


if __name__ == "__main__":
    unittest.main()
