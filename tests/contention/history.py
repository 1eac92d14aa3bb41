"""Reads a desk's log and judges it by the promises of the lock, sharing no code with gilir."""

import dataclasses
import datetime
import json
import sqlite3

# How long a seat may stay taken after its holder died: term, lock-delay, and what the promise adds.
FREE_WITHIN_EXTRA = 5.0


@dataclasses.dataclass
class Event:
    number: int
    at: float  # seconds, wall clock
    actor: str
    kind: str
    facts: dict
    servers: tuple = ()

    def due(self):
        text = self.facts["due"]
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def read_events(desk):
    database = sqlite3.connect(f"file:{desk}/desk.db?mode=ro", uri=True)
    try:
        servers = {}
        for number, name in database.execute("SELECT event, name FROM event_subject WHERE kind = 'server' ORDER BY name"):
            servers.setdefault(number, []).append(name)
        return [Event(number, at / 1000, actor, kind, json.loads(facts), tuple(servers.get(number, ())))
                for number, at, actor, kind, facts
                in database.execute("SELECT number, at, actor, kind, facts FROM event ORDER BY number")]
    finally:
        database.close()


class Place:
    def __init__(self, agent, servers, order):
        self.agent = agent
        self.servers = servers
        self.order = order  # in the line: by number, but before all who were there for a steal and a hand-over
        self.waits = set()
        self.offered = False


class Judge:
    """Goes through the log once. `found` collects the violations."""

    def __init__(self, seats):
        self.seats = seats
        self.found = []
        self.occupants = {server: {} for server in seats}  # agent → lease, from its grant until the seat is free
        self.last_token = {}
        self.places = {}
        self.skipped = []  # (event, server, how many of the earlier places must have been gone, their waits then)
        self.ends = {}  # wait → why it ended
        self.first = 0  # the order of whoever was put first last
        self.goes_first = set()  # (agent, server) whose next place is the first

    def judge(self, events):
        for expected, event in enumerate(events, 1):
            if event.number != expected:
                self.found.append(f"event {expected} is missing")
                break
            handler = getattr(self, event.kind.replace(".", "_"), None)
            if handler:
                handler(event)
        # Who was passed over must have been gone: a living process renews its place in time.
        for event, server, must_be_gone, earlier in self.skipped:
            gone = [all(self.ends.get(wait, "lapsed") in ("lapsed", "offer_lapsed", "shared") for wait in waits)
                    for waits in earlier]
            if sum(gone) < must_be_gone:
                self.found.append(f"event {event.number}: the offer at {server} passed over {len(earlier)} places, of "
                                  f"which {sum(gone)} were gone and {must_be_gone} should have been")
        return self.found

    def lock_granted(self, event):
        agent, server, token = event.facts["agent"], event.facts["server"], event.facts["token"]
        if token <= self.last_token.get(server, 0):
            self.found.append(f"event {event.number}: token {token} at {server} after {self.last_token[server]}")
        self.last_token[server] = token
        inside = self.occupants[server]
        if agent not in inside:
            self.check_way_in(event, agent, server)
        inside[agent] = event.facts["lease"]
        if len(inside) > self.seats[server]:
            self.found.append(f"event {event.number}: {len(inside)} agents at {server}: {', '.join(sorted(inside))}")

    def check_way_in(self, event, agent, server):
        """Granted to the offered place, or directly when nobody stands in line."""
        line = [place for place in self.places.values() if server in place.servers]
        if line and not any(place.offered and place.agent == agent for place in line):
            names = ", ".join(place.agent for place in line)
            self.found.append(f"event {event.number}: {agent} was granted {server} past its line of {names}")

    def lock_ended(self, event):
        self.occupants[event.facts["server"]].pop(event.facts["agent"], None)

    def lock_queued(self, event):
        number = event.facts["place"]
        place = self.places.setdefault(number, Place(event.facts["agent"], event.servers, number))
        place.waits.add(event.facts["wait"])
        if len(place.servers) == 1 and (place.agent, place.servers[0]) in self.goes_first:
            self.goes_first.discard((place.agent, place.servers[0]))
            self.put_first(place)

    def put_first(self, place):
        self.first -= 1
        place.order = self.first

    def lock_asked(self, event):
        if event.facts["kind"] == "steal":
            self.goes_first.add((event.facts["by"], event.facts["server"]))

    def lock_cut_ordered(self, event):
        if event.facts["kind"] != "hand_over":
            return
        taker, server = event.facts["to"], event.facts["server"]
        for place in self.places.values():
            if place.agent == taker and place.servers == (server,):
                self.put_first(place)
                return
        self.goes_first.add((taker, server))

    def lock_offered(self, event):
        number = event.facts["place"]
        offered = self.places[number]
        for server in offered.servers:
            if offered.agent in self.occupants[server] or offered.agent in self.awaited_at(server):
                continue
            earlier = [set(place.waits) for place in self.places.values()
                       if place.order < offered.order and server in place.servers and not place.offered
                       and place.agent not in self.occupants[server]]
            # Each earlier place that waits for another server as well keeps one seat back; a further one may go on. Whoever
            # is in there already, or was offered a seat there, needs none.
            must_be_gone = len(earlier) + 1 - self.free_seats(server)
            if earlier and must_be_gone > 0:
                self.skipped.append((event, server, must_be_gone, earlier))
        offered.offered = True

    def free_seats(self, server):
        inside = set(self.occupants[server])
        return self.seats[server] - len(inside | self.awaited_at(server))

    def awaited_at(self, server):
        """The agents that a seat was offered to: one for each, however many offers he has."""
        return {place.agent for place in self.places.values() if place.offered and server in place.servers}

    def lock_offer_withdrawn(self, event):
        self.places[event.facts["place"]].offered = False

    def lock_wait_ended(self, event):
        wait = event.facts["wait"]
        self.ends[wait] = event.facts["because"]
        place = self.places[event.facts["place"]]
        place.waits.discard(wait)
        if not place.waits:
            del self.places[event.facts["place"]]


