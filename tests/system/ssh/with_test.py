"""`gilir with`: a local program under the lock; its group is gone before anybody else gets in."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import time
import unittest

from office import OfficeTest, command_of, eventually, group_of, is_alive, is_stopped, kill_with_guardian
from terminal import Terminal

TERM, LOCK_DELAY = 3.0, 1.5
# A program that keeps a child and holds on: it ignores what a person could send it.
STUBBORN = "trap '' HUP INT TERM; sleep 300 & echo $$ in; wait; sleep 300"


class With(OfficeTest):
    server_options = ("--term", "3s")

    def run_with(self, agent, *command, options=(), servers=None, **settings):
        return self.start(agent, "with", *(servers or [self.server]), "--reason", "a test", *options, "--", *command,
                          **settings)

    def hold(self, script, agent="sari", **settings):
        """Starts `with` around a shell script that says its pid and `in`; returns gilir and the script's group."""
        holder = self.run_with(agent, "sh", "-c", script, **settings)
        line = eventually(lambda: holder.out().endswith(" in\n") and holder.out(), f"it runs: {holder.err()}")
        group = int(line.split()[0])
        self.addCleanup(self.end_group, group)
        return holder, group

    def end_group(self, group):
        for pid in group_of(group):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def wait_in_line(self, agent, group):
        """The next agent's program writes who of the holder's group still lives when it begins."""
        look = f"for p in /proc/[0-9]*; do read -r l <$p/stat && set -- ${{l##*) }} && " \
               f"[ $3 = {group} ] && [ $1 != Z ] && echo left $p; done 2>/dev/null; echo in"
        waiter = self.run_with(agent, "sh", "-c", look, options=["--wait"])
        eventually(lambda: self.office.lock(self.server)["line"], f"{agent} waits: {waiter.err()}")
        return waiter

    def see_the_next_come_in(self, waiter, since, earliest=0):
        waiter.says("in")
        waited = time.monotonic() - since
        self.assertEqual((waiter.status(), waiter.out()), (0, "in\n"))
        self.assertGreater(waited, earliest)
        self.assertLess(waited, TERM + LOCK_DELAY + 5)

    def test_statuses(self):
        for script, status in (("exit 0", 0), ("exit 3", 3), ("kill -TERM $$", 143), ("kill -KILL $$", 137)):
            self.assertEqual(self.run_with("sari", "sh", "-c", script).status(), status)
        self.assertEqual(self.run_with("sari", "no-such-program-here").status(), 127)
        not_a_program = self.scratch / "not-a-program"
        not_a_program.write_text("#!/bin/sh\n", encoding="ascii")
        self.assertEqual(self.run_with("sari", not_a_program).status(), 126)
        self.assertEqual(self.start("sari", "with", self.server, "--reason", "a test", "--").status(), 2)
        self.assertTrue(self.office.is_free(self.server))

    def test_input_and_outputs_are_the_programs_own(self):
        holder = self.run_with("sari", "sh", "-c", "cat; echo err >&2", stdin=subprocess.PIPE)
        holder.type(b"one\n")
        holder.popen.stdin.close()
        self.assertEqual((holder.status(), holder.out(), holder.err()), (0, "one\n", "err\n"))

    def test_variables(self):
        ticket = self.office.add_ticket("The queue is stuck", self.server)
        holder = self.start("sari", "with", self.server, "--ticket", ticket, "--", "sh", "-c",
                            "env | grep ^GILIR_; echo in; exec sleep 300").says("in")
        seen = dict(line.split("=", 1) for line in holder.out().splitlines() if "=" in line)
        (lease,) = self.office.lock(self.server)["holders"]
        expected = {"GILIR_SERVER": self.server, "GILIR_TICKET": str(ticket), "GILIR_AGENT": "sari",
                    "GILIR_LEASE": str(lease["lease"]), "GILIR_TOKEN": str(lease["token"]),
                    "GILIR_HOLD": str(lease["holds"][0]["hold"])}
        self.assertEqual({name: seen.get(name) for name in expected}, expected)
        holder.send(signal.SIGTERM)
        self.assertEqual(holder.status(), 128 + signal.SIGTERM)

    def test_several_servers(self):
        other = self.office.add_server(f"{self.server}-b", *self.server_options)
        holder = self.run_with("sari", "sh", "-c", "echo $GILIR_SERVER; echo $GILIR_TOKEN; echo in; exec sleep 300",
                               servers=[self.server, other]).says("in")
        servers, tokens = (line.split() for line in holder.out().splitlines()[:2])
        self.assertEqual(set(servers), {self.server, other})
        self.assertEqual([int(token) for token in tokens],
                         [self.office.lock(server)["holders"][0]["token"] for server in servers])
        self.office.ask("dewi", "with", other, "--reason", "a test", "--", "true", expect=75)
        waiter = self.run_with("dewi", "echo", "in", servers=[other, self.server], options=["--wait"])
        eventually(lambda: self.office.lock(other)["line"] and self.office.lock(self.server)["line"], "dewi waits")
        holder.send(signal.SIGTERM)
        waiter.says("in")
        self.assertEqual(waiter.status(), 0)
        self.assertTrue(self.office.is_free(self.server) and self.office.is_free(other))

    def test_program_goes_on_under_renewed_lock_past_its_term(self):
        holder, group = self.hold("echo $$ in; exec sleep 300")
        waiter = self.wait_in_line("dewi", group)
        token = self.office.lock(self.server)["holders"][0]["token"]
        since = time.monotonic()
        eventually(lambda: time.monotonic() - since > TERM + LOCK_DELAY + 0.5, "the first term is over")
        self.assertEqual(self.office.lock(self.server)["holders"][0]["token"], token)
        self.assertEqual((holder.is_over(), waiter.out()), (False, ""))
        holder.send(signal.SIGTERM)
        self.assertEqual(waiter.says("in").status(), 0)

    def test_stopped_past_its_term(self):
        holder, group = self.hold(STUBBORN)
        self.assertEqual(len(group_of(group)), 2)
        waiter = self.wait_in_line("dewi", group)
        holder.stop()
        # Nothing of the group is left when its permit has run out, so that nobody waits for the lock-delay.
        self.see_the_next_come_in(waiter, time.monotonic(), earliest=TERM - TERM / 3 - 0.3)
        self.assertEqual(group_of(group), [])
        holder.send(signal.SIGCONT)
        self.assertEqual(holder.status(), 76, holder.err())
        self.assertIn(f"the lock on {self.server} was lost (it ran out)", holder.err())

    def test_killed(self):
        holder, group = self.hold(STUBBORN)
        waiter = self.wait_in_line("dewi", group)
        holder.send(signal.SIGKILL)
        since = time.monotonic()
        eventually(lambda: not group_of(group), "the program and its child are gone", TERM)
        self.see_the_next_come_in(waiter, since)

    def test_nothing_lives_on_beside_the_next_holder_when_gilir_and_its_guardian_are_killed(self):
        for script in ("echo $$ in; exec sleep 300", "echo $$ in; sleep 300 | sleep 300", STUBBORN,
                       "echo $$ in; (trap '' TERM; sleep 300) | (trap '' TERM; sleep 300)"):
            with self.subTest(script):
                holder, group = self.hold(script)
                waiter = self.wait_in_line("dewi", group)
                kill_with_guardian(holder)
                waiter.says("in")
                self.assertEqual((waiter.status(), waiter.out()), (0, "in\n"))
                self.assertEqual(group_of(group), [])

    def test_a_server_is_not_free_while_a_program_runs_that_nobody_here_may_end(self):
        """Nothing tells of two programs without a leader and with no environment whose they are."""
        holder, group = self.hold("env -i sleep 300 | env -i sleep 300 & echo $$ in; wait; true")
        waiter = self.wait_in_line("dewi", group)
        # As long as one of them is still sh or env, its environment tells.
        eventually(lambda: sum(command_of(pid).startswith("sleep") for pid in group_of(group)) == 2, "both sleep")
        kill_with_guardian(holder)
        ending = eventually(lambda: [seat for seat in self.office.lock(self.server)["ending"] if seat["still_runs"]],
                            lambda: f"the seat is not free: {self.office.lock(self.server)}, {group_of(group)} run")
        self.assertEqual((ending[0]["agent"], ending[0]["group"]), ("sari", group))
        refused = self.run_with("rani", "true")
        self.assertEqual(refused.status(), 75)
        self.assertIn(f"sari's program still runs (process group {group} on ", refused.err())
        self.assertFalse(waiter.is_over())
        self.end_group(group)
        self.assertEqual(waiter.says("in").status(), 0)

    def test_a_change_that_is_only_tried_ends_no_program(self):
        holder, group = self.hold(STUBBORN)
        kill_with_guardian(holder)
        eventually(lambda: self.office.lock(self.server)["ending"], "its permit has run out", TERM + 5)
        since = time.monotonic()
        # What a program past its permit is sent depends on how long it is so: first TERM, a second later KILL.
        while time.monotonic() - since < 2:
            self.office.ask("dewi", "lock", "acquire", self.server, "--reason", "a test", "--dry-run", expect=75)
            self.office.ask("dewi", "tick", "--dry-run")
        self.assertEqual(len(group_of(group)), 2)
        # One that is meant does, though it is refused as well.
        self.office.ask("dewi", "lock", "acquire", self.server, "--reason", "a test", expect=75)
        eventually(lambda: not group_of(group), "the program is ended")

    def test_own_next_login_after_a_kill_comes_in_at_once_when_nothing_is_left(self):
        holder, group = self.hold(STUBBORN)
        holder.send(signal.SIGKILL)
        eventually(lambda: not group_of(group), "the guardian has ended the program")
        self.assertEqual(self.run_with("sari", "true").status(1.5), 0)

    def test_own_next_login_after_a_kill_says_that_the_session_is_gone_and_when_the_server_is_free(self):
        holder, group = self.hold(STUBBORN)
        kill_with_guardian(holder)
        eventually(lambda: not is_alive(holder.pid), "it is gone")
        again = self.run_with("sari", "true")
        self.assertEqual(again.status(), 75)
        self.assertRegex(again.err(), rf"your session at {self.server} is gone \(process {holder.pid}\), and it is "
                                      r"free for you again in [1-3] s")
        eventually(lambda: self.run_with("sari", "true").status() == 0, "it is free again", TERM + 5)
        self.assertEqual(group_of(group), [])

    def test_what_the_program_leaves_behind_is_ended_before_the_lock_is_released(self):
        holder, group = self.hold("trap '' TERM; sleep 300 & echo $$ in")
        self.assertEqual(holder.status(), 0)
        self.assertEqual(group_of(group), [])
        self.assertTrue(self.office.is_free(self.server))

    def test_signals_are_passed_on(self):
        for number, name in ((signal.SIGINT, "INT"), (signal.SIGTERM, "TERM"), (signal.SIGHUP, "HUP")):
            holder, _ = self.hold(f"trap 'echo got {name}; exit 9' {name}; echo $$ in; while :; do sleep 0.02; done")
            holder.send(number)
            self.assertEqual(holder.says(f"got {name}").status(), 9)
            self.assertTrue(self.office.is_free(self.server))

    def test_a_stopped_program_ends_by_what_would_end_it(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
            holder, group = self.hold("echo $$ in; kill -STOP $$; while :; do sleep 0.02; done",
                                      start_new_session=True)
            eventually(lambda: is_stopped(group), "the program is stopped")
            holder.send(number)
            self.assertEqual(holder.status(), 128 + number, holder.err())
            self.assertTrue(self.office.is_free(self.server))

    def test_who_ends_a_command_at_a_busy_desk_sees_it_end_by_that_signal(self):
        path = self.scratch / "desk" / "gate"
        inode = f":{path.stat().st_ino} "

        def somebody_waits():
            with open("/proc/locks", encoding="ascii") as locks:
                return any("->" in line and inode in line for line in locks)

        commands = [("with", self.server, "--reason", "x", "--", "true"), ("lock", "knock", self.server, "-m", "x"),
                    ("lock", "acquire", self.server, "--reason", "x")]
        with open(path, "r+b") as gate:
            for command in commands:
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
                    fcntl.lockf(gate, fcntl.LOCK_EX, 1)
                    kept_out = self.start("sari", *command)
                    eventually(somebody_waits, f"it waits at the gate: {kept_out.err()}")
                    kept_out.send(number)
                    self.assertEqual(kept_out.status(), 128 + number, kept_out.err())
                    self.assertIn("stopped by a signal", kept_out.err())
                    fcntl.lockf(gate, fcntl.LOCK_UN, 1)

    def test_signals_that_mean_something_only_to_the_program_are_passed_on_and_end_nothing(self):
        names = ("USR1", "USR2", "ALRM", "VTALRM", "PROF", "IO", "PWR", "WINCH")
        traps = "; ".join(f"trap 'echo got {name}' {name}" for name in names)
        holder, _ = self.hold(f"{traps}; trap 'exit 9' TERM; echo $$ in; while :; do sleep 0.02; done")
        for name in names:
            holder.send(getattr(signal, f"SIG{name}"))
            holder.says(f"got {name}")
        holder.send(signal.SIGTERM)
        self.assertEqual(holder.status(), 9)

    def test_a_script_without_a_first_line_for_it_runs(self):
        script = self.scratch / "bare"
        script.write_text("echo ran with $1\nexit 4\n", encoding="ascii")
        script.chmod(0o755)
        program = self.run_with("sari", script, "care")
        self.assertEqual((program.status(), program.out()), (4, "ran with care\n"))

    def test_an_outcome_that_cannot_be_written_is_refused_before_anything_is_taken(self):
        ran = self.scratch / "ran"
        for path, problem in ((self.scratch / "nowhere" / "outcome", "No such file or directory"),
                              ("/dev/full", "No space left on device"), (self.scratch, "Is a directory")):
            program = self.run_with("sari", "touch", ran, options=["--outcome", path])
            self.assertEqual(program.status(), 1)
            self.assertIn(f"cannot write {path}: {problem}", program.err())
        self.assertFalse(ran.exists())
        self.assertNotIn("sari", json.dumps(self.office.fact(None, "lock", "history", self.server)))

    def test_a_lock_whose_receipt_cannot_be_written_is_given_back(self):
        for words in (("--json",), ()):
            with open("/dev/full", "w", encoding="ascii") as full:
                taker = self.start("sari", "lock", "acquire", self.server, "--reason", "a test", *words, stdout=full)
                self.assertEqual(taker.status(), 1)
            self.assertIn("cannot write the output", taker.err())
            self.assertTrue(self.office.is_free(self.server))

    def test_ticket_that_was_merged_when_nobody_reads_of_it(self):
        first, second = (self.office.add_ticket(title, self.server) for title in ("printer", "printer again"))
        self.office.ask(None, "ticket", "merge", second, "--into", first)
        reader, writer = os.pipe()
        os.close(reader)
        program = self.start("sari", "with", self.server, "--ticket", second, "--", "sh", "-c", "exit 5", stderr=writer)
        os.close(writer)
        self.assertEqual(program.status(), 5)
        self.assertTrue(self.office.is_free(self.server))

    def test_outcome_file(self):
        path = self.scratch / "with-outcome"

        def outcome(agent, *command):
            status = self.run_with(agent, *command, options=["--outcome", path]).status()
            return status, json.loads(path.read_text(encoding="utf-8"))

        self.assertEqual(outcome("sari", "sh", "-c", "exit 75"), (75, {"ran": True, "status": 75, "lease_lost": False}))
        self.assertEqual(outcome("sari", "no-such-program-here"),
                         (127, {"ran": False, "status": 127, "lease_lost": False}))
        holder, _ = self.hold("echo $$ in; exec sleep 300", agent="rani")
        self.assertEqual(outcome("sari", "true"), (75, {"ran": False, "status": 75, "lease_lost": False}))
        holder.send(signal.SIGTERM)

    def test_lost_lock_in_the_outcome_file(self):
        path = self.scratch / "lost-outcome"
        holder, _ = self.hold("echo $$ in; exec sleep 300", options=["--outcome", path])
        holder.stop()
        eventually(lambda: self.office.is_free(self.server), "the lock ran out")
        holder.send(signal.SIGCONT)
        self.assertEqual(holder.status(), 76)
        self.assertEqual(json.loads(path.read_text(encoding="utf-8")),
                         {"ran": True, "status": 128 + signal.SIGTERM, "lease_lost": True})

    def test_terminal_is_lent_and_given_back(self):
        """A program that puts the terminal into raw mode and is killed leaves it as it was."""
        terminal = Terminal(self)
        before = terminal.modes()
        holder = self.run_with("sari", "sh", "-c", "stty raw -echo; echo in; exec sleep 300", stdin=terminal.inside,
                               stdout=terminal.inside, stderr=terminal.inside, preexec_fn=terminal.become_controlling)
        terminal.shows("in")
        eventually(terminal.is_raw, "the program has made it raw")
        holder.send(signal.SIGTERM)
        self.assertEqual(holder.status(), 128 + signal.SIGTERM)
        self.assertEqual(terminal.modes(), before)
        self.assertFalse(is_alive(holder.pid))

    def test_interrupt_key_reaches_the_program(self):
        terminal = Terminal(self)
        holder = self.run_with("sari", "sh", "-c", "echo in; exec sleep 300", stdin=terminal.inside,
                               stdout=terminal.inside, stderr=terminal.inside, preexec_fn=terminal.become_controlling)
        terminal.shows("in").type(b"\x03")
        self.assertEqual(holder.status(), 128 + signal.SIGINT)
        self.assertTrue(self.office.is_free(self.server))


if __name__ == "__main__":
    unittest.main()
