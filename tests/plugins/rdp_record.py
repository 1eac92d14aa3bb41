"""What a desktop that stands one person recorded: who was in, when, and whether anybody was thrown out.

Shares no code with gilir, and believes only the logs of the two servers that rdp_desktop.py starts. The verdict is
x11vnc's: it writes `Not shared - closing connection` when somebody who comes in throws out who was there. It knows no
names; xrdp does, which writes the client computer's name and then, in the same process, that the desktop is open. Both
logs stand in the order of events, so the first desktop that x11vnc gave is the first that xrdp opened. Only clients whose
password was right count: they alone get as far as a pixel format. Times are whole seconds, and only shown.
"""

import datetime
import re

STAMP = re.compile(r"^(?P<at>\d\d/\d\d/\d{4} \d\d:\d\d:\d\d) (?P<text>.*)$")
CAME_IN = re.compile(r"^Pixel format for client \S+:$")
THROWN_OUT = re.compile(r"^Not shared - closing connection to client \S+$")
GONE = re.compile(r"^Client \S+ gone$")
ACCEPTED = re.compile(r"^incr accepted_client=\d+ ")
PROCESS = re.compile(r"^\[\S+\] \[\S+ *\] \[pid:(?P<pid>\d+) tid:\d+\] (?P<text>.*)$")
COMPUTER = re.compile(r"^Connected client computer name: (?P<name>\S+)$")
OPEN = "VNC connection complete, connected ok"


class Unjudgeable(Exception):
    """The logs do not say enough to be judged; the text says where."""


def names_in_order(xrdp_log):
    """The computers whose desktops xrdp opened, the first first."""
    computers, opened = {}, []
    for line in xrdp_log.splitlines():
        found = PROCESS.match(line)
        if not found:
            continue
        if computer := COMPUTER.match(found["text"]):
            computers[found["pid"]] = computer["name"]
        elif found["text"] == OPEN:
            opened.append(computers.get(found["pid"], "?"))
    return opened


def visits(vnc_log):
    """Everybody who was let in: when, until when, and how that ended ("clean", "thrown out", "" still in)."""
    found, inside, accepted, began = [], None, 0, None
    for number, line in enumerate(vnc_log.splitlines(), 1):
        stamped = STAMP.match(line)
        if not stamped:
            continue
        at = datetime.datetime.strptime(stamped["at"], "%d/%m/%Y %H:%M:%S").timestamp()
        began = began or at
        text = stamped["text"]
        if ACCEPTED.match(text):
            accepted += 1
        elif CAME_IN.match(text):
            if inside:
                raise Unjudgeable(f"line {number}: two are in, which a server that is never shared does not allow")
            inside = {"start_s": at - began, "end_s": None, "ended": ""}
            found.append(inside)
        elif THROWN_OUT.match(text):
            if not inside:
                raise Unjudgeable(f"line {number}: somebody is thrown out while coming in, whose name is not known")
            inside.update(end_s=at - began, ended="thrown out")
        elif GONE.match(text) and inside:
            if not inside["ended"]:
                inside.update(end_s=at - began, ended="clean")
            inside = None
    if accepted < len(found):
        raise Unjudgeable(f"{len(found)} came in where {accepted} connected")
    return found


def desktops(vnc_log, xrdp_log, running=False):
    """Everybody's visits, with names, as the record of logins over SSH has them."""
    names, logins = names_in_order(xrdp_log), visits(vnc_log)
    # Of who has just come in xrdp may not have written yet.
    if not len(logins) - running <= len(names) <= len(logins) + running:
        raise Unjudgeable(f"xrdp opened {len(names)} desktops and x11vnc gave {len(logins)}")
    for index, login in enumerate(logins):
        login["agent"] = names[index] if index < len(names) else "?"
        follows = index + 1 < len(names) and login["ended"] == "thrown out"
        login["thrown_out_by"] = names[index + 1] if follows else None
    thrown_out = sum(login["ended"] == "thrown out" for login in logins)
    return {"logins": logins, "agents_at_once": 1 if logins else 0, "thrown_out": thrown_out}
