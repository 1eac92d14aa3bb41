"""What a holder sees and can do when others ask for his lock: knock, break, steal, hand over; in a session, around a
local program, and with a lock taken by hand. The target's own record never shows two at once (OfficeTest)."""

import datetime
import json
import os
import re
import signal
import time
import unittest

from office import OfficeTest, Target, eventually
from terminal import Terminal

KEEP, HAND_OVER, LET_GO = b"\x1dk", b"\x1dh", b"\x1dl"


class AskedHolder(OfficeTest):
    server_options = ("--term", "4s")

    def setUp(self):
        super().setUp()
        self.terminal = Terminal(self, rows=24, columns=100)
        self.before = self.terminal.modes()

    def sit_at_the_server(self, agent="sari", ticket=None):
        """A shell there, at a prompt of its own."""
        inside = self.terminal.inside
        what_for = ["--ticket", ticket] if ticket else ["--reason", "a test"]
        session = self.start(agent, "ssh", "-i", self.target.key(agent), *what_for, self.server, stdin=inside,
                             stdout=inside, stderr=inside, preexec_fn=self.terminal.become_controlling)
        eventually(self.terminal.is_raw, "the terminal is raw")
        self.terminal.type(b"PS1=; stty -echo; echo re'ady'\r")
        self.terminal.shows("ready\r\n")
        return session

    def ask_for_it_at_the_terminal(self, *what_for):
        """dewi wants it at her terminal, and is asked what to do."""
        inside = self.terminal.inside
        person = self.start("dewi", "with", self.server, *what_for, "--", "echo", "in", stdin=inside, stdout=inside,
                            stderr=inside, preexec_fn=self.terminal.become_controlling)
        self.see_the_question()
        return person

    def see_the_question(self, times=1):
        """All of it: what is typed before its last row stands there answers nothing."""
        self.terminal.shows("What now?", times).shows("  leave it", times)

    def knock(self, agent="dewi"):
        return self.start(agent, "lock", "knock", self.server, "-m", "one minute, please")

    def answer(self, key):
        """When the rows have counted down for more than its first second, in which it takes no key."""
        eventually(lambda: len(set(re.findall(r"it goes in (\d+) s", self.terminal.text()))) > 2, self.terminal.text)
        self.terminal.type(key)

    def lease(self):
        return self.office.lock(self.server)["holders"][0]["lease"]

    def see_that_it_ended(self, session, status):
        self.assertEqual(session.status(), status, self.terminal.text())
        self.assertEqual(self.terminal.modes(), self.before)

    def see_that_the_program_has(self, rows):
        self.terminal.type(f"until [ \"$(stty size)\" = '{rows} 100' ]; do sleep 0.05; done; echo h'as' {rows}\r".encode())
        self.terminal.shows(f"has {rows}\r\n")

    def test_silence_gives_only_where_the_question_and_its_keys_can_be_read(self):
        self.sit_at_the_server()
        self.terminal.resize(3, 12)
        knocker = self.knock()

        def demand():
            return self.office.lock(self.server)["demands"][0]

        self.terminal.shows("dewi asks")
        eventually(lambda: demand()["expires_in_s"] < 27, "the question has stood for a while")
        self.assertEqual(demand()["silence"], "keeps")
        self.terminal.resize(24, 100)
        eventually(lambda: demand()["silence"] == "gives", "the question can be read")
        self.terminal.shows("^] then k keep, h hand over, l let go")
        self.office.ask("sari", "lock", "deny", self.server)
        self.assertEqual(knocker.status(), 75, knocker.err())

    def test_question_and_keys_can_be_read_in_a_narrow_terminal(self):
        self.terminal.resize(24, 50)
        self.sit_at_the_server()
        knocker = self.knock()
        eventually(lambda: self.office.lock(self.server)["demands"][:1] and
                   self.office.lock(self.server)["demands"][0]["silence"] == "gives", "the question can be read")
        self.terminal.shows("7min 30 s\x1b[K").shows("7mstart of a line ~k, ~h, ~l too\x1b[K")
        self.terminal.type(b"until [ \"$(stty size)\" = '19 50' ]; do sleep 0.05; done; echo h'as' 19\r")
        self.terminal.shows("has 19\r\n")
        self.office.ask("sari", "lock", "deny", self.server)
        self.assertEqual(knocker.status(), 75, knocker.err())

    def test_a_knock_stands_in_the_last_line_until_it_is_denied(self):
        session = self.sit_at_the_server()
        knocker = self.knock()
        self.terminal.shows(f"dewi asks for {self.server}; without an answer it goes in 30 s")
        # The reason stands below, in a row of its own.
        self.terminal.shows("^] then k keep, h hand over, l let go").shows("\x1b[24;1H\x1b[0;7mone minute, please")
        self.see_that_the_program_has(21)
        self.answer(KEEP)
        self.assertEqual(knocker.status(), 75, knocker.err())
        self.assertIn(f"sari keeps {self.server}", knocker.out())
        self.see_that_the_program_has(24)
        self.terminal.type(b"exit 3\r")
        self.see_that_it_ended(session, 3)
        # Nothing of the answer reached the remote shell.
        self.assertNotIn("not found", self.terminal.text())

    def test_keys_that_are_typed_when_the_row_appears_go_to_the_program(self):
        """He types them all the time, as somebody does in an editor."""
        session = self.sit_at_the_server()
        self.terminal.type(b"exec cat -v\r")
        knocker = self.knock()
        while not knocker.is_over():
            self.terminal.type(KEEP + b"\r~k\r")
            time.sleep(0.05)
        self.assertIn(f"sari keeps {self.server}", knocker.out())
        asked, kept = (next(datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
                            for event in self.office.fact(None, "lock", "history", self.server) if event["kind"] == kind)
                       for kind in ("lock.asked", "lock.demand_ended"))
        self.assertGreater((kept - asked).total_seconds(), 1)
        self.terminal.shows("^]k\r\n~k\r\n")
        session.send(signal.SIGTERM)
        self.see_that_it_ended(session, 128 + signal.SIGTERM)

    def test_what_a_knocker_writes_reaches_the_screen_escaped(self):
        session = self.sit_at_the_server()
        self.office.ask("dewi", "lock", "knock", self.server, "-m", "\x1b]0;owned\x07", "--no-wait")
        self.terminal.shows("\\x1b]0;owned\\x07")
        self.answer(KEEP)
        self.assertNotIn("\x1b]0;owned", self.terminal.text())
        self.terminal.type(b"exit\r")
        self.see_that_it_ended(session, 0)

    def test_letting_go_ends_the_session_and_the_knocker_gets_in(self):
        session = self.sit_at_the_server()
        knocker = self.knock()
        self.terminal.shows("l let go")
        self.answer(LET_GO)
        self.see_that_it_ended(session, 76)
        self.terminal.shows(f"{self.server} was given away (let go, as dewi had asked")
        self.assertEqual(knocker.status(), 0, knocker.err())
        self.assertEqual(self.wait_in_line("dewi").says("in").status(), 0)

    def test_handing_over_takes_the_ticket_along_and_goes_before_the_line(self):
        ticket = self.office.add_ticket("the disk is full", self.server)
        self.office.ask(None, "ticket", "assign", ticket, "sari")
        session = self.sit_at_the_server(ticket=ticket)
        other = self.wait_in_line("rani", "echo in")
        waiter = self.wait_in_line("dewi", "echo in; exec sleep 300")
        self.knock()
        self.terminal.shows("h hand over")
        self.answer(HAND_OVER)
        waiter.says("in")
        self.see_that_it_ended(session, 76)
        self.terminal.shows(f"{self.server} was given away (handed over)")
        self.assertEqual(self.office.fact(None, "ticket", "show", ticket)["assignee"], "dewi")
        self.assertFalse(other.is_over())
        waiter.send(signal.SIGTERM)
        other.says("in")

    def test_a_hand_over_by_command_waits_for_its_acceptance(self):
        session = self.sit_at_the_server()
        self.office.ask("sari", "lock", "hand-over", self.server, "--to", "dewi")
        self.terminal.shows(f"{self.server} waits for dewi to accept it, for ")
        self.assertIn(f"lock accept {self.server}", self.office.ask("dewi", "agent", "show", "dewi")[1])
        self.assertFalse(session.is_over())
        lease = self.office.fact("dewi", "lock", "accept", self.server)
        self.see_that_it_ended(session, 76)
        self.assertEqual(self.office.lock(self.server)["holders"][0]["lease"], lease["lease"])
        self.office.ask("dewi", "lock", "release", self.server)

    def test_a_break_without_a_warning_cuts_the_session_and_the_line_goes_on(self):
        session = self.sit_at_the_server()
        waiter = self.wait_in_line("dewi")
        self.office.ask(None, "lock", "break", self.server, "--lease", self.lease(), "--now", "-m", "the office closes")
        waiter.says("in")
        self.see_that_it_ended(session, 76)
        self.terminal.shows("the office closes")

    def test_a_break_is_announced_with_a_countdown(self):
        session = self.sit_at_the_server()
        self.office.ask("dewi", "lock", "break", self.server, "--lease", self.lease(), "-m", "the office closes")
        self.terminal.shows(f"dewi ends your lock on {self.server} in 29 s").shows("the office closes")
        self.terminal.shows(f"dewi ends your lock on {self.server} in 28 s")
        self.terminal.type(b"exit\r")
        self.see_that_it_ended(session, 0)
        self.assertTrue(self.office.is_free(self.server))

    def test_a_steal_takes_the_server_before_the_line(self):
        session = self.sit_at_the_server()
        waiter = self.wait_in_line("rani")
        self.office.ask(None, "lock", "steal", self.server, "--lease", self.lease(), "--now", "-m", "it burns")
        self.see_that_it_ended(session, 76)
        self.assertFalse(waiter.is_over())
        self.office.ask(None, "lock", "release", self.server)
        waiter.says("in")

    def test_a_program_under_the_lock_is_warned_and_ended(self):
        program = self.start("sari", "with", self.server, "--reason", "a test", "--", "sleep", "300")
        eventually(lambda: not self.office.is_free(self.server), "sari holds it")
        knocker = self.knock()
        eventually(lambda: f"dewi asks for {self.server}" in program.err(), "sari is told")
        self.office.ask("sari", "lock", "deny", self.server)
        self.assertEqual(knocker.status(), 75)
        self.office.ask(None, "lock", "break", self.server, "--lease", self.lease(), "--now", "-m", "the office closes")
        self.assertEqual(program.status(), 76)
        self.assertIn("the office closes", program.err())
        self.assertTrue(self.office.is_free(self.server))

    def test_who_works_in_windows_is_asked_through_the_desktop_and_silence_keeps_the_program(self):
        told, notifier = self.scratch / "told", self.scratch / "desktop" / "notify-send"
        notifier.parent.mkdir()
        notifier.write_text(f"#!/bin/sh\nfor word; do echo \"$word\"; done > {told}.new; mv {told}.new {told}\n",
                            encoding="ascii")
        notifier.chmod(0o755)
        inside = self.terminal.inside
        program = self.start("sari", "with", self.server, "--reason", "a test", "--", "sh", "-c",
                             "echo in; exec sleep 300", stdin=inside, stderr=inside,
                             preexec_fn=self.terminal.become_controlling,
                             environment={"DISPLAY": ":99", "PATH": f"{notifier.parent}:{os.environ['PATH']}"}).says("in")
        knocker = self.start("dewi", "lock", "knock", self.server, "-m", "<b>one minute</b> & no more")
        eventually(lambda: f"{self.server} stays with sari" in knocker.err(), knocker.err)
        self.terminal.shows("\x07")
        *_, title, text = eventually(lambda: told.exists() and told.read_text(encoding="utf-8").splitlines(), "the desktop")
        self.assertEqual(title, "gilir")
        self.assertRegex(text, rf"^dewi asks for {self.server}; without an answer within \d+ s you keep it: "
                               r"&lt;b&gt;one minute&lt;/b&gt; &amp; no more")
        self.assertEqual(knocker.status(), 75)
        self.assertIn(f"sari did not answer, and so keeps {self.server}", knocker.out())
        self.assertFalse(program.is_over())
        ended = [event for event in self.office.fact(None, "log", "--server", self.server)
                 if event["kind"] == "lock.demand_ended"]
        self.assertEqual(ended[-1]["facts"]["because"], "unanswered")
        program.send(signal.SIGTERM)
        program.status()

    def test_a_lost_lock_is_said_by_the_status_when_nobody_reads_the_words(self):
        reader, writer = os.pipe()
        outcome = self.scratch / "outcome"
        program = self.start("sari", "with", self.server, "--reason", "a test", "--outcome", outcome, "--", "sh", "-c",
                             "echo in; exec sleep 300", stderr=writer).says("in")
        os.close(writer)
        os.close(reader)
        self.office.ask(None, "lock", "break", self.server, "--lease", self.lease(), "--now", "-m", "the office closes")
        self.assertEqual(program.status(), 76)
        self.assertEqual(json.loads(outcome.read_text()), {"ran": True, "status": 143, "lease_lost": True})

    def test_a_program_goes_on_when_nobody_reads_what_its_holder_is_told(self):
        reader, writer = os.pipe()
        # The bells are not watched in the first moments.
        program = self.start("sari", "with", self.server, "--reason", "a test", "--", "sh", "-c",
                             f"sleep 0.5; echo in; until [ -e {self.scratch}/go ]; do sleep 0.05; done; exit 5",
                             stderr=writer)
        os.close(writer)
        os.close(reader)
        program.says("in")
        self.office.ask("dewi", "lock", "knock", self.server, "-m", "one minute, please", "--no-wait")
        self.office.ask("sari", "lock", "deny", self.server)
        (self.scratch / "go").touch()
        self.assertEqual(program.status(), 5)
        self.assertTrue(self.office.is_free(self.server))

    def test_a_command_without_a_terminal_gets_a_line_of_error_output(self):
        session = self.log_in("sari")
        self.office.ask("dewi", "lock", "knock", self.server, "-m", "one minute, please", "--no-wait")
        eventually(lambda: "one minute, please" in session.err(), "sari is told")
        # No key would answer here.
        self.assertIn(f"gilir lock deny {self.server}", session.err())
        self.assertNotIn("^]", session.err())
        self.office.ask("sari", "lock", "deny", self.server)

    def test_the_held_screen_lets_her_knock_and_tells_the_answer_while_she_waits(self):
        holder = self.log_in("sari")
        person = self.ask_for_it_at_the_terminal("--reason", "a test")
        self.terminal.type(b"k")
        self.terminal.shows("Why do you need it now?").type(b" \r")
        self.see_the_question(times=2)
        self.terminal.type(b"k")
        self.terminal.shows("Why do you need it now?", times=2).type(b"one minute, please\r")
        self.terminal.shows("you are next")
        eventually(lambda: "one minute, please" in holder.err(), "sari is told")
        self.office.ask("sari", "lock", "deny", self.server)
        self.terminal.shows(f"sari keeps {self.server}.")
        holder.send(signal.SIGTERM)
        self.see_that_it_ended(person, 0)

    def test_who_knocks_and_goes_away_leaves_the_holder_in_peace(self):
        session = self.log_in("sari")
        knocker = self.knock()
        eventually(lambda: "one minute, please" in session.err(), "sari is told")
        knocker.send(signal.SIGINT)
        self.assertEqual(knocker.status(), 130)
        self.assertIn("is taken back", knocker.err())
        person = self.ask_for_it_at_the_terminal("--reason", "a test")
        self.terminal.type(b"k")
        self.terminal.shows("Why do you need it now?").type(b"one minute, please\r")
        self.terminal.shows("you are next")
        self.assertEqual(len(self.office.lock(self.server)["demands"]), 1)
        person.send(signal.SIGINT)
        self.see_that_it_ended(person, 130)
        self.assertEqual(self.office.lock(self.server)["demands"], [])
        self.assertFalse(session.is_over())

    def test_the_held_screen_lets_her_merge(self):
        first, second = (self.office.add_ticket(title, self.server) for title in ("printer prints nothing", "printer dead"))
        self.office.ask("sari", "lock", "acquire", self.server, "--ticket", first)
        person = self.ask_for_it_at_the_terminal("--ticket", second)
        self.terminal.shows("merge: it is the same problem").type(b"m")
        self.terminal.shows(f'Make #{second} "printer dead" part of #{first} "printer prints nothing"?')
        self.terminal.shows(f"gilir ticket unmerge {second}").shows("[y/N]").type(b"y")
        self.see_that_it_ended(person, 5)
        self.assertEqual(self.office.fact(None, "ticket", "show", second)["merged_into"], first)
        self.office.ask("sari", "lock", "release", self.server)

    def test_the_held_screen_merges_nothing_by_keys_that_were_meant_for_the_server(self):
        first, second = (self.office.add_ticket(title, self.server) for title in ("scanner dead", "scanner scans nothing"))
        self.office.ask("sari", "lock", "acquire", self.server, "--ticket", first)
        # Ahead of the question; it waits for a key after it.
        self.terminal.type(b"make\rmy test\r")
        person = self.ask_for_it_at_the_terminal("--ticket", second)
        self.terminal.shows("merge: it is the same problem")
        # And once it stands: the first letter answers it, the rest comes before the next question is there, or is no yes.
        self.terminal.type(b"make\r")
        self.terminal.shows("[y/N]").type(b"a")
        self.see_the_question(times=2)
        self.terminal.type(b"q")
        self.see_that_it_ended(person, 75)
        self.assertIsNone(self.office.fact(None, "ticket", "show", second).get("merged_into"))
        self.office.ask("sari", "lock", "release", self.server)

    def test_the_held_screen_says_that_a_merge_is_for_two_reporters(self):
        first = self.office.add_ticket("printer prints nothing", self.server)
        second = self.office.add_ticket("printer dead", self.server, "Rina")
        self.office.ask("sari", "lock", "acquire", self.server, "--ticket", first)
        advice = self.office.ask("dewi", "with", self.server, "--ticket", second, "--", "true", expect=75)[1]
        self.assertIn(f"gilir ticket merge {second} --into {first} --cross-reporter", advice)
        person = self.ask_for_it_at_the_terminal("--ticket", second)
        self.terminal.shows("both reporters will read one answer").type(b"m")
        self.terminal.shows("[y/N]").type(b"y")
        self.see_that_it_ended(person, 5)
        self.assertEqual(self.office.fact(None, "ticket", "show", second)["merged_into"], first)
        self.office.ask("sari", "lock", "release", self.server)

    def test_the_held_screen_lets_her_watch_until_it_is_free(self):
        self.office.ask("sari", "lock", "acquire", self.server, "--reason", "a test")
        person = self.ask_for_it_at_the_terminal("--reason", "a test")
        self.terminal.type(b"t")
        self.terminal.shows(f"Watching {self.server}")
        self.office.ask("sari", "lock", "release", self.server)
        self.terminal.shows(f"gave {self.server} back")
        self.see_that_it_ended(person, 0)

    def test_the_held_screen_lets_her_accept_what_is_handed_over_to_her(self):
        self.office.ask("sari", "lock", "acquire", self.server, "--reason", "a test")
        self.office.ask("sari", "lock", "hand-over", self.server, "--to", "dewi")
        person = self.ask_for_it_at_the_terminal("--reason", "a test")
        self.terminal.shows("accept: sari hands it over to you").type(b"a")
        self.see_that_it_ended(person, 0)
        self.assertIn("in", self.terminal.text().rpartition("leave it")[2])

    def test_who_logs_in_with_a_wait_accepts_what_is_handed_over_to_them(self):
        session = self.log_in("sari")
        self.office.ask("sari", "lock", "hand-over", self.server, "--to", "dewi")
        taker = self.ssh("dewi", "echo in", options=["--wait=20s"])
        self.assertEqual(taker.status(), 0, taker.err())
        self.assertEqual(session.status(), 76, session.err())
        self.assertIn("was given away (handed over", session.err())

    def test_the_held_screen_may_be_left(self):
        self.office.ask("sari", "lock", "acquire", self.server, "--reason", "a test")
        person = self.ask_for_it_at_the_terminal("--reason", "a test")
        self.terminal.type(b"q")
        self.see_that_it_ended(person, 75)
        self.office.ask("sari", "lock", "release", self.server)


class AskedHolderOfALongTerm(OfficeTest):
    server_options = ("--term", "1h", "--lock-delay", "2s")

    def test_a_break_cuts_when_its_countdown_ends_though_nobody_else_looks(self):
        session = self.log_in("sari")
        lease = self.office.lock(self.server)["holders"][0]["lease"]
        self.office.ask("dewi", "lock", "break", self.server, "--lease", lease, "-m", "the office closes")
        self.assertEqual(session.status(), 76)
        self.assertIn("the office closes", session.err())
        self.see_not_confirmed("sari")


if __name__ == "__main__":
    unittest.main()
