"""What people see: every screen fits the terminal, and colours only where they are wanted, from a short list."""

import re
import unicodedata
import unittest

import commands
from terminal_test import Terminal as OnTerminal

SGR = re.compile(r"\x1b\[([0-9;]*)m")
# Bold, dim, green, magenta, red; of 256 colours four with a contrast of 4:1 against black and against white. No yellow,
# blue, cyan, white or bright one: on a light or on a dark background they cannot be read.
LOOKS = {"0", "1", "2", "31", "32", "35", "38;5;28", "38;5;130", "1;38;5;196", "38;5;31"}
NARROW, USUAL, WIDE = 60, 80, 200
TITLE = "VPN drops every ten minutes for everybody on the second floor, since the switch was replaced last Thursday"
BODY = ("Since this morning nothing comes out of it. Please help quickly, customers are waiting; I have switched it off "
        "and on again three times.\n\n  lpstat: printer disabled since Tue 24 Nov 2026 08:12:11 WIB - reason unknown\n")


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


class Screens(OnTerminal):
    def make_desk(self):
        """A desk as an office has it: long titles, wide and combining characters, a merge, a lock that others want."""
        self.do("init", "--agent", "sari", "--name", "Balai layanan TI Kabupaten Sleman")
        for agent, tier in (("dewi", "1"), ("bambang-pamungkas-wijaya", "2"), ("rina", "2")):
            self.do("agent", "add", agent, "--tier", tier)
        for server in ("kantor-123", "kantor-204-lantai-dua", "app-1"):
            self.do("server", "add", server, "--address", f"{server}.dinas.sleman.example", "--user", "admin")
        self.do("category", "add", "network", "--about", "Cables, wireless, VPN; also the printers of the archive, for now")
        people = ("--reporter", "I Gusti Ayu Made Puspita Dewi", "--office", "Kantor Kecamatan Ngaglik Utara")
        for title in (TITLE, TITLE + " again", "プリンターが印刷できません。" * 5, "cafe\u0301 re\u0301sume\u0301 " * 9, "Mail"):
            self.do("ticket", "new", "-t", title.strip(), "-m", BODY, *people, "--server", "kantor-123", "--urgent",
                    "--category", "network", "--not-duplicate")
        self.do("ticket", "assign", "1-2,4", "sari")
        self.do("ticket", "note", "1", "-m", BODY)
        self.do("ticket", "reply", "1", "-m", BODY, "--next-news", "2h")
        self.do("ticket", "merge", "5", "--into", "2")
        self.do("ticket", "postpone", "3", "--for", "reporter")
        self.do("lock", "acquire", "kantor-123", "--ticket", "1")
        self.do("lock", "acquire", "app-1", "--reason", TITLE, "--as", "dewi")
        self.do("lock", "knock", "kantor-123", "-m", TITLE, "--no-wait", "--as", "dewi")

    def screens(self):
        """Command lines that show something and change nothing."""
        yield ("help",)
        for path in commands.READING:
            for words in commands.CALLS[path]:
                yield (*path.split(), *(word for word in words if word.isascii()))
        yield from (("reporter", "show", "1"), ("lock", "acquire", "app-1", "--reason", TITLE, "--no-input"), ("next",),
                    ("ticket", "list", "--status", "opne"), ("ticket", "show", "99"), ("server", "remove", "kantor-123"),
                    ("ssh", "kantor-204-lantai-dua", "--reason", "x"), ("ticket", "merge", "3", "--into", "4", "--dry-run"),
                    ("doctor",))

    def pages(self):
        for path in commands.CALLS:
            if path not in commands.HIDDEN:
                yield (*path.split(), "--help")

    def see(self, words, columns, **environment):
        text = self.on_terminal(*words, COLUMNS=str(columns), **environment).out.decode()
        # Nothing can be done about a hash on a narrow terminal.
        lines = re.sub("[0-9a-f]{64}", "HASH", SGR.sub("", text)).split("\n")
        with self.subTest(command=" ".join(words), columns=columns, **environment):
            self.assertEqual([line for line in lines if width(line) > columns], [])
            self.assertEqual([line for line in lines if line != line.rstrip(" ")], [])
        return text

    def test_every_screen_fits_the_terminal_in_both_languages(self):
        self.make_desk()
        for words in self.screens():
            for columns in (NARROW, USUAL, WIDE):
                self.see(words, columns, NO_COLOR="1")
            self.see(words, USUAL, NO_COLOR="1", LANG="id_ID.UTF-8")

    def test_every_help_page_fits_the_terminal_in_both_languages(self):
        for words in self.pages():
            self.see(words, USUAL)
            self.see(words, USUAL, LANG="id_ID.UTF-8")
            self.see(words, NARROW)

    def test_colours_are_few_and_only_where_they_are_wanted(self):
        self.make_desk()
        used = set()
        for words in self.screens():
            for terminal in ("xterm-256color", "xterm"):
                used.update(SGR.findall(self.see(words, USUAL, TERM=terminal)))
            for quiet in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
                self.assertNotIn("\x1b", self.see(words, USUAL, **quiet), words)
            piped = self.gilir(*words)
            self.assertNotIn(b"\x1b", piped.out + piped.errors, words)
        self.assertLessEqual(used, LOOKS)
        self.assertLessEqual({"0", "1", "2", "38;5;31"}, used)


del OnTerminal

if __name__ == "__main__":
    unittest.main()