def judge_freeing(events, deaths, lag):
    """I6. `deaths` are (wall time, agent, server) of holders that were killed; `lag` is term and lock-delay."""
    found = []
    by_seat = {}
    for event in events:
        if event.kind in ("lock.ended", "lock.granted"):
            by_seat.setdefault((event.facts["agent"], event.facts["server"]), []).append(event)
    for at, agent, server in deaths:
        seat = by_seat.get((agent, server), ())
        # Whoever gave it back in the very moment was no holder any more when the kill arrived.
        before = [event for event in seat if event.at < at - 0.001]
        if before and before[-1].kind == "lock.ended":
            continue
        # The clocks of the log and of the killer are the same; the log's has milliseconds.
        free = [event for event in seat if event.at >= at - 0.001]
        if not free or free[0].at > at + lag + FREE_WITHIN_EXTRA:
            when = f"{free[0].at - at:.1f} s later" if free else "never"
            found.append(f"{server} became free {when} after its holder {agent} was killed at {at:.3f}")
    return found


def judge_timed_ends(events, holds):
    """I6 for timed holds that ran out. `holds` are hold → duration in seconds. One that was broken or stolen meanwhile,
    because its agent's next use shared the lease, proves nothing."""
    found = []
    granted = {event.facts["hold"]: event for event in events if event.kind in ("lock.granted", "lock.shared")}
    expired = {event.facts["hold"]: event for event in events if event.kind == "lock.expired"}
    cut = {event.facts["hold"] for event in events if event.kind == "lock.cut"}
    for hold, duration in holds.items():
        if hold in cut:
            continue
        if hold not in expired:
            found.append(f"hold {hold} never ran out")
        elif abs(expired[hold].due() - granted[hold].due() - duration) > 0.005:
            found.append(f"hold {hold} ran out after {expired[hold].due() - granted[hold].due():.3f} s, not {duration}")
    return found
