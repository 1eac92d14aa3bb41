"""One session's parts: statuses, signals, outputs apart, bytes in both directions, a second session, --outcome."""

import hashlib
import json
import os
import resource
import signal
import subprocess
import unittest

from office import OfficeTest, eventually

MEGABYTES = 100


class Session(OfficeTest):
    server_options = ("--lock-delay", "2s")

    def run_there(self, command, *options, agent="sari"):
        session = self.ssh(agent, command, options=options)
        return session.status(), session.out(), session.err()

    def events(self, kind):
        return [event["facts"] for event in self.office.fact(None, "lock", "history", self.server)
                if event["kind"] == kind]

    def test_status_of_the_remote_command(self):
        for status in (0, 1, 3, 75, 76, 254, 255):
            self.assertEqual(self.run_there(f"exit {status}"), (status, "", ""))
        self.assertEqual(self.run_there("no-such-program-there")[0], 127)
        self.assertTrue(self.office.is_free(self.server))

    def test_remote_command_that_kills_itself(self):
        for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSEGV, signal.SIGUSR1):
            self.assertEqual(self.run_there(f"kill -{int(number)} $$"), (128 + number, "", ""))

    def test_end_by_a_signal_that_has_no_number_in_ssh_has_words(self):
        status, out, err = self.run_there("kill -XCPU $$")
        self.assertEqual((status, out), (255, ""))
        self.assertIn(f"the command at {self.server} was ended by the signal ", err)

    def test_end_without_a_status_has_words(self):
        server = self.add_scripted_server("ENDING_SERVER", "")
        session = self.start("sari", "ssh", "--reason", "a test", server, "true")
        self.assertEqual(session.status(), 255, session.err())
        self.assertIn(f"{server} ended the session without saying how\n", session.err())
        self.assertIn(f"it is not confirmed that what ran at {server} is over", session.err())

    def test_the_servers_last_words_are_told(self):
        server = self.add_scripted_server("ENDING_SERVER", "goodbye:Idle timeout, good bye")
        session = self.start("sari", "ssh", "--reason", "a test", server, "true")
        self.assertEqual(session.status(), 255, session.err())
        self.assertIn(f"the connection to {server} was lost: the server said: Idle timeout, good bye\n", session.err())

    def test_end_by_a_signal_of_a_hostile_name_is_told_escaped(self):
        server = self.add_scripted_server("ENDING_SERVER", "\x1b[2J")
        session = self.start("sari", "ssh", "--reason", "a test", server, "true")
        self.assertEqual((session.status(), session.err()),
                         (255, f"the command at {server} was ended by the signal \\x1b[2J\n"))

    def test_outputs_stay_apart(self):
        status, out, err = self.run_there("for i in 1 2 3; do echo out $i; echo err $i >&2; done")
        self.assertEqual((status, out, err), (0, "out 1\nout 2\nout 3\n", "err 1\nerr 2\nerr 3\n"))

    def test_words_are_joined_as_ssh_does(self):
        session = self.ssh("sari", "echo", "'a  b'", "$((1+1))", "--json")
        self.assertEqual((session.status(), session.out()), (0, "a  b 2 --json\n"))

    def test_end_of_input_is_passed_on_while_output_goes_on(self):
        session = self.ssh("sari", "cat; echo after", stdin=subprocess.PIPE)
        session.type(b"line\n")
        session.says("line")
        session.popen.stdin.close()
        self.assertEqual((session.status(), session.out()), (0, "line\nafter\n"))

    def test_no_input_when_told_so(self):
        session = self.ssh("sari", "cat; echo after", options=["-n"], stdin=subprocess.PIPE)
        self.assertEqual((session.status(), session.out()), (0, "after\n"))

    def test_local_signals_are_sent_on_and_end_the_session(self):
        """sshd passes no signals to forced commands, as the target's are, but says that it was asked to."""
        for number, name in ((signal.SIGINT, "INT"), (signal.SIGTERM, "TERM"), (signal.SIGHUP, "HUP")):
            holder = self.log_in("sari")
            holder.send(number)
            self.assertEqual(holder.status(), 128 + number, holder.err())
            self.see_not_confirmed("sari")
            self.assertIn(f"refusing to send signal {name} to forced-command session", self.target.log())

    def test_signals_for_the_remote_command_alone_are_sent_on_and_end_nothing(self):
        holder = self.log_in("sari", "read line; exit 6", stdin=subprocess.PIPE)
        for number, name in ((signal.SIGUSR1, "USR1"), (signal.SIGUSR2, "USR2")):
            holder.send(number)
            eventually(lambda name=name: f"refusing to send signal {name} to forced-command" in self.target.log(), name)
        for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF, signal.SIGIO):
            holder.send(number)
        holder.popen.stdin.close()
        self.assertEqual(holder.status(), 6)

    def test_signal_to_a_remote_command_that_ignores_it(self):
        holder = self.log_in("sari", "trap '' TERM; exec sleep 300")
        holder.send(signal.SIGTERM)
        self.assertEqual(holder.status(), 128 + signal.SIGTERM)
        self.see_not_confirmed("sari")
        self.assertIn(f"it is not confirmed that what ran at {self.server} is over", holder.err())
        self.assertEqual(self.wait_in_line("dewi").says("in").status(), 0)

    def test_banner_of_the_server_is_told_escaped(self):
        banner = self.scratch / "banner"
        banner.write_text("Only for the staff of kantor-123.\n\x1b]0;owned\x07\n" + "more\n" * 500, encoding="utf-8")
        self.target.configure(Banner=banner)
        self.addCleanup(self.target.configure, Banner="none")
        session = self.ssh("sari", "echo in")
        self.assertEqual((session.status(), session.out()), (0, "in\n"))
        lines = session.err().splitlines()
        self.assertEqual(lines[:4], [f"{self.server} says:", "  Only for the staff of kantor-123.", "  \\x1b]0;owned\\x07",
                                     "  more"])
        self.assertEqual(len(lines), 101)

    def test_banner_of_the_server_is_told_before_a_refusal(self):
        banner = self.scratch / "warning"
        banner.write_text(f"gilir: {self.server} is yours\n", encoding="utf-8")
        self.target.configure(Banner=banner, DenyUsers=self.target.user)
        self.addCleanup(self.target.configure, Banner="none", DenyUsers="nobody")
        session = self.ssh("sari", "echo in")
        self.assertEqual(session.status(), 255)
        lines = session.err().splitlines()
        self.assertEqual(lines[:2], [f"{self.server} says:", f"  gilir: {self.server} is yours"])
        self.assertIn("does not let", lines[2])

    def test_output_that_nobody_reads(self):
        """As for a local program: a closed pipe ends the session."""
        session = self.ssh("sari", "yes", stdout=subprocess.PIPE)
        self.assertEqual(session.popen.stdout.readline(), b"y\n")
        session.popen.stdout.close()
        self.assertEqual(session.status(), 128 + signal.SIGPIPE, session.err())
        self.see_not_confirmed("sari")

    def test_output_that_cannot_be_written(self):
        """Also when the remote command has ended before: its status would say that all went well."""
        with open("/dev/full", "wb") as full:
            for command in ("echo in", "yes"):
                session = self.ssh("sari", command, stdout=full)
                self.assertEqual(session.status(), 1)
                self.assertEqual(session.err().splitlines()[0], "cannot write the output: No space left on device")

    def test_says_what_for_by_one_rule(self):
        """The ticket given, or the reason, else the agent's only open ticket there; nothing at all is refused."""
        for words in (("ssh", self.server, "true"), ("with", self.server, "--", "true"), ("lock", "acquire", self.server)):
            refused = self.office.ask("sari", *words, expect=2)[1]
            self.assertEqual(refused, "gilir: --ticket N or --reason TEXT must say what it is for.\n")
        first = self.office.add_ticket("Printer trouble", self.server)
        self.office.ask(None, "ticket", "assign", first, "sari")
        said = self.office.ask("sari", "with", self.server, "--", "true")[1]
        self.assertEqual(said, f"for #{first}, your only open ticket at {self.server}: Printer trouble\n")
        ssh = self.start("sari", "ssh", "-i", self.target.key("sari"), self.server, "true")
        self.assertEqual((ssh.status(), ssh.err()), (0, said))
        self.assertEqual(self.office.fact("sari", "lock", "acquire", self.server)["ticket"], first)
        self.office.ask("sari", "lock", "release", self.server)
        self.assertEqual(self.office.ask("sari", "with", self.server, "--reason", "a test", "--", "true")[1], "")
        self.office.ask("dewi", "with", self.server, "--", "true", expect=2)
        second = self.office.add_ticket("Scanner trouble", self.server)
        self.office.ask(None, "ticket", "assign", second, "sari")
        self.office.ask("sari", "with", self.server, "--", "true", expect=2)
        anywhere = self.office.fact(None, "ticket", "new", "-t", "Of no server")["number"]
        self.office.ask("sari", "with", self.server, "--ticket", anywhere, "--", "true")

    def test_standard_descriptors_that_are_closed(self):
        """What is opened first would get their numbers."""
        ssh = self.office.command("ssh", "--reason=x", "-i", self.target.key("sari"), self.server, "cat; echo in; echo there >&2; exit 3")
        around = self.office.command("with", self.server, "--reason=x", "--", "sh", "-c", "cat; echo in; echo there >&2; exit 3")
        for program in (ssh, around):
            for closed, out, err in (("<&-", "in\n", "there\n"), (">&-", "", "there\n"), ("2>&-", "in\n", ""),
                                     ("<&- >&- 2>&-", "", "")):
                session = self.start_program("sari", "sh", "-c", f'exec "$@" {closed}', "sh", *program)
                self.assertEqual((session.status(10), session.out()), (3, out), closed)
                # A program on this machine may say for itself that it has nowhere to write.
                self.assertIn(err, session.err(), closed)
                if program is ssh:
                    self.assertEqual(session.err(), err, closed)

    def test_few_open_files_are_enough_or_are_said_to_be_too_few(self):
        def run_with(limit):
            session = self.ssh("sari", "echo in", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
            return session.status(), session.out(), session.err()

        self.assertEqual(run_with(64), (0, "in\n", ""))
        for limit in range(30, 14, -1):
            status, out, err = run_with(limit)
            if status == 0:
                self.assertEqual((out, err), ("in\n", ""))
            else:
                self.assertIn(status, (1, 255), err)
                self.assertIn("Too many open files", err)
            eventually(lambda: self.office.is_free(self.server), "nothing is left of it")

    def test_second_session_of_the_same_agent(self):
        holder = self.log_in("sari")
        error = self.office.refusal("sari", "ssh", "--reason=x", "-i", self.target.key("sari"), self.server, "true", expect=75)
        self.assertEqual(error["code"], "own_session")
        self.assertEqual(error["details"]["pid"], holder.pid)
        self.assertIn(str(holder.pid), error["message"])
        error = self.office.refusal("sari", "with", self.server, "--reason", "a test", "--", "true", expect=75)
        self.assertEqual(error["code"], "own_session")
        self.assertFalse(holder.is_over())
        holder.send(signal.SIGTERM)
        holder.status()

    def test_refusal_names_the_holder_and_the_status_can_be_chosen(self):
        ticket = self.office.add_ticket("The queue is stuck", self.server)
        holder = self.ssh("sari", "echo in; exec sleep 300", options=["--ticket", ticket]).says("in")
        error = self.office.refusal("dewi", "ssh", "--reason", "a test", self.server, "true", expect=75)
        self.assertEqual(error["code"], "held")
        self.assertEqual(error["details"]["lock"]["holders"][0]["agent"], "sari")
        self.assertEqual(error["details"]["lock"]["holders"][0]["holds"][0]["ticket"], ticket)
        self.office.ask("dewi", "ssh", "--reason", "a test", "--held-exit", 9, self.server, "true", expect=9)
        holder.send(signal.SIGTERM)
        holder.status()

    def test_wait_that_runs_out_and_wait_that_is_interrupted(self):
        holder = self.log_in("sari")
        waiter = self.ssh("dewi", "true", options=["--wait=1s"])
        self.assertEqual(waiter.status(), 75, waiter.err())
        waiter = self.wait_in_line("dewi")
        waiter.send(signal.SIGINT)
        self.assertEqual(waiter.status(), 128 + signal.SIGINT, waiter.err())
        self.assertEqual(self.office.lock(self.server)["line"], [])
        holder.send(signal.SIGTERM)
        holder.status()

    def test_outcome_file(self):
        path = self.scratch / "outcome"

        def outcome(command, agent="sari"):
            self.ssh(agent, command, options=["--outcome", path]).status()
            return json.loads(path.read_text(encoding="utf-8"))

        self.assertEqual(outcome("exit 75"), {"ran": True, "status": 75, "lease_lost": False})
        holder = self.log_in("rani")
        self.assertEqual(outcome("exit 0"), {"ran": False, "status": 75, "lease_lost": False})
        holder.send(signal.SIGTERM)
        holder.status()

    def test_log_of_the_session(self):
        session = self.ssh("sari", "cat; exit 7", stdin=subprocess.PIPE)
        session.type(b"12345")
        session.popen.stdin.close()
        self.assertEqual(session.status(), 7)
        (started,), (ended,) = self.events("session.started"), self.events("session.ended")
        self.assertEqual(started["command"], "cat; exit 7")
        self.assertEqual((ended["exit_status"], ended["bytes_in"], ended["bytes_out"]), (7, 5, 5))


class Bytes(OfficeTest):
    """A hundred megabytes in each direction, under the lock that is renewed meanwhile."""

    server_options = ("--term", "10s")

    def make_file(self):
        """Bytes that do not repeat, and their sum."""
        path, digest = self.scratch / "bytes", hashlib.sha256()
        with open(path, "wb") as file:
            for _ in range(MEGABYTES):
                block = os.urandom(1 << 20)
                digest.update(block)
                file.write(block)
        return path, digest.hexdigest()

    def test_hundred_megabytes_both_ways(self):
        path, digest = self.make_file()
        copy = self.scratch / "copy"
        with open(path, "rb") as file:
            there = self.ssh("sari", f"tee {copy} | sha256sum", stdin=file)
            self.assertEqual((there.status(300), there.out(), there.err()), (0, f"{digest}  -\n", ""))
        self.assertEqual(copy.stat().st_size, MEGABYTES << 20)
        with open(self.scratch / "back", "w+b") as back:
            session = self.ssh("sari", f"cat {copy}", stdout=back)
            self.assertEqual((session.status(300), session.err()), (0, ""))
            back.seek(0)
            self.assertEqual(hashlib.file_digest(back, "sha256").hexdigest(), digest)

    def test_through_pipes_in_both_directions_at_once(self):
        path, digest = self.make_file()
        with open(path, "rb") as file:
            sender = subprocess.Popen(["cat"], stdin=file, stdout=subprocess.PIPE)
            session = self.ssh("sari", "cat", stdin=sender.stdout, stdout=subprocess.PIPE)
            sender.stdout.close()
            with session.popen.stdout as back:
                came_back = hashlib.sha256()
                while block := back.read(1 << 20):
                    came_back.update(block)
            sender.wait()
        self.assertEqual((session.status(), session.err(), came_back.hexdigest()), (0, "", digest))


if __name__ == "__main__":
    unittest.main()
