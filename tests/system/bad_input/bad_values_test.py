"""Particular bad values: the exit code, the error code that scripts read, and words that a person understands."""

import json
import re
import unittest

from hostile import BIDI, ESCAPES, FORMULA, INVALID, LINE, HostileCase, shown

# A word of the command line is at most 128 KiB on Linux; what is longer comes through standard input.
LONGEST_WORD = "x" * (128 * 1024 - 1)
HUGE = "99999999999999999999"
NAME_RULE = "letters, digits, dot, underscore and dash"
NO_NUMBER = "wants a ticket's number such as 41"

# Command line, exit code, error code, and a pattern that its message or hint matches.
TICKET_NUMBERS = [(("ticket", "show", "--", number), 2, "usage", re.escape(NO_NUMBER)) for number in (
    "0", "-1", HUGE, "1e9", "41-", "-41", "43-41", "", "#", "#0", "1,", "1,,2", "1.5", "+1", "0x1", "1 2", "٣", "1-2-3",
    LINE)] + [
    (("ticket", "show", "1-99999999"), 2, "usage", "more than 10000 tickets"),
    (("ticket", "show", "4-900"), 3, "not_found", "no ticket #6"),
    (("ticket", "show", "9007199254740992"), 3, "not_found", "no ticket #9007199254740992"),
    (("ticket", "show", "9007199254740993"), 2, "usage", re.escape(NO_NUMBER)),
    (("ticket", "show", "-1"), 2, "usage", "no option -1 here"),
    (("ticket", "merge", "1", "--into", "1-2"), 2, "usage", "--into wants a ticket's number"),
    (("ticket", "merge", "1", "--into", "1"), 5, "merge_loop", "cannot be merged into itself"),
    (("ticket", "duplicates", "1-2"), 2, "usage", "wants one ticket"),
]
NUMBERS = [(("ticket", "list", "--limit", n), 2, "usage", "--limit wants a number from 1 to 1000") for n in (
    "0", "-1", HUGE, "1e3", "", "1001", "1 ", "+5")] + [
    (("log", "--after", n), 2, "usage", "--after wants a number from 0") for n in ("-1", HUGE, "x")] + [
    (("agent", "add", "budi", "--tier", n), 2, "usage", "--tier wants a number from 1 to 9") for n in ("0", "10", "-1", "")] + [
    (("server", "edit", "app-1", "--seats", n), 2, "usage", "--seats wants a number from 1 to 64") for n in ("0", "-1", HUGE)] + [
    (("ticket", "start", "2", "--if-version", n), 2, "usage", "--if-version wants a number from 1") for n in ("0", "-1", HUGE)] + [
    (("ticket", "start", "2", "--if-version", "9007199254740992"), 5, "version_moved", "ticket show 2"),
    (("lock", "release", "kantor-123", "--hold", "0"), 2, "usage", "--hold wants a number from 1"),
    (("lock", "release", "kantor-123", "--hold", "9007199254740992"), 76, "lost", "kantor-123"),
    (("log", "verify", "--head", "1:zz"), 2, "usage", "NUMBER:HASH"),
    (("log", "verify", "--head", "999999:" + "0" * 64), 1, "chain_broken", "999999"),
]
DURATIONS = [(("lock", "acquire", "app-1", "--reason", "x", "--for", d), 2, "usage", "--for wants a duration such as 30m") for d in (
    "0", "0s", "-1", "-1h", "1", "1x", "30 min ago", "1.5h", "9999999d", HUGE + "h", "", "30m 1h", "m", "tomorrow")] + [
    (("lock", "acquire", "app-1", "--reason", "x", "--wait=" + d), 2, "usage", "--wait wants a duration") for d in ("0", "-1", "x")] + [
    (("server", "edit", "app-1", "--term", d), 2, None, pattern) for d, pattern in (
        ("0s", "--term wants a duration"), ("1s", "from 2 to 3600 seconds"), ("2h", "at most 3600 seconds"),
        (HUGE + "s", "--term wants a duration"))]
