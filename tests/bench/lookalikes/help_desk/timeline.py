"""What goes wrong when: occurrences of faults over the days, who reports each, who repeats it, and when it is mended.

Three sorts of occurrence are planned: ordinary ones; *near* ones, which begin while another is open at the same server
and are its sibling (the same thing with another fault, or the same fault at another thing); and *recurring* ones, the
same fault at the same thing again, more than two days after it was mended.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field

import wording
from offices import Office, Reporter, Server

EPOCH = 1767546000  # Monday, 5 January 2026, 00:00 in Jakarta
MINUTE, HOUR, DAY = 60, 3600, 86400
QUIET = 2 * DAY  # The same fault at the same thing never comes back sooner after it was mended.

REPEATS = 0.12
NEAR = 0.08
RECURRING = 0.03
KINDS = (("verbatim", 0.2), ("typo", 0.2), ("reworded", 0.3), ("colleague", 0.18), ("other_language", 0.12))
MORE = 0.3  # of repeats fall on an occurrence that was repeated already
SAME_PERSON = ("verbatim", "typo", "reworded")
# The least and the mean of the further wait before a repeat, in minutes.
WAITS = {"verbatim": (2, 40), "typo": (2, 60), "reworded": (15, 150), "colleague": (2, 100), "other_language": (10, 150)}
NEXT_DAY = 0.12


@dataclass
class Occurrence:
    """One fault, once: all reports of it are each other's duplicates, and all close when it is mended."""

    case: str
    fault: dict
    office: Office
    server: Server
    values: dict
    reporter: Reporter
    start: int
    closed: int
    repeats: list  # (kind, seconds after the start)
    near: "Occurrence" = None
    recurs: bool = False
    things: dict = field(default_factory=dict)

    def key(self):
        """What must not go wrong twice at once: a fault of a thing; where it is of none, of a server."""
        where = self.office.name if self.values else self.server.name
        return (where, self.fault["name"], *(str(value) for value in self.values.values()))


