"""Sessions live through a change of the desk's schema, and the newer program waits for those of the older one that it
would cost their lock. The older desk is made here; tests/contention/migration --before runs an older program."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

from desk import Desk
from many_tickets import forget_index, read, write

PATIENCE = 60.0
# Longer than any of these tests; the first renewal is due at a third of it.
LONG_TERM = 300.0
TERM = 6.0


def boot_ms():
    return time.clock_gettime(time.CLOCK_BOOTTIME) * 1000


def eventually(holds, what):
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"never: {what()}")
        time.sleep(0.02)


class Program:
    """A gilir that runs, whose standard error goes to a file."""

    def __init__(self, test, agent, *words):
        self.errors = tempfile.NamedTemporaryFile(dir=test.folder)
        self.popen = subprocess.Popen([test.desk.gilir, *words], env=test.desk.environment(agent),
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors)
        self.pid = self.popen.pid
        test.addCleanup(self.end)

    def err(self):
        return pathlib.Path(self.errors.name).read_text(encoding="utf-8")

    def says(self, words):
        eventually(lambda: words in self.err() or self.popen.poll() is not None, lambda: f"{words!r} in {self.err()!r}")
        if words not in self.err():
            raise AssertionError(f"it ended with {self.popen.returncode} and {self.err()!r}, without {words!r}")

    def status(self):
        return self.popen.wait(PATIENCE)

    def end(self):
        if self.popen.poll() is None:
            self.popen.kill()
            self.popen.wait(PATIENCE)
        self.errors.close()


class SchemaChangeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gilir-schema-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.desk = Desk(os.environ["GILIR"], self.folder)
        self.desk.make(["ani", "budi"])
        self.over = pathlib.Path(self.folder) / "over"

    def add_server(self, name, term):
        self.desk.run("server", "add", name, "--address", f"{name}.example:9", "--term", f"{term:.0f}s")

    def rows(self, sql):
        with read(self.desk) as database:
            return database.execute(sql).fetchall()

    def schema(self):
        return self.rows("PRAGMA user_version")[0][0]

    def permit(self):
        return self.rows("SELECT deadline_at FROM hold")[0][0]

    def hold(self, agent, server):
        """`gilir with` around a program that goes on until `over` is there."""
        holder = self.hold_in_turn(agent, server)
        eventually(lambda: self.rows("SELECT 1 FROM hold"), lambda: f"{agent} holds {server}: {holder.err()}")
        return holder

    def hold_in_turn(self, agent, server, *options):
        return Program(self, agent, "with", server, "--reason", "work", *options, "--", "sh", "-c",
                       f"while [ ! -e {self.over} ]; do sleep 0.05; done")

    def agent_of_lock(self):
        return [agent for (agent,) in self.rows("SELECT agent FROM lease")]


class OlderDesk(SchemaChangeTest):
    """Of the schema of before the index, whose programs renewed only with the desk opened anew."""

    def setUp(self):
        super().setUp()
        self.add_server("slow", LONG_TERM)
        self.holder = self.hold("ani", "slow")
        forget_index(self.desk)
        self.before = self.schema()

    def start_waiting(self, *words):
        program = Program(self, "budi", *words)
        program.says(f"the older one of ani at slow (process {self.holder.pid}) has renewed its lock: in ")
        self.assertRegex(program.err(), r"in [45] min at most\.\n$")
        self.assertEqual(self.schema(), self.before)
        return program

    def test_it_is_brought_up_to_date_once_the_session_is_over(self):
        reader = self.start_waiting("ticket", "list")
        self.over.touch()
        self.assertEqual(self.holder.status(), 0)
        self.assertEqual(reader.status(), 0)
        self.assertGreater(self.schema(), self.before)

    def test_it_is_brought_up_to_date_once_the_lock_is_renewed(self):
        reader = self.start_waiting("ticket", "list")
        with write(self.desk) as database:
            database.execute("UPDATE hold SET deadline_at = ? + deadline_term", (int(boot_ms()) + 60_000,))
        self.assertEqual(reader.status(), 0)
        self.assertGreater(self.schema(), self.before)
        self.assertEqual(self.agent_of_lock(), ["ani"])

    def test_a_session_that_was_killed_is_not_waited_for(self):
        reader = self.start_waiting("ticket", "list")
        self.holder.end()
        self.assertEqual(reader.status(), 0)
        self.assertGreater(self.schema(), self.before)

    def test_the_wait_can_be_ended(self):
        for words in (("ticket", "list"), ("lock", "acquire", "alpha", "--reason", "work"),
                      ("with", "alpha", "--reason", "work", "--", "true")):
            for number in (signal.SIGINT, signal.SIGTERM):
                program = self.start_waiting(*words)
                program.popen.send_signal(number)
                self.assertIn(program.status(), (-number, 128 + number), f"{words}: {program.err()}")
                self.assertEqual(self.schema(), self.before)


class NewerDesk(SchemaChangeTest):
    """Changed by a gilir of tomorrow before a session has renewed its lock."""

    def setUp(self):
        super().setUp()
        self.add_server("steady", TERM)

    def change(self):
        with write(self.desk) as database:
            [(since, deadline, term)] = database.execute("SELECT since, deadline_at, deadline_term FROM hold")
            begun = time.time() * 1000 - boot_ms() + deadline - term
            self.assertLess(begun - since, term / 6, "the lock was renewed before the desk was changed")
            database.execute(f"PRAGMA user_version = {database.execute('PRAGMA user_version').fetchone()[0] + 1}")
        self.assertNotEqual(Program(self, "budi", "ticket", "list").status(), 0)

    def see_it_last(self, holder, agent):
        first = self.permit()
        eventually(lambda: boot_ms() > first + 500 or holder.popen.poll() is not None, lambda: "its permit is over")
        self.assertIsNone(holder.popen.poll(), holder.err())
        self.assertEqual(self.agent_of_lock(), [agent])
        self.over.touch()
        self.assertEqual(holder.status(), 0)
        self.assertNotIn("cannot be renewed", holder.err())
        self.assertEqual(self.agent_of_lock(), [])

    def test_a_session_goes_on_past_its_permit(self):
        holder = self.hold("ani", "steady")
        self.change()
        self.see_it_last(holder, "ani")

    def test_who_waits_in_line_gets_a_turn_that_lasts(self):
        self.desk.run("lock", "acquire", "steady", "--reason", "work", "--for", "2s", agent="ani")
        waiter = self.hold_in_turn("budi", "steady", "--wait")
        eventually(lambda: self.rows("SELECT 1 FROM wait"), lambda: f"budi waits: {waiter.err()}")
        self.change()
        eventually(lambda: self.agent_of_lock() == ["budi"], lambda: f"it is budi's turn: {waiter.err()}")
        self.see_it_last(waiter, "budi")


if __name__ == "__main__":
    unittest.main()
