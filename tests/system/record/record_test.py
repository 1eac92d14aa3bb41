"""The reader of the target's record, with seeded violations: what must never pass as fine."""

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader("record", str(pathlib.Path(__file__).with_name("record")))
record = importlib.util.module_from_spec(importlib.util.spec_from_loader("record", LOADER))
sys.modules["record"] = record
LOADER.exec_module(record)
AGENTS = {"sari": "SHA256:sari", "budi": "SHA256:budi", "dewi": "SHA256:dewi"}


class Log:
    """Writes what sshd 9.2 writes, with or without the pids that LogVerbose adds."""

    def __init__(self, pids=True):
        self.pids = pids
        self.lines = ["Server listening on 127.0.0.1 port 2222."]

    def say(self, text, pid=None, place="auth.c:auth_log():298"):
        self.lines.append(f"{place} (pid={pid}): {text}" if pid and self.pids else text)
        return self

    def comes_in(self, agent, port, pid=None, user="budi"):
        pid = pid or port + 100
        self.say(f'Connection from 127.0.0.1 port {port} on 127.0.0.1 port 2222 rdomain ""')
        self.say(f"Accepted key ED25519 SHA256:{agent} found at /t/authorized_keys:1")
        self.say(f"Postponed publickey for {user} from 127.0.0.1 port {port} ssh2 [preauth]", pid + 1)
        return self.say(f"Accepted publickey for {user} from 127.0.0.1 port {port} ssh2: ED25519 SHA256:{agent}", pid)

    def serves_in(self, port, child):
        return self.say(f"User child is on pid {child}", port + 100, "sshd.c:privsep_postauth():577")

    def says_goodbye(self, port):
        self.say(f"Received disconnect from 127.0.0.1 port {port}:11: disconnected by user")
        self.say(f"Disconnected from user budi 127.0.0.1 port {port}", port + 100, "packet.c:sshpkt_vfatal():1916")
        return self.cleans_up(port + 100)

    def vanishes(self, port):
        self.say(f"Connection closed by 127.0.0.1 port {port}", port + 100, "serverloop.c:process_input():295")
        return self.say(f"Close session: user budi from 127.0.0.1 port {port} id 0")

    def is_thrown_out(self, port):
        self.say("Exiting on signal 15", port + 100, "serverloop.c:server_loop2():390")
        return self.cleans_up(port + 100)

    def cleans_up(self, pid):
        if self.pids:
            self.lines.append(f"debug1: session.c:do_cleanup():2658 (pid={pid}): do_cleanup")
        return self

    def stops(self):
        return self.say("Received signal 15; terminating.")

    def text(self):
        return "".join(line + "\r\n" for line in self.lines)


class RecordCase(unittest.TestCase):
    def read(self, log, *options):
        """Runs the reader; returns its exit status, its output and its errors."""
        with tempfile.TemporaryDirectory() as folder:
            directory = pathlib.Path(folder)
            directory.joinpath("agents").write_text("".join(f"{n} {k}\n" for n, k in AGENTS.items()))
            text = log if isinstance(log, str) else log.text()
            directory.joinpath("sshd.log").write_text(text, newline="")
            if "--times" in options:
                directory.joinpath("times").write_text("1000.0 10\n1000.5 100000\n")
                options = [option for option in options if option != "--times"]
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = record.main([str(directory / "sshd.log"), *options])
        return status, out.getvalue(), err.getvalue()

    def data(self, log, *options):
        return json.loads(self.read(log, "--json", *options)[1])["data"]

    def assert_fine(self, log, *options):
        status, out, err = self.read(log, *options)
        self.assertEqual((status, err), (0, ""), out)

    def assert_violation(self, log, text, *options):
        status, out, err = self.read(log, *options)
        self.assertEqual((status, err), (1, ""), out)
        self.assertIn(text, out)

    def assert_not_judged(self, log, text, *options):
        status, out, err = self.read(log, *options)
        self.assertEqual((status, out), (2, ""), err)
        self.assertIn(text, err)


