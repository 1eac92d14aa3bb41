"""Over is not closed: however a session ends, nothing of it runs on at the target when the next agent comes in.

An ordinary sshd, which throws nobody out, and three kinds of work that outlive their connection there. The target judges
twice: whoever comes in looks whether anything of the session before is alive, and sshd's record says who was in.
GILIR_OVER_ROUNDS (default 1) is how often each kind of work meets each kind of end.
"""

import os
import signal
import unittest

from office import OfficeTest, eventually

ROUNDS = int(os.environ.get("GILIR_OVER_ROUNDS", "1"))
WORK = {
    "AWritingCommand": ("while echo t; do sleep 1; done", []),
    "AQuietCommand": ("sleep 6.25; echo done", []),
    "ATerminalThatIgnoresHangUps": ("trap '' HUP; while :; do sleep 1; done", ["-t"]),
}


class Over:
    """The tests; `work` is the command and its options."""

    logins = "any"
    server_options = ("--term", "3s")

    def setUp(self):
        super().setUp()
        checked = self.office.fact(None, "server", "check", "-i", self.target.key("rani"), self.server)["checks"]
        self.assertEqual([check["ending"] for check in checked], ["confirmed"])

    def begin(self):
        """Sari works, dewi waits; the target notes sari's session."""
        command, options = self.work
        self.before = self.scratch / f"session-of-{self.server}"
        self.before.unlink(missing_ok=True)
        self.holder = self.ssh("sari", f"echo $$ >{self.before}; {command}", options=options)
        self.session = eventually(lambda: self.before.exists() and self.before.read_text().strip(), "sari is in")
        look = f"if [ \"$(ps -o pid= -s {self.session})\" ]; then echo beside; else echo alone; fi"
        self.waiter = self.wait_in_line("dewi", look)
        self.lease = self.office.lock(self.server)["holders"][0]["lease"]

    def finish(self):
        self.waiter.says("alone")
        self.assertEqual(self.waiter.status(), 0, self.waiter.err())
        last_two = self.target.logins_so_far()[-2:]
        self.assertEqual([login["agent"] for login in last_two], ["sari", "dewi"])
        self.holder.end()
        eventually(lambda: self.office.is_free(self.server), "the server is free again")

    def rounds(self, end, is_alive=True):
        for _ in range(ROUNDS):
            self.begin()
            end()
            if is_alive:
                self.holder.status()
            self.finish()

    def test_control_c(self):
        self.rounds(lambda: self.holder.send(signal.SIGINT))

    def test_a_break_at_once(self):
        self.rounds(lambda: self.office.ask(None, "lock", "break", self.server, "--lease", self.lease, "-m", "now",
                                            "--now"))

    def test_a_granted_knock(self):
        def end():
            self.office.ask("dewi", "lock", "knock", self.server, "-m", "please", "--no-wait")
            self.office.ask("sari", "lock", "grant", self.server)
        self.rounds(end)

    def test_a_hand_over(self):
        self.rounds(lambda: self.office.ask("sari", "lock", "hand-over", self.server, "--to", "dewi"))

    def test_a_killed_holder(self):
        self.rounds(lambda: self.holder.send(signal.SIGKILL), is_alive=False)

    def test_a_stopped_holder(self):
        self.rounds(lambda: self.holder.stop(), is_alive=False)


for name, work in WORK.items():
    globals()[name] = type(name, (Over, OfficeTest), {"work": work})


if __name__ == "__main__":
    unittest.main()
