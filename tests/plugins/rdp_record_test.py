"""The reader of a desktop's record, with seeded logs: a fight must never pass as fine."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from rdp_record import Unjudgeable, desktops  # noqa: E402


class Logs:
    """Writes what xrdp 0.9.21 and x11vnc 0.9.16 write."""

    def __init__(self):
        self.vnc, self.xrdp, self.second, self.pids = [], [], 0, 100

    def say(self, text):
        self.vnc.append(f"27/11/2026 10:17:{self.second:02} {text}")

    def comes_in(self, name, throws_out=False):
        self.second += 1
        self.pids += 1
        stamp = f"[20261127-10:17:{self.second:02}] [INFO ] [pid:{self.pids} tid:139925842966336] "
        self.xrdp += [f"{stamp}Connected client computer name: {name}", f"{stamp}VNC connection complete, connected ok"]
        self.say("incr accepted_client=1 for ::1:58170  sock=10")
        if throws_out:
            self.say("Not shared - closing connection to client ::1")
            self.say("Client ::1 gone")
        self.say("Pixel format for client ::1:")
        return self

    def leaves(self):
        self.second += 1
        self.say("Client ::1 gone")
        return self

    def judged(self):
        return desktops("\n".join(self.vnc), "\n".join(self.xrdp))


class RdpRecord(unittest.TestCase):
    def test_one_after_the_other_is_fine(self):
        data = Logs().comes_in("sari").leaves().comes_in("dewi").leaves().judged()
        self.assertEqual(data["thrown_out"], 0)
        self.assertEqual([(login["agent"], login["ended"], login["start_s"], login["end_s"]) for login in data["logins"]],
                         [("sari", "clean", 0, 1), ("dewi", "clean", 2, 3)])

    def test_who_is_thrown_out_and_by_whom(self):
        data = Logs().comes_in("sari").comes_in("dewi", True).comes_in("rani", True).leaves().judged()
        self.assertEqual(data["thrown_out"], 2)
        self.assertEqual([(login["agent"], login["ended"], login["thrown_out_by"]) for login in data["logins"]],
                         [("sari", "thrown out", "dewi"), ("dewi", "thrown out", "rani"), ("rani", "clean", None)])

    def test_a_wrong_password_is_no_visit(self):
        logs = Logs().comes_in("sari")
        logs.leaves().say("incr accepted_client=2 for ::1:58171  sock=11")
        logs.say("Client ::1 gone")
        self.assertEqual(len(logs.judged()["logins"]), 1)

    def test_logs_that_contradict_each_other_are_not_judged(self):
        logs = Logs().comes_in("sari").leaves()
        logs.xrdp.clear()
        with self.assertRaisesRegex(Unjudgeable, "xrdp opened 0 desktops and x11vnc gave 1"):
            logs.judged()
        both = Logs().comes_in("sari").comes_in("dewi")
        with self.assertRaisesRegex(Unjudgeable, "two are in"):
            both.judged()


if __name__ == "__main__":
    sys.exit(unittest.main())
