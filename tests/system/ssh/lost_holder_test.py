"""Holders that are stopped, killed or cut off: the next agent gets in only when the session is gone for certain."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
import unittest

from office import OfficeTest, children_of, command_of, eventually, is_alive, is_stopped
from terminal import Terminal

TERM, LOCK_DELAY = 3.0, 5.0
# Since the last acknowledged renewal, which may lie a third of the term before the fault, and its rounding.
LEAST_WAIT = TERM - TERM / 3 + LOCK_DELAY - 0.3
MOST_WAIT = TERM + LOCK_DELAY + 5

# Runs its arguments as an interactive shell does: in a group of their own, which has the terminal. Where there is no shell
# nobody could continue them, and Ctrl-Z stops nobody.
SHELL = """
import os, signal, sys
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.argv[1], sys.argv[1:])
sys.exit(os.waitstatus_to_exitcode(os.waitpid(job, 0)[1]))
"""


class LostHolder(OfficeTest):
    server_options = ("--term", "3s")

    def last_two_logins(self):
        eventually(self.target.is_empty, "both have left")
        return self.target.logins_so_far()[-2:]

    def see_the_next_come_in(self, since, least=LEAST_WAIT):
        """Dewi gets in, neither too early nor too late after the fault; the target saw sari leave before."""
        self.waiter.says("in")
        waited = time.monotonic() - since
        self.assertEqual(self.waiter.status(), 0, self.waiter.err())
        self.assertGreater(waited, least)
        self.assertLess(waited, MOST_WAIT)
        lost, following = self.last_two_logins()
        self.assertEqual([lost["agent"], following["agent"]], ["sari", "dewi"])
        self.assertLess(lost["line_out"], following["line_in"])
        self.assertGreater(following["start_s"] - lost["end_s"], LOCK_DELAY)

    def hold_and_wait(self, **settings):
        self.holder = self.log_in("sari", **settings)
        self.waiter = self.wait_in_line("dewi")

    def see_that_sari_lost_it(self, because="it ran out"):
        self.assertEqual(self.holder.status(), 76, self.holder.err())
        self.assertIn(f"the lock on {self.server} was lost ({because})", self.holder.err())

    def guardian(self):
        return self.helper("gilir-guardian")

    def renewer(self):
        """It starts a moment after its session."""
        eventually(lambda: "gilir-renewer" in map(command_of, children_of(self.holder.pid)), "a renewer has started")
        return self.helper("gilir-renewer")

    def helper(self, name):
        (found,) = [pid for pid in children_of(self.holder.pid) if command_of(pid) == name]
        return found

    def test_stopped_past_its_term(self):
        self.hold_and_wait()
        self.holder.stop()
        self.see_the_next_come_in(time.monotonic())
        self.holder.send(signal.SIGCONT)
        self.see_that_sari_lost_it()

    def test_who_comes_back_too_late_is_told_who_got_in_and_the_history_has_one_holder_at_a_time(self):
        self.hold_and_wait()
        self.holder.stop()
        self.see_the_next_come_in(time.monotonic())
        self.holder.send(signal.SIGCONT)
        self.see_that_sari_lost_it()
        self.assertRegex(self.holder.err(), rf"not confirmed that what ran at {self.server} is over; dewi got in at \d")
        table = self.office.ask(None, "lock", "history", self.server, "--format=csv")[0]
        sari, dewi = list(csv.DictReader(io.StringIO(table)))
        self.assertEqual([sari["agent"], sari["ended"], dewi["agent"]], ["sari", "ran out", "dewi"])
        self.assertLess(sari["to"], dewi["from"])

    def test_stopped_and_continued_in_time(self):
        finish = self.scratch / "finish-continued"
        holder = self.log_in("sari", f"until [ -e {finish} ]; do sleep 0.02; done")
        expires = self.office.lock(self.server)["holders"][0]["expires_in_s"]
        holder.stop()
        holder.send(signal.SIGCONT)
        self.assertLessEqual(expires, TERM)
        finish.touch()
        self.assertEqual(holder.status(), 0, holder.err())
        self.assertTrue(self.office.is_free(self.server))

    def test_input_sent_while_stopped_does_not_arrive(self):
        """What is typed for a process that was stopped past its permit goes nowhere."""
        arrived = self.scratch / "arrived"
        self.hold_and_wait(command=f"cat >{arrived}", stdin=subprocess.PIPE)
        self.holder.stop()
        since = time.monotonic()
        self.holder.type(b"too late\n")
        self.see_the_next_come_in(since)
        self.holder.send(signal.SIGCONT)
        self.see_that_sari_lost_it()
        self.assertEqual(arrived.read_bytes(), b"")

    def test_suspended_from_the_keyboard(self):
        terminal = Terminal(self)
        before = terminal.modes()
        session = self.office.command("ssh", "--reason=x", "-i", self.target.key("sari"), self.server, "echo in; exec sleep 300")
        self.holder = self.start_program("sari", sys.executable, "-c", SHELL, *session, stdin=terminal.inside,
                                         preexec_fn=terminal.become_controlling).says("in")
        (job,) = children_of(self.holder.pid)
        self.waiter = self.wait_in_line("dewi")
        terminal.type(b"\x1a")
        since = time.monotonic()
        eventually(lambda: is_stopped(job), "Ctrl-Z has stopped gilir")
        self.see_the_next_come_in(since)
        os.kill(job, signal.SIGCONT)
        self.see_that_sari_lost_it()
        self.assertEqual(terminal.modes(), before)

    def test_killed(self):
        self.hold_and_wait()
        self.holder.send(signal.SIGKILL)
        self.see_the_next_come_in(time.monotonic())
        self.assertEqual(self.holder.status(), -signal.SIGKILL)

    def test_own_next_login_after_a_kill_comes_in_at_once_while_nobody_waits(self):
        holder = self.log_in("sari")
        holder.send(signal.SIGKILL)
        eventually(self.target.is_empty, "the target has ended the session")
        since = time.monotonic()
        self.assertEqual(self.ssh("sari", "true").status(), 0)
        self.assertLess(time.monotonic() - since, 1.5)

    def test_own_next_login_after_a_kill_waits_for_the_line(self):
        self.hold_and_wait()
        self.holder.send(signal.SIGKILL)
        eventually(lambda: not is_alive(self.holder.pid), "it is gone")
        again = self.ssh("sari", "true")
        self.assertEqual(again.status(), 75)
        self.assertIn(f"your session at {self.server} is gone (process {self.holder.pid})", again.err())

    def test_killed_while_stopped(self):
        self.hold_and_wait()
        self.holder.stop()
        self.holder.send(signal.SIGKILL)
        self.see_the_next_come_in(time.monotonic())

    def test_renewer_stopped(self):
        """Nobody renews any more, though the session itself is well: it is cut in time all the same."""
        self.hold_and_wait()
        renewer = self.renewer()
        os.kill(renewer, signal.SIGSTOP)
        self.see_the_next_come_in(time.monotonic())
        self.see_that_sari_lost_it()
        self.assertFalse(is_alive(renewer))

    def test_loop_and_renewer_stopped(self):
        self.hold_and_wait()
        os.kill(self.renewer(), signal.SIGSTOP)
        self.holder.stop()
        self.see_the_next_come_in(time.monotonic())
        self.holder.send(signal.SIGCONT)
        self.see_that_sari_lost_it()

    def test_renewer_killed(self):
        """The session renews by itself from then on."""
        finish = self.scratch / "finish-renewer-killed"
        self.holder = self.log_in("sari", f"until [ -e {finish} ]; do sleep 0.02; done")
        os.kill(self.renewer(), signal.SIGKILL)
        since = time.monotonic()
        eventually(lambda: time.monotonic() - since > 2 * TERM, "two terms have passed", 3 * TERM)
        self.assertEqual(self.office.lock(self.server)["holders"][0]["agent"], "sari")
        finish.touch()
        self.assertEqual(self.holder.status(), 0, self.holder.err())

    def test_guardian_killed(self):
        self.hold_and_wait()
        os.kill(self.guardian(), signal.SIGKILL)
        # The holder lives, and says that its session is closed.
        self.see_the_next_come_in(time.monotonic(), LOCK_DELAY)
        self.see_that_sari_lost_it("the process that guards it is gone")

    def test_guardian_takes_no_ordinary_signal(self):
        self.holder = self.log_in("sari", "read x; echo out", stdin=subprocess.PIPE)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGTSTP):
            os.kill(self.guardian(), number)
        self.holder.type(b"\n")
        self.assertEqual(self.holder.says("out").status(), 0, self.holder.err())


class ShortestTerm(OfficeTest):
    """A term of 2 s, the shortest there is: one holder after another is stopped, killed or leaves by itself."""

    server_options = ("--term", "2s")

    def test_a_row_of_lost_holders(self):
        faults = (None, signal.SIGSTOP, None, signal.SIGKILL)
        queue = [self.log_in("sari")]
        for fault, following in zip(faults, ("dewi", "rani", "sari", "dewi")):
            waiter = self.ssh(following, "echo in; exec sleep 300", options=["--wait"])
            eventually(lambda: len(self.office.lock(self.server)["line"]) == 1, f"{following} waits")
            queue[-1].send(fault or signal.SIGTERM)
            queue.append(waiter.says("in"))
        queue[-1].send(signal.SIGTERM)
        self.assertEqual(queue[-1].status(), 128 + signal.SIGTERM)
        self.assertEqual([login["agent"] for login in self.target.logins_so_far()],
                         ["sari", "dewi", "rani", "sari", "dewi"])


if __name__ == "__main__":
    unittest.main()
