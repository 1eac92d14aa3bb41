"""The judges of the contention test must notice what they are there for: each violation is seeded once."""

import unittest

from history import Event, Judge, judge_freeing, judge_timed_ends
from record import Use, judge_uses


def use(agent, began, ended=None, token=1, server="alpha", lease=None, **more):
    return Use(began, 1, 1, 1, agent, (server,), (lease or token,), (1,), (token,), ended=ended, **more)


class Uses(unittest.TestCase):
    seats = {"alpha": 1, "gamma": 2}

    def test_uses_one_after_the_other_are_fine(self):
        self.assertEqual(judge_uses([use("a", 1, 2, token=1), use("b", 2, 3, token=2)], self.seats), [])

    def test_two_at_once_are_noticed(self):
        self.assertEqual(len(judge_uses([use("a", 1, 3, token=1), use("b", 2, 4, token=2)], self.seats)), 1)

    def test_a_killed_use_counts_until_it_was_last_alive(self):
        killed = use("a", 1, token=1, last_alive=3.0)
        self.assertEqual(len(judge_uses([killed, use("b", 2, 4, token=2)], self.seats)), 1)
        self.assertEqual(judge_uses([killed, use("b", 3.5, 4, token=2)], self.seats), [])

    def test_a_second_seat_takes_a_second_agent_and_no_third(self):
        two = [use("a", 1, 4, server="gamma"), use("b", 2, 4, server="gamma")]
        self.assertEqual(judge_uses(two, self.seats), [])
        self.assertEqual(len(judge_uses(two + [use("c", 3, 4, server="gamma")], self.seats)), 1)

    def test_a_seat_found_taken_is_noticed(self):
        self.assertEqual(len(judge_uses([use("a", 1, 2, overlap=True)], self.seats)), 1)

    def test_a_token_that_does_not_rise_is_noticed(self):
        self.assertEqual(len(judge_uses([use("a", 1, 2, token=2), use("b", 3, 4, token=1)], self.seats)), 1)
        self.assertEqual(len(judge_uses([use("a", 1, 2, token=2), use("b", 3, 4, token=2, lease=3)], self.seats)), 1)

    def test_a_shared_lease_has_one_token(self):
        self.assertEqual(judge_uses([use("a", 1, 2, token=2), use("a", 3, 4, token=2)], self.seats), [])


