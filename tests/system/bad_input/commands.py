"""How every command of gilir is called by the tests of bad input, and what its help says that it takes.

A command without an entry here fails EveryCommand.is_called_here.
"""

import re

from hostile import FORMULA, LINE, SHORT, TEXT

HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE8dpN/ZP3VsRWbSPd1jUhjiyEnNJVYnHUOPC4SXTJyb " + "=cmd()\u202e"

# Path to calls; each ends with 0 on the desk of HostileCase.make_hostile_desk unless its code stands in ENDS.
# Hostile text goes wherever the command keeps or repeats it.
CALLS = {
    "": [()],
    "agent add": [("budi", "--tier", "3")],
    "agent away": [(), ("dewi",)],
    "agent back": [("sari",)],
    "agent list": [()],
    "agent move": [("dewi", "--tier", "4", "--role", "supervisor")],
    "agent remove": [("rina",)],
    "agent show": [(), ("rina",)],
    "category add": [("printer", "--about", LINE)],
    "category edit": [("network", "--about", LINE)],
    "category list": [()],
    "category show": [("network",)],
    "complete": [("--", "ticket", "show", ""), ("--", "ticket", "new", "--reporter", ""), ("--", "log", "--" + LINE)],
    "completion": [("bash",), ("fish",), ("zsh",)],
    "doctor": [()],
    "help": [(), ("ticket",), ("ticket", "merge")],
    "init": [("new-" + SHORT.replace("\r\n", ""), "--agent", "sari", "--name", LINE)],
    "linked": [()],
    "lock accept": [("handed-1",)],
    "lock acquire": [("app-1", "--reason", LINE), ("app-1", "kantor-123", "--ticket", "1")],
    "lock break": [("taken-1", "--lease", "2", "-m", LINE)],
    "lock deny": [("knocked-1",)],
    "lock grant": [("knocked-2",)],
    "lock hand-over": [("own-1", "--to", "dewi", "-m", LINE)],
    "lock history": [("kantor-123",)],
    "lock knock": [("taken-2", "-m", LINE, "--no-wait")],
    "lock list": [(), ("--all",)],
    "lock release": [("kantor-123",)],
    "lock renew": [("kantor-123",)],
    "lock show": [("kantor-123",), ("app-1",)],
    "lock steal": [("taken-3", "--lease", "4", "--now", "-m", LINE)],
    "lock watch": [("app-1", "--until-free")],
    "log": [(), ("--ticket", "1")],
    "log verify": [()],
    "next": [(), ("--claim",)],
    "reporter add": [(FORMULA, "--office", SHORT, "--contact", SHORT)],
    "reporter edit": [(SHORT, "--contact", SHORT)],
    "reporter list": [()],
    "reporter merge": [("Rina", "--into", SHORT)],
    "reporter show": [(SHORT,)],
    "search": [("printer",), (LINE,)],
    "server add": [("app-2", "--address", "[::1]:2222", "--user", "admin")],
    "server check": [("app-1",)],
    "server edit": [("app-1", "--seats", "2"), ("app-1", "--legacy")],
    "server list": [()],
    "server remove": [("app-1",)],
    "server show": [("kantor-123",)],
    "server trust": [("app-1", "--key", HOST_KEY)],
    "ssh": [("app-1", "--reason", LINE, "--", "true")],
    "tick": [()],
    "ticket assign": [("3", "dewi")],
    "ticket close": [("4",)],
    "ticket duplicates": [("1",), ("--all",)],
    "ticket edit": [("1", "-t", LINE, "-m", TEXT, "--urgent")],
    "ticket escalate": [("1", "-m", TEXT)],
    "ticket history": [("1",), ("3",), ("5",)],
    "ticket distinct": [("1", "2"), ("1", "2", "--undo")],
    "ticket link": [("1", "2")],
    "ticket list": [(), ("--status", "all", "--count")],
    "ticket merge": [("1", "--into", "2")],
    "ticket new": [("-t", LINE, "-m", TEXT, "--reporter", SHORT, "--office", "new " + FORMULA),
                   ("-t", "Printer", "-m", TEXT, "--server", "kantor-123")],
    "ticket note": [("1", "-m", TEXT)],
    "ticket pass": [("1", "-m", TEXT)],
    "ticket postpone": [("1", "--until", "+2h"), ("1", "--for", "reporter")],
    "ticket reject": [("1", "-m", TEXT)],
    "ticket reopen": [("4", "-m", TEXT)],
    "ticket reply": [("1", "-m", TEXT)],
    "ticket resolve": [("1", "-m", TEXT)],
    "ticket show": [("1",), ("1-5",), ("1", "--public")],
    "ticket start": [("2",)],
    "ticket unmerge": [("5",)],
    "ticket voice": [("1", "--reporter", SHORT, "--office", FORMULA)],
    "version": [()],
    "with": [("app-1", "--reason", LINE, "--", "true")],
}
# Commands that cannot end well here: nobody listens at the servers' address, and no host key is pinned.
ENDS = {"server check": 255, "ssh": 255}
# In the table, but kept out of help.
HIDDEN = ("", "complete", "linked")
# Those that only show what is there; a reporter is found by the name that another program changes.
READING = [path for path in CALLS if path.split(" ")[-1] in ("list", "show", "history", "duplicates", "log", "search", "")
           and path != "reporter show"]

VALUE_OPTION = re.compile(r"^ +(?:-(?P<letter>\w), |    )?--(?P<name>[a-z][a-z-]*)(?P<value>\[=[A-Z]+\]| [A-Z#]\S*)?", re.M)


def options_of(help_page):
    """Names of the options in a help page, with "", "=" (a value after =) or " " (the next word is its value)."""
    found = {}
    for option in VALUE_OPTION.finditer(help_page):
        value = option["value"] or ""
        found[option["name"]] = "=" if value.startswith("[") else " " if value else ""
    return found