class Record(RecordCase):
    def test_agents_in_turn_are_fine(self):
        log = Log().comes_in("sari", 1).says_goodbye(1).comes_in("budi", 2).says_goodbye(2).stops()
        self.assert_fine(log)
        logins = self.data(log)["logins"]
        self.assertEqual([(x["agent"], x["ended"]) for x in logins], [("sari", "clean"), ("budi", "clean")])

    def test_a_server_nobody_logged_in_to_is_fine(self):
        self.assert_fine(Log().stops())

    def test_two_agents_at_once_are_a_violation(self):
        log = Log().comes_in("sari", 1).comes_in("budi", 2).says_goodbye(1).says_goodbye(2).stops()
        self.assert_violation(log, "budi and sari were in at once")
        self.assertEqual(self.data(log)["agents_at_once"], 2)

    def test_interleaved_logins_are_each_followed_to_their_own_end(self):
        log = Log().comes_in("sari", 1).comes_in("budi", 2).says_goodbye(2).comes_in("dewi", 3).is_thrown_out(1)
        log.says_goodbye(3).stops()
        self.assert_violation(log, "dewi and sari were in at once")
        ended = {x["agent"]: x["ended"] for x in self.data(log)["logins"]}
        self.assertEqual(ended, {"sari": "thrown out", "budi": "clean", "dewi": "clean"})

    def test_a_thrown_out_login_is_a_violation_and_names_who_came(self):
        log = Log().comes_in("sari", 1).comes_in("budi", 2).is_thrown_out(1).says_goodbye(2).stops()
        self.assert_violation(log, "sari was thrown out")
        self.assertEqual(self.data(log)["logins"][0]["thrown_out_by"], "budi")

    def test_a_login_thrown_out_with_nobody_else_in_is_a_violation(self):
        self.assert_violation(Log().comes_in("sari", 1).is_thrown_out(1).stops(), "sari was thrown out")

    def test_without_pids_the_oldest_login_is_the_one_thrown_out(self):
        log = Log(pids=False).comes_in("sari", 1).comes_in("budi", 2).is_thrown_out(1).says_goodbye(2).stops()
        self.assert_violation(log, "sari was thrown out")

    def test_a_session_killed_behind_its_monitor_is_thrown_out(self):
        log = Log().comes_in("sari", 1).serves_in(1, 900).cleans_up(101).stops()
        self.assert_violation(log, "sari was thrown out")

    def test_a_client_that_vanishes_is_not_thrown_out(self):
        log = Log().comes_in("sari", 1).vanishes(1).comes_in("budi", 2).says_goodbye(2).stops()
        self.assert_fine(log)
        self.assertEqual(self.data(log)["logins"][0]["ended"], "dropped")

    def test_a_session_that_ends_with_the_server_is_not_thrown_out(self):
        log = Log().comes_in("sari", 1).stops().is_thrown_out(1)
        self.assert_fine(log)
        self.assertEqual(self.data(log)["logins"][0]["ended"], "stopped")

    def test_a_login_that_gets_through_while_the_server_stops_still_counts(self):
        log = Log().comes_in("sari", 1).stops().comes_in("budi", 2).is_thrown_out(1).says_goodbye(2).stops()
        self.assert_violation(log, "sari was thrown out")

    def test_the_same_agent_twice_at_once_is_a_violation_at_a_one_login_server(self):
        log = Log().comes_in("sari", 1).comes_in("sari", 2).says_goodbye(1).says_goodbye(2).stops()
        self.assert_violation(log, "one agent was in 2 times at once")
        self.assertEqual(self.data(log)["agents_at_once"], 1)
        self.assert_fine(log, "--logins", "many")

    def test_the_same_agent_again_later_is_fine(self):
        self.assert_fine(Log().comes_in("sari", 1).says_goodbye(1).comes_in("sari", 2).says_goodbye(2).stops())

    def test_a_port_used_again_after_its_end_is_another_login(self):
        log = Log().comes_in("sari", 1).says_goodbye(1).comes_in("budi", 1).says_goodbye(1).stops()
        self.assert_fine(log)
        self.assertEqual(len(self.data(log)["logins"]), 2)

    def test_a_port_used_again_without_an_end_cannot_be_judged(self):
        log = Log().comes_in("sari", 1).comes_in("budi", 1, pid=777).says_goodbye(1).stops()
        self.assert_not_judged(log, "port 1 logs in again")

    def test_a_login_without_an_end_cannot_be_judged(self):
        log = Log().comes_in("sari", 1).comes_in("budi", 2).says_goodbye(2).stops()
        self.assert_not_judged(log, "the login of sari has no end")

    def test_an_empty_log_cannot_be_judged(self):
        self.assert_not_judged("", "empty")

    def test_a_missing_log_cannot_be_judged(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(record.main(["/nonexistent/sshd.log"]), 2)

    def test_a_log_cut_off_anywhere_is_never_fine(self):
        whole = Log().comes_in("sari", 1).says_goodbye(1).comes_in("budi", 2).says_goodbye(2).stops().text()
        lines = whole.splitlines(keepends=True)
        for kept in range(len(lines)):
            self.assert_not_judged("".join(lines[:kept]), "cannot be judged")
        self.assert_not_judged(whole[:-3], "in the middle of a line")

    def test_a_log_without_its_beginning_cannot_be_judged(self):
        log = Log().comes_in("sari", 1).says_goodbye(1).stops()
        del log.lines[0]
        self.assert_not_judged(log, "the log's beginning is missing")

    def test_a_key_that_is_no_agents_is_a_violation(self):
        self.assert_violation(Log().comes_in("stranger", 1).says_goodbye(1).stops(), "no agent's")

    def test_a_login_without_a_key_cannot_be_judged(self):
        log = Log().say("Accepted password for budi from 127.0.0.1 port 7 ssh2").stops()
        self.assert_not_judged(log, "without a key")

    def test_connections_that_never_log_in_do_not_count(self):
        log = Log().say('Connection from 127.0.0.1 port 5 on 127.0.0.1 port 2222 rdomain ""')
        log.say("Connection closed by 127.0.0.1 port 5 [preauth]").comes_in("sari", 1).says_goodbye(1).stops()
        self.assertEqual(len(self.data(log)["logins"]), 1)
        self.assert_fine(log)

    def test_a_name_that_looks_like_an_ending_does_not_end_a_login(self):
        log = Log().comes_in("sari", 1).say("Invalid user Disconnected from user x 1.1.1.1 port 1 from 127.0.0.1 port 9")
        log.comes_in("budi", 2).says_goodbye(1).says_goodbye(2).stops()
        self.assert_violation(log, "budi and sari were in at once")

    def test_expected_kicks_are_counted(self):
        log = Log().comes_in("sari", 1).comes_in("budi", 2).is_thrown_out(1)
        log.comes_in("dewi", 3).is_thrown_out(2).says_goodbye(3).stops()
        self.assertEqual(self.read(log, "--expect-kicks", "2")[0], 0)
        self.assertEqual(self.read(log, "--expect-kicks", "3")[0], 1)

    def test_a_running_server_may_have_agents_in(self):
        log = Log().comes_in("sari", 1)
        self.assert_fine(log, "--running")
        self.assertIsNone(self.data(log, "--running")["logins"][0]["ended"])

    def test_times_are_shown_when_they_were_noted(self):
        login = self.data(Log().comes_in("sari", 1).says_goodbye(1).stops(), "--times")["logins"][0]
        self.assertEqual((login["start_s"], login["end_s"]), (0.5, 0.5))


if __name__ == "__main__":
    unittest.main()