class History(unittest.TestCase):
    def setUp(self):
        self.events = []

    def log(self, kind, agent, at=0.0, servers=("alpha",), **facts):
        if len(servers) == 1:
            facts["server"] = servers[0]
        self.events.append(Event(len(self.events) + 1, at, agent, f"lock.{kind}", {"agent": agent, **facts}, servers))

    def found(self):
        return Judge({"alpha": 1, "beta": 1, "gamma": 2}).judge(self.events)

    def line_of_two(self):
        self.log("granted", "a", lease=1, token=1)
        self.log("queued", "b", place=1, wait=1)
        self.log("queued", "c", place=2, wait=2)
        self.log("ended", "a", lease=1)

    def take_up(self, agent, place, token):
        self.log("offered", agent, place=place)
        self.log("granted", agent, lease=place + 1, token=token)
        self.log("wait_ended", agent, place=place, wait=place, because="granted")

    def test_a_line_served_in_order_is_fine(self):
        self.line_of_two()
        self.take_up("b", 1, 2)
        self.log("ended", "b", lease=2)
        self.take_up("c", 2, 3)
        self.assertEqual(self.found(), [])

    def test_an_offer_past_a_living_place_is_noticed(self):
        self.line_of_two()
        self.take_up("c", 2, 2)
        self.log("ended", "c", lease=3)
        self.take_up("b", 1, 3)
        self.assertEqual(len(self.found()), 1)

    def test_a_steal_and_a_hand_over_go_before_the_line_and_nobody_else_does(self):
        for kind, event in (("steal", "asked"), ("hand_over", "cut_ordered"), ("knock", "asked")):
            self.events = []
            self.log("granted", "a", lease=1, token=1)
            self.log("queued", "b", place=1, wait=1)
            self.log(event, "a", lease=1, by="c", to="c")
            self.events[-1].facts["kind"] = kind
            self.log("queued", "c", place=2, wait=2)
            self.log("ended", "a", lease=1)
            self.take_up("c", 2, 2)
            self.log("ended", "c", lease=3)
            self.take_up("b", 1, 3)
            self.assertEqual(len(self.found()), 1 if kind == "knock" else 0, kind)

    def test_an_offer_past_a_dead_place_is_fine(self):
        self.line_of_two()
        self.take_up("c", 2, 2)
        self.log("wait_ended", "b", place=1, wait=1, because="lapsed")
        self.assertEqual(self.found(), [])

    def test_an_earlier_place_for_two_servers_keeps_back_one_seat_only(self):
        self.log("queued", "b", place=1, wait=1, servers=("beta", "gamma"))
        self.log("queued", "c", place=2, wait=2, servers=("gamma",))
        self.log("offered", "c", place=2, servers=("gamma",))
        self.log("wait_ended", "b", place=1, wait=1, because="granted", servers=("beta", "gamma"))
        self.assertEqual(self.found(), [])
        self.log("granted", "d", lease=1, token=1, servers=("gamma",))
        self.events.insert(0, self.events.pop())
        for number, event in enumerate(self.events, 1):
            event.number = number
        self.assertEqual(len(self.found()), 1)

    def test_an_agent_with_two_offers_keeps_back_one_seat_only(self):
        self.log("queued", "b", place=1, wait=1, servers=("beta", "gamma"))
        self.log("queued", "c", place=2, wait=2, servers=("gamma",))
        self.log("queued", "c", place=3, wait=3, servers=("gamma", "alpha"))
        self.log("queued", "b", place=4, wait=4, servers=("gamma",))
        self.log("offered", "c", place=2, servers=("gamma",))
        self.log("offered", "c", place=3, servers=("gamma", "alpha"))
        self.log("wait_ended", "b", place=1, wait=1, because="granted", servers=("beta", "gamma"))
        self.assertEqual(self.found(), [])

    def test_a_grant_past_the_line_is_noticed(self):
        self.line_of_two()
        self.log("granted", "d", lease=2, token=2)
        self.assertEqual(len(self.found()), 1)

    def test_a_second_agent_at_one_seat_is_noticed(self):
        self.log("granted", "a", lease=1, token=1)
        self.log("granted", "b", lease=2, token=2)
        self.assertEqual(len(self.found()), 1)

    def test_a_token_that_does_not_rise_is_noticed(self):
        self.log("granted", "a", lease=1, token=5)
        self.log("ended", "a", lease=1)
        self.log("granted", "b", lease=2, token=5)
        self.assertEqual(len(self.found()), 1)

    def test_a_missing_event_is_noticed(self):
        self.line_of_two()
        del self.events[1]
        self.assertIn("event 2 is missing", self.found())

    def test_a_seat_that_stays_taken_after_its_holder_died_is_noticed(self):
        self.log("granted", "a", at=1.0, lease=1, token=1)
        self.log("ended", "a", at=5.0, lease=1)
        self.assertEqual(judge_freeing(self.events, [(2.0, "a", "alpha")], 3.0), [])
        self.assertEqual(len(judge_freeing(self.events, [(2.0, "a", "beta")], 3.0)), 1)
        self.events[-1].at = 10.5
        self.assertEqual(len(judge_freeing(self.events, [(2.0, "a", "alpha")], 3.0)), 1)

    def test_who_had_given_it_back_when_the_kill_came_is_no_dead_holder(self):
        self.log("granted", "a", at=1.0, lease=1, token=1)
        self.log("ended", "a", at=1.9, lease=1)
        self.log("granted", "a", at=20.0, lease=2, token=2)
        self.assertEqual(judge_freeing(self.events, [(2.0, "a", "alpha")], 3.0), [])

    def test_a_timed_hold_that_runs_too_long_is_noticed(self):
        self.log("granted", "a", lease=1, token=1, hold=7, due="2026-11-22T09:00:00.000Z")
        self.assertEqual(len(judge_timed_ends(self.events, {7: 2.0})), 1)
        self.log("expired", "a", lease=1, token=1, hold=7, due="2026-11-22T09:00:02.000Z")
        self.assertEqual(judge_timed_ends(self.events, {7: 2.0}), [])
        self.assertEqual(len(judge_timed_ends(self.events, {7: 1.0})), 1)

    def test_a_timed_hold_that_was_stolen_need_not_run_out(self):
        self.log("granted", "a", lease=1, token=1, hold=7, due="2026-11-22T09:00:00.000Z")
        self.log("cut", "a", lease=1, token=1, hold=7, due="2026-11-22T09:00:01.000Z")
        self.assertEqual(judge_timed_ends(self.events, {7: 2.0}), [])


if __name__ == "__main__":
    unittest.main()