TEXTS = [
    (("ticket", "new", "-t", LONGEST_WORD, "-m", ""), 2, "invalid", "title: is 131071 bytes long, at most 500"),
    (("ticket", "new", "-t", "", "-m", "x"), 2, "invalid", "title: is empty"),
    (("ticket", "new", "-t", " \t\n ", "-m", "x"), 2, "invalid", "title: is empty"),
    (("ticket", "new", "-t", "x", "-F", "no-such-file"), 2, "usage", "cannot read no-such-file"),
    (("ticket", "new", "-t", "x", "-F", "/dev/zero"), 2, "usage", "longer than 262144 bytes"),
    (("ticket", "new", "-m", "x"), 2, "usage", "--title"),
    (("ticket", "new", "-t", "x", "-m", "x", "--category", FORMULA), 2, "invalid", "category"),
    (("ticket", "new", "-t", "x", "-m", "x", "--reporter", "x" * 65, "--office", "x"), 2, "invalid", "at most 64"),
    (("ticket", "new", "-t", "x", "-m", "x", "--request-id", ""), 2, "usage", "from 1 to 128"),
    (("ticket", "new", "-t", "x", "-m", "x", "--request-id", "x" * 129), 2, "usage", "from 1 to 128"),
    (("ticket", "note", "1", "-m", ""), 2, None, "empty"),
    (("ticket", "note", "1"), 2, "usage", "-m TEXT"),
    (("lock", "acquire", "app-1"), 2, "usage", "--reason TEXT"),
    (("lock", "acquire", "app-1", "--reason", "x" * 501), 2, "invalid", "at most 500"),
]
NAMES = [((noun, "add", *rest, "--", name), 2, "invalid", NAME_RULE)
         for noun, rest in (("agent", ("--tier", "1")), ("server", ("--address", "h")))
         for name in ("", "-x", "--help", "a b", "../x", ".", "..", "a/b", "a\nb", "é", ESCAPES, BIDI, FORMULA)] + [
    (("agent", "add", "x" * 65, "--tier", "1"), 2, "invalid", "65 bytes long, at most 64"),
    (("agent", "add", "-x", "--tier", "1"), 2, "usage", "no option -x here"),
    (("agent", "add", "dewi", "--tier", "1"), 5, "exists", "the agent dewi exists already"),
    (("reporter", "add", ""), 2, "invalid", "NAME: is empty"),
] + [(("server", "add", "new", "--address", address), 2, "usage", "HOST, HOST:PORT") for address in (
    "", "-oProxyCommand=x", ":22", "h:0", "h:65536", "h:" + HUGE, "h:", "[::1", "[::1]:x", "a b", "a;b", "$(x)", "/x", BIDI)] + [
    (("server", "add", "new", "--address", "h", "--user", user), 2, "invalid", "login name")
    for user in ("-oProxyCommand=x", " a", "a\nb", ESCAPES, b"caf\xe9")] + [
    (("server", "trust", "app-1", "--key", "ssh-ed25519 AAAA"), 2, "invalid", "not such a key"),
    (("server", "trust", "app-1", "--key", "no-such-file"), 2, "usage", "cannot read no-such-file"),
]
UNKNOWN = [
    (("tickt",), 2, "usage", "Did you mean tick, ticket"),
    (("ticket", "lst"), 2, "usage", "Did you mean list"),
    (("ticket", "list", "--limt", "3"), 2, "usage", "Did you mean --limit"),
    (("ticket", "list", "--lim", "3"), 2, "usage", "no option --lim here"),
    (("ticket", "list", "--json=numbr"), 2, "usage", "Did you mean number"),
    (("ticket", "list", "--json=nosuch"), 2, "usage", "--json=help lists them"),
    (("ticket", "list", "--json=,"), 2, "usage", "no field"),
    (("ticket", "list", "extra"), 2, "usage", "one word too many: extra"),
    (("ticket", "list", "--status", "opn"), 2, "usage", "one of new, assigned"),
    (("ticket", "list", "--sort", "x"), 2, "usage", "one of number, created"),
    (("ticket", "list", "--format", "xml"), 2, "usage", "one of plain, ids, csv"),
    (("ticket", "list", "--color", "blue"), 2, "usage", "one of auto, always, never"),
    (("ticket", "list", "--assignee", "sar"), 3, "not_found", "Did you mean sari"),
    (("server", "show", "kantor-12"), 3, "not_found", "Did you mean kantor-123"),
    (("lock", "acquire", "kantor-12", "--reason", "x"), 3, "not_found", "Did you mean kantor-123"),
    (("with", "kantor-12", "--reason", "x", "--", "true"), 3, "not_found", "Did you mean kantor-123"),
    (("agent", "show", "sary"), 3, "not_found", "Did you mean sari"),
    (("ticket", "assign", "1", "sary"), 3, "not_found", "Did you mean sari"),
    (("ticket", "new", "-t", "x", "-m", "x", "--server", "ap-1"), 3, "not_found", "Did you mean app-1"),
    (("ticket", "new", "-t", "x", "-m", "x", "--reporter", "Nobody"), 3, "not_found", "no reporter Nobody"),
    (("ticket", "list", "--as", "nobody"), 3, "not_found", "no agent nobody"),
    ((LINE,), 2, "usage", "no command"),
    ((INVALID,), 2, "usage", "no command"),
    (("",), 2, "usage", "no command"),
    (("ticket", "list", *["x"] * 20000), 2, "usage", "too many"),
]
SHAPE = [
    (("ticket", "list", "--limit"), 2, "usage", "--limit wants a value: --limit N"),
    (("ticket", "new", "-t"), 2, "usage", "-t wants a value: -t TITLE"),
    (("ticket", "list", "--limit", "1", "--limit", "2"), 2, "usage", "--limit is given twice"),
    (("ticket", "new", "-t", "a", "--title", "b"), 2, "usage", "--title is given twice"),
    (("ticket", "new", "-t", "a", "-m", "b", "-F", "-"), 2, "usage", "do not go together"),
    (("ticket", "list", "--count=3"), 2, "usage", "--count takes no value"),
    (("ticket", "list", "--desk", ""), 2, "usage", "--desk wants a value"),
    (("ticket", "list", "--desk", "ssh://host/desk"), 69, "unreachable", "directories of this machine"),
    (("ticket", "assign", "1"), 2, "usage", "AGENT is missing"),
    (("ticket", "merge", "1"), 2, "usage", "--into is missing"),
    (("with", "app-1", "--reason", "x"), 2, "usage", "CMD is missing|COMMAND is missing"),
    (("with", "--reason", "x", "--", "true"), 2, "usage", "SERVER is missing"),
    (("with", "app-1", "--reason", "x", "--", "/no/such"), 127, "cannot_run", "cannot run /no/such"),
    (("with", "app-1", "--reason", "x", "--", "/etc/passwd"), 126, "cannot_run", "Permission denied"),
    (("with", "app-1", "--reason", "x", "--held-exit", "256", "--", "true"), 2, "usage", "--held-exit wants a number"),
]