class Timeline:
    """Plans the occurrences of a run; the same for the same state of `rng`."""

    def __init__(self, rng, offices, faults, days):
        self.rng = rng
        self.offices = offices
        self.faults = faults
        self.days = days
        self.taken = defaultdict(list)
        self.made = []

    def plan(self, tickets):
        """Occurrences whose reports are `tickets` in all, in order of time."""
        repeats = round(tickets * REPEATS)
        firsts = tickets - repeats
        kinds = defaultdict(list)
        for kind in self.shares(repeats):
            more = kinds and self.rng.random() < MORE
            kinds[self.rng.choice(list(kinds)) if more else self.rng.randrange(firsts)].append(kind)
        near, recurring = round(firsts * NEAR), round(firsts * RECURRING)
        for index in range(firsts):
            if index < firsts - near - recurring:
                make = self.ordinary
            else:
                make = self.sibling if index < firsts - recurring else self.recurrence
            self.made.append(self.place(f"case-{index + 1}", kinds[index], make))
        self.made.sort(key=lambda one: (one.start, one.case))
        self.mark_recurrences()
        return self.made

    def shares(self, count):
        """Kinds of repeat in their exact shares, in any order."""
        names = [name for name, share in KINDS for _ in range(round(share * count))]
        names = (names + ["reworded"] * count)[:count]
        self.rng.shuffle(names)
        return names

    def place(self, case, kinds, make):
        """Tries until the occurrence collides with none of its own key; an ordinary one when no other fits."""
        for attempt in range(400):
            made = (make if attempt < 200 else self.ordinary)(case, kinds)
            if made and self.is_free(made):
                self.taken[made.key()].append((made.start, made.closed))
                made.things = wording.draw_things(self.rng, made)
                return made
        raise ValueError("too many tickets for these days: no fault is left that is not being reported already")

    def is_free(self, made):
        return all(made.start > closed + QUIET or start > made.closed + QUIET for start, closed in self.taken[made.key()])

    def ordinary(self, case, kinds):
        office = self.rng.choice(self.offices)
        faults = [fault for fault in self.faults if office.kind in fault.get("offices", (office.kind,))]
        fault = self.rng.choices(faults, [fault["weight"] for fault in faults])[0]
        reporter = self.pick_reporter(office, kinds)
        values = {key: self.pick_value(office, key, reporter) for key in fault["keys"]}
        server = self.rng.choice(office.servers)
        for key, value in values.items():
            server = office.server_of(key, value)
        return self.occurrence(case, kinds, fault=fault, office=office, server=server, values=values, reporter=reporter,
                               start=self.moment())

    def sibling(self, case, kinds):
        """Near an open one; None when this try found no sibling at its server."""
        other = self.rng.choice(self.made)
        office = other.office
        start = other.start + round(self.rng.uniform(5 * MINUTE, 10 * HOUR))
        faults = [fault for fault in self.faults if fault["family"] == other.fault["family"]
                  and office.kind in fault.get("offices", (office.kind,))]
        fault = self.rng.choice(faults)
        if self.rng.random() < 0.45:
            fault = other.fault
        # Who sits at the other counter reports it; another fault of the same thing often meets the same person.
        same_person = self.rng.random() < (0.25 if fault is other.fault else 0.5)
        reporter = other.reporter if same_person else self.rng.choice(office.reporters)
        values = {}
        for key in fault["keys"]:
            values[key] = other.values.get(key) if fault is not other.fault else None
            values[key] = values[key] or self.rng.choice(office.pool(key))
            if office.server_of(key, values[key]) is not other.server:
                return None
        if (fault is other.fault and values == other.values) or start >= other.closed:
            return None
        return self.occurrence(case, kinds, fault=fault, office=office, server=other.server, values=values,
                               reporter=reporter, start=start, near=other)

    def recurrence(self, case, kinds):
        """An earlier one again; None when this try left the days."""
        other = self.rng.choice(self.made)
        start = other.closed + QUIET + round(self.rng.uniform(HOUR, 30 * DAY))
        start = self.in_office_hours(start)
        if start >= EPOCH + self.days * DAY:
            return None
        reporter = other.reporter if self.rng.random() < 0.6 else self.pick_reporter(other.office, kinds)
        return self.occurrence(case, kinds, fault=other.fault, office=other.office, server=other.server,
                               values=other.values, reporter=reporter, start=start)

    def occurrence(self, case, kinds, **what):
        """One that is mended hours to days after its start, and after its last repeat."""
        start = what["start"]
        repeats = sorted(((kind, self.wait(kind)) for kind in kinds), key=lambda repeat: repeat[1])
        mended = start + round(min(6 * DAY, max(HOUR, math.exp(self.rng.gauss(math.log(10 * HOUR), 1.0)))))
        if repeats:
            mended = max(mended, start + repeats[-1][1] + round(self.rng.uniform(10 * MINUTE, 5 * HOUR)))
        return Occurrence(case, closed=mended, repeats=repeats, **what)

    def wait(self, kind):
        if self.rng.random() < NEXT_DAY:
            return round(self.rng.uniform(15 * HOUR, 27 * HOUR))
        least, mean = WAITS[kind]
        return round(min(9 * HOUR, (least + self.rng.expovariate(1 / mean)) * MINUTE))

    def pick_reporter(self, office, kinds):
        """People who send things again are likelier where something is sent again by the same person."""
        again = any(kind in SAME_PERSON for kind in kinds)
        return self.rng.choices(office.reporters, [one.resends if again else 1 for one in office.reporters])[0]

    def pick_value(self, office, key, reporter):
        own = {"place": reporter.place, "user": reporter.account}.get(key)
        if own and self.rng.random() < 0.3:
            return own
        return self.rng.choice(office.pool(key))

    def moment(self):
        """A second of a working day, sometimes of a weekend."""
        return self.in_office_hours(EPOCH + self.rng.randrange(self.days) * DAY)

    def in_office_hours(self, moment):
        day = (moment - EPOCH) // DAY
        if day % 7 > 4 and self.rng.random() < 0.85 and day > 1:
            day -= 2 if self.rng.random() < 0.5 and day > 2 else 0
            day += 2 if day % 7 > 4 and day + 2 < self.days else 0
        hour = self.rng.gauss(self.rng.choice((9.2, 13.8)), 1.2)
        return EPOCH + day * DAY + round(min(17.5, max(7, hour)) * HOUR)

    def mark_recurrences(self):
        seen = set()
        for one in self.made:
            one.recurs = one.key() in seen
            seen.add(one.key())
