"""DESIGN.md §1 over RDP, judged from the target's own record: three agents at an office's computer that stands one
desktop. Without gilir each throws the one before out; with gilir nobody is thrown out."""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system" / "hooks"))

from hook_desk import HookDeskTest  # noqa: E402
from office import AGENTS, PATIENCE, command_of, descendants, eventually  # noqa: E402
from rdp_desktop import PASSWORD, USER, Desktop  # noqa: E402
from rdp_record import desktops  # noqa: E402

ROUNDS = 3


class RdpIncident(HookDeskTest):
    def setUp(self):
        super().setUp()
        scratch = tempfile.TemporaryDirectory(prefix="gilir-rdp-")
        self.addCleanup(scratch.cleanup)
        self.desktop = Desktop(scratch.name, stands_one=True)
        self.addCleanup(self.desktop.stop)
        self.environment["DISPLAY"] = self.desktop.display

    def start(self, command, agent):
        said = tempfile.TemporaryFile(dir=self.home)
        self.addCleanup(said.close)
        process = subprocess.Popen([*command, f"/client-hostname:{agent}"], env=self.environment, stdin=subprocess.PIPE,
                                   stdout=said, stderr=said, start_new_session=True)
        self.addCleanup(self.end, process)
        process.stdin.write(PASSWORD.encode() + b"\n")
        process.stdin.close()
        process.said = lambda: (said.seek(0), said.read().decode(errors="replace"))[1]
        return process

    def end(self, process):
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)

    def all_at_once(self, command_of_agent):
        barrier = threading.Barrier(len(AGENTS))
        processes = {}

        def play(agent):
            barrier.wait(PATIENCE)
            processes[agent] = self.start(command_of_agent(agent), agent)

        threads = [threading.Thread(target=play, args=(agent,)) for agent in AGENTS]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return processes

    def record(self, running=True):
        return desktops(self.desktop.read("x11vnc.out"), self.desktop.read("xrdp.log"), running)

    def who_is_in(self):
        return [login["agent"] for login in self.record()["logins"] if not login["ended"] and login["agent"] != "?"]

    def close_window(self, process):
        """What a person does when the work is done: FreeRDP ends, and gilir after it."""
        client = next(pid for pid in descendants(process.pid) if command_of(pid) == "xfreerdp")
        os.kill(client, signal.SIGTERM)
        process.wait(PATIENCE)

    def test_without_gilir_each_throws_the_one_before_out(self):
        processes = {}
        for agent in AGENTS:
            processes[agent] = self.start(self.desktop.client(), agent)
            eventually(lambda: self.who_is_in() == [agent], processes[agent].said)
        for agent in AGENTS[:-1]:
            self.assertNotEqual(processes[agent].wait(PATIENCE), 0)
            # All that FreeRDP tells, which nobody takes for a colleague.
            self.assertIn("ERRINFO_LOGOFF_BY_USER", processes[agent].said())
        logins = self.record()["logins"]
        self.assertEqual([(login["agent"], login["ended"], login["thrown_out_by"]) for login in logins],
                         [("sari", "thrown out", "dewi"), ("dewi", "thrown out", "rani"), ("rani", "", None)])

    def test_with_gilir_nobody_is_thrown_out(self):
        for agent in AGENTS:
            self.gilir("agent", "add", agent, "--tier", "1")
        self.gilir("server", "add", "kantor", "--address", f"127.0.0.1:{self.desktop.port}", "--user", USER, "--protocol",
                   "rdp")
        self.gilir("server", "trust", "kantor", "--rdp", "--key", self.desktop.fingerprint)
        ticket = self.gilir("ticket", "new", "-t", "Printer trouble", "--server", "kantor", "--json=number")
        number = "".join(filter(str.isdigit, ticket.partition("number")[2]))

        def command(agent, *options):
            return [os.environ["GILIR"], "--as", agent, "rdp", "kantor", "--ticket", number, *options, "--"]

        for done in range(0, ROUNDS * len(AGENTS), len(AGENTS)):
            processes = self.all_at_once(lambda agent: command(agent, "--wait"))
            for place in range(len(AGENTS)):
                agent, = eventually(self.who_is_in, lambda: "\n".join(process.said() for process in processes.values()))
                if place == 0:
                    other = next(name for name in AGENTS if name != agent)
                    refused = self.start(command(other), other)
                    self.assertEqual(refused.wait(PATIENCE), 75, refused.said())
                    self.assertIn(f"kantor is held by {agent}", refused.said())
                self.close_window(processes[agent])
                eventually(lambda: len([login for login in self.record()["logins"] if login["ended"]]) == done + place + 1,
                           "the desktop is closed")
        data = self.record(running=False)
        self.assertEqual({login["ended"] for login in data["logins"]}, {"clean"})
        self.assertEqual((len(data["logins"]), data["thrown_out"]), (ROUNDS * len(AGENTS), 0))
        for begin in range(0, len(data["logins"]), len(AGENTS)):
            self.assertEqual({login["agent"] for login in data["logins"][begin:begin + len(AGENTS)]}, set(AGENTS))


if __name__ == "__main__":
    sys.exit(unittest.main())
