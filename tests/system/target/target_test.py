"""The one-login server itself: it lets in, throws out, and leaves nothing behind. Needs an sshd; fails without."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE / "target"
RECORD = HERE.parent / "record" / "record"


def processes_with(text):
    """Command lines of living processes that mention the text."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            line = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue
        if text.encode() in line and int(entry.name) != os.getpid():
            found.append(line)
    return found


class Target(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="gilir-target-")
        self.addCleanup(scratch.cleanup)
        self.directory = pathlib.Path(scratch.name) / "target"

    def start(self, *options):
        done = subprocess.run(
            [sys.executable, str(TARGET), "start", str(self.directory), *options],
            capture_output=True, text=True, check=False,
        )
        self.addCleanup(self.stop)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.values = dict(line.split("=", 1) for line in done.stdout.splitlines())

    def stop(self):
        return subprocess.run([sys.executable, str(TARGET), "stop", str(self.directory)], check=False).returncode

    def log_in(self, agent, command):
        """Starts ssh as this agent; the session says `in` when it is in."""
        session = subprocess.Popen(
            ["ssh", "-F", "none", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=INFO",
             "-o", f"UserKnownHostsFile={self.values['known_hosts']}", "-i", self.values[f"key.{agent}"],
             "-p", self.values["port"], f"{self.values['user']}@{self.values['address']}", f"echo in; {command}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        self.addCleanup(session.stdout.close)
        self.addCleanup(session.stderr.close)
        self.addCleanup(session.wait)
        self.addCleanup(session.kill)
        self.assertEqual(session.stdout.readline(), "in\n")
        return session

    def record(self, *options):
        done = subprocess.run(
            [sys.executable, str(RECORD), str(self.directory / "sshd.log"), "--json", *options],
            capture_output=True, text=True, check=False,
        )
        self.assertEqual(done.stderr, "")
        return done.returncode, json.loads(done.stdout)["data"]

    def test_a_login_runs_its_command_and_is_recorded(self):
        self.start()
        session = self.log_in("sari", "exit 7")
        self.assertEqual(session.wait(10), 7)
        self.assertEqual(self.stop(), 0)
        status, data = self.record()
        self.assertEqual(status, 0)
        self.assertEqual([(x["agent"], x["ended"]) for x in data["logins"]], [("sari", "clean")])

    def test_the_later_login_throws_the_earlier_out(self):
        self.start()
        earlier = self.log_in("sari", "sleep 30")
        later = self.log_in("budi", "sleep 0.1")
        self.assertEqual(earlier.wait(10), 255)
        self.assertIn("closed by remote host", earlier.stderr.read())
        self.assertEqual(later.wait(10), 0)
        self.stop()
        status, data = self.record("--expect-kicks", "1")
        self.assertEqual((status, data["thrown_out"], data["logins"][0]["thrown_out_by"]), (0, 1, "budi"))
        self.assertEqual(self.record()[0], 1)

    def test_an_agents_own_second_login_throws_out_the_first(self):
        self.start()
        earlier = self.log_in("sari", "sleep 30")
        self.log_in("sari", "true").wait(10)
        self.assertEqual(earlier.wait(10), 255)

    def test_a_server_of_many_logins_keeps_an_agents_own_sessions(self):
        self.start("--logins", "many")
        first = self.log_in("sari", "sleep 30")
        self.log_in("sari", "true").wait(10)
        self.assertIsNone(first.poll())
        self.log_in("budi", "true").wait(10)
        self.assertEqual(first.wait(10), 255)

    def test_stop_ends_sessions_and_what_they_left_running(self):
        self.start()
        mark = f"7{time.time_ns() % 10**8}"
        session = self.log_in("sari", f"setsid sleep {mark} & sleep {mark}")
        self.assertTrue(processes_with(mark))
        self.assertEqual(self.stop(), 0)
        self.assertEqual(session.wait(10), 255)
        self.assertEqual(processes_with(str(self.directory)) + processes_with(f"sleep\0{mark}"), [])
        status, data = self.record()
        self.assertEqual((status, data["logins"][0]["ended"]), (0, "stopped"))

    def test_a_caller_that_goes_takes_its_target_with_it(self):
        runner = subprocess.Popen(
            [sys.executable, str(TARGET), "run", str(self.directory), "--agents", "sari"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.addCleanup(runner.stdout.close)
        self.values = {}
        while "key.sari" not in self.values:
            name, _, value = runner.stdout.readline().strip().partition("=")
            self.assertTrue(name)
            self.values[name] = value
        self.log_in("sari", "true").wait(10)
        runner.stdin.close()
        self.assertEqual(runner.wait(15), 0)
        self.assertEqual(processes_with(str(self.directory)), [])

    def test_a_killed_keeper_takes_sshd_with_it(self):
        self.start()
        keeper = int((self.directory / "keeper.pid").read_text().split()[0])
        gone = os.pidfd_open(keeper)
        self.addCleanup(os.close, gone)
        os.kill(keeper, 9)
        deadline = time.monotonic() + 10
        while processes_with(str(self.directory)):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)
        self.assertEqual(self.stop(), 0)

    def test_a_folder_in_use_is_refused(self):
        self.directory.mkdir()
        self.directory.joinpath("mine").touch()
        done = subprocess.run([sys.executable, str(TARGET), "start", str(self.directory)], capture_output=True, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(b"is not empty", done.stderr)
        self.assertEqual([file.name for file in self.directory.iterdir()], ["mine"])


if __name__ == "__main__":
    unittest.main()