class BadValues(HostileCase):
    def setUp(self):
        super().setUp()
        self.make_hostile_desk()

    def refuse(self, words, code, error_code, pattern, given=b""):
        """Runs a command for people and for a script, and compares how it is refused."""
        for_people = self.gilir(*words, given=given)
        picks_fields = any(str(word).startswith("--json") for word in words)
        for_scripts = for_people if picks_fields else self.gilir("--json", *words, given=given)
        with self.subTest(command=shown(words)):
            self.check(for_people)
            self.check(for_scripts)
            self.assertEqual((for_people.code, for_scripts.code), (code, code), for_people.errors[:300])
            error = for_scripts.error()
            if error_code is not None:
                self.assertEqual(error["code"], error_code)
            self.assertRegex(f"{error['message']}. {error['hint']}", pattern)
            self.assertLess(len(for_people.errors), 2000 if len(words[-1]) < 2000 else 300_000)

    def refuse_all(self, table):
        before = self.do("log", "--json", "--limit", "1").out
        for row in table:
            self.refuse(*row)
        self.assertEqual(self.do("log", "--json", "--limit", "1").out, before, "something refused left a trace")

    def test_refuses_what_is_no_ticket_number(self):
        self.refuse_all(TICKET_NUMBERS)

    def test_refuses_absurd_numbers(self):
        self.refuse_all(NUMBERS)

    def test_refuses_absurd_durations(self):
        self.refuse_all(DURATIONS)

    def test_refuses_texts_that_are_too_long_or_empty(self):
        self.refuse_all(TEXTS)

    def test_refuses_names_that_could_be_options_or_paths(self):
        self.refuse_all(NAMES)

    def test_names_what_is_near_to_the_unknown(self):
        self.refuse_all(UNKNOWN)

    def test_refuses_command_lines_of_the_wrong_shape(self):
        self.refuse_all([row for row in SHAPE if row[0][0] != "with"])
        for row in SHAPE:
            if row[0][0] == "with":
                self.refuse(*row)

    def test_refuses_bad_standard_input(self):
        for given, code, error_code, pattern in (
            (b"x" * (1 << 20), 2, "usage", "longer than 262144 bytes"), (b"x" * (300 << 10), 2, "usage", "longer than"),
        ):
            self.refuse(("ticket", "new", "-t", "x", "-F", "-"), code, error_code, pattern, given)
            self.refuse(("ticket", "note", "1", "-F", "-"), code, error_code, pattern, given)
        for given in (b"\xff\n", b"1\n-2\n", b"1\n" + ESCAPES.encode(), b"0\n", b"x" * 100_000):
            self.refuse(("ticket", "show", "-"), 2, "usage", NO_NUMBER + "|longer than 500 bytes", given)

    def test_reads_many_numbers_from_standard_input_in_time(self):
        many = "".join(f"{number}\n" for number in range(1, 10_001)).encode()
        run = self.gilir("ticket", "show", "-", given=many)
        self.assertEqual(run.code, 3, run.errors)
        self.assertLess(run.work_s, 2)
        self.refuse(("ticket", "show", "-"), 2, "usage", "more than 10000", many + b"10001\n")
        self.refuse(("ticket", "show", "-"), 2, "usage", "standard input is longer than 262144 bytes", b"1\n" * 200_000)
        self.assertEqual(self.gilir("ticket", "show", "-", given=b"\xef\xbb\xbf9999\n").code, 3)

    def test_takes_texts_of_any_bytes_and_says_what_it_stored(self):
        for given in (b"a\xff\xfeb", b"a\0\0b"):
            run = self.do("ticket", "new", "-t", INVALID, "--json=number", "-F", "-", given=given)
            answer = json.loads(run.out)
            self.assertTrue(answer["mended"])
            self.assertIn("stored as \ufffd", run.errors.decode())
            shown = json.loads(self.do("ticket", "show", str(answer["data"]["number"]), "--json=title,body").out)["data"]
            self.assertEqual(shown["body"], "a\ufffd\ufffdb")
            self.assertIn("\ufffd", shown["title"])

    def test_takes_texts_of_the_longest_length_that_is_allowed(self):
        self.do("ticket", "new", "-t", "é" * 250, "-F", "-", given=b"x" * (256 << 10))
        self.do("agent", "add", "x" * 64, "--tier", "9")


if __name__ == "__main__":
    unittest.main()
