"""Hooks: at least once, in order, beside the change and never in its way, whatever the hooks do."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

from hook_desk import HookDeskTest
from office import eventually, is_alive


class Hooks(HookDeskTest):
    def test_each_hears_its_events_as_the_log_tells_them(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/one", 'cat >"$SCRATCH/filed"; env >"$SCRATCH/environment"; pwd >"$SCRATCH/pwd"')
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        logged = self.gilir("log", "--limit", "100", "--json")
        events = json.loads(logged)["data"]
        # What happened before there were hooks is no news.
        self.assertEqual([event["kind"] for event in self.seen()], ["ticket.filed", "ticket.assigned"])
        self.assertEqual([event["facts"] for event in self.seen()], [event["facts"] for event in events[-2:]])
        self.assertIn('"kind":"ticket.filed"', (self.home / "filed").read_text(encoding="utf-8"))
        environment = (self.home / "environment").read_text(encoding="utf-8").splitlines()
        for line in (f"GILIR_DESK={self.desk}", "GILIR_AGENT=ani", "GILIR_EVENT=ticket.filed", "GILIR_EVENT_NUMBER=6",
                     f"GILIR={os.path.realpath(os.environ['GILIR'])}", "GILIR_TOKEN="):
            self.assertIn(line, environment)
        # What a hook sends away is found in the log again.
        head = next(line for line in environment if line.startswith("GILIR_EVENT_HEAD=6:")).partition("=")[2]
        self.gilir("log", "verify", "--head", head)
        self.assertEqual((self.home / "pwd").read_text(encoding="utf-8").strip(), str(self.hooks))

    def test_a_desk_without_hooks_starts_no_process(self):
        trace = self.home / "trace"
        # A process that is traced has no leaks to report.
        environment = {**self.environment, "ASAN_OPTIONS": "detect_leaks=0"}
        subprocess.run(["strace", "-f", "-o", str(trace), "-e", "trace=process", os.environ["GILIR"], "reporter", "add",
                        "Siti", "--office", "kantor-9"], env=environment, check=True, capture_output=True)
        calls = trace.read_text(encoding="utf-8")
        self.assertEqual(calls.count("execve("), 1, calls)
        self.assertNotIn("clone", calls)
        self.assertNotIn("fork", calls)

    def test_a_slow_hook_is_ended_after_ten_seconds_and_holds_up_no_change(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/slow",
                      '[ -e "$SCRATCH/again" ] && exit 0; touch "$SCRATCH/again"; trap "" TERM; sleep 300 & '
                      'echo $! >"$SCRATCH/child"; wait; sleep 300')
        before = time.monotonic()
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.gilir("ticket", "note", "1", "-m", "And another thing.")
        self.assertLess(time.monotonic() - before, 5)
        self.wait_until_delivered()
        self.assertGreater(time.monotonic() - before, 10)
        self.assertIn("slow: ran for more than 10 s and was ended", self.log())
        self.assertIn("slow: done", self.log())
        self.assertFalse(is_alive(int((self.home / "child").read_text(encoding="ascii"))))
        self.assertEqual(self.seen_numbers(), [6, 7, 8])

    def test_a_crashing_hook_is_run_three_times_and_passed_over_and_once_for_what_follows(self):
        self.add_recorder()
        self.add_hook("ticket.noted.d/crash", "echo ouch >&2; kill -SEGV $$")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        # One runner must see both, so that it remembers.
        self.add_hook("ticket.noted.d/a-gate", 'until [ -e "$SCRATCH/go" ]; do sleep 0.05; done')
        self.gilir("ticket", "note", "1", "-m", "One.")
        self.gilir("ticket", "note", "1", "-m", "Two.")
        (self.home / "go").touch()
        self.wait_until_delivered()
        log = self.log()
        self.assertEqual(log.count("#8 ticket.noted ticket.noted.d/crash: signal 11\n  | ouch\n"), 3, log)
        self.assertEqual(log.count("#9 ticket.noted ticket.noted.d/crash: signal 11\n"), 1, log)
        self.assertEqual(log.count("passed over"), 2, log)
        self.assertEqual(self.seen_numbers(), [6, 7, 8, 9])

    def test_a_hook_that_hears_of_its_own_changes_is_ended(self):
        self.add_hook("ticket.noted.d/echo", 'exec "$GILIR" ticket note 1 -m "seen $GILIR_EVENT_NUMBER"')
        self.add_hook("all.d/other", ":")
        self.gilir("ticket", "note", "1", "-m", "go")
        # From #6 on each answers the one before, and nothing answers the last.
        eventually(lambda: "#10 ticket.noted: no hook runs" in self.log(), self.log)
        eventually(lambda: not self.is_running(), "the runner is over")
        self.assertEqual(self.head(), 10)
        found = [one for one in json.loads(self.gilir("doctor", "--json"))["data"] if one["because"] == "endless"]
        self.assertEqual([(one["check"], one["health"], one["fact"]) for one in found], [("hooks", "warning", "10")])
        # What a person does is heard of as ever.
        self.gilir("ticket", "note", "1", "-m", "again")
        eventually(lambda: "#15 ticket.noted: no hook runs" in self.log(), self.log)
        self.assertEqual(self.log().count("#11 ticket.noted ticket.noted.d/echo: done"), 1)

    def test_of_a_flood_a_little_is_kept(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/flood", "yes 'more and more' | head -c 50000000; printf '\\033[2J'")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        self.assertLess((self.hooks / "log").stat().st_size, 64 * 1024)
        self.assertIn("bytes more", self.log())
        self.assertIn("flood: done", self.log())

    def test_control_characters_of_a_hook_are_escaped_in_the_log(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/rude", "printf '\\033[2Jgone\\n'")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        self.assertIn("  | \\x1b[2Jgone\n", self.log())

    def test_files_that_others_could_have_written_are_not_run(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/no-run-bit", 'touch "$SCRATCH/wrong"', mode=0o644)
        self.add_hook("ticket.filed.d/for-everybody", 'touch "$SCRATCH/wrong"', mode=0o757)
        self.add_hook("ticket.filed.d/for-the-group", 'touch "$SCRATCH/wrong"', mode=0o775)
        self.add_hook("ticket.noted.d/in-an-open-folder", 'touch "$SCRATCH/wrong"')
        (self.hooks / "ticket.noted.d").chmod(0o777)
        self.add_hook("ticket.fild.d/misspelt", 'touch "$SCRATCH/wrong"')
        (self.hooks / "ticket.filed.d" / "dangling").symlink_to("nowhere")
        (self.hooks / "ticket.filed.d" / "folder").mkdir()
        (self.hooks / "ticket.filed.d" / "settings.conf").touch()
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.gilir("ticket", "note", "1", "-m", "And another thing.")
        self.wait_until_delivered()
        self.assertFalse((self.home / "wrong").exists())
        for line in ("ticket.filed.d/no-run-bit: not run: not_executable", "ticket.noted.d: not run: writable_by_others",
                     "ticket.filed.d/for-everybody: not run: writable_by_others",
                     "ticket.filed.d/for-the-group: not run: writable_by_others",
                     "ticket.fild.d: not run: no_such_event", "ticket.filed.d/dangling: not run: unreadable",
                     "ticket.filed.d/folder: not run: not_a_file"):
            self.assertIn(line, self.log())
        self.assertNotIn("settings.conf", self.log())

    @unittest.skipUnless(os.geteuid() == 0, "only root can give a file away")
    def test_files_of_another_user_are_not_run(self):
        self.add_recorder()
        os.chown(self.add_hook("ticket.filed.d/foreign", 'touch "$SCRATCH/wrong"'), 65534, 65534)
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        self.assertIn("ticket.filed.d/foreign: not run: foreign_owner", self.log())
        self.assertFalse((self.home / "wrong").exists())

    def test_after_a_killed_runner_the_next_change_delivers_what_was_left(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/killer", '[ -e "$SCRATCH/killed" ] && exit 0; echo $$ >"$SCRATCH/killed"; '
                                               "kill -KILL $PPID; sleep 300")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        eventually(lambda: (self.home / "killed").exists() and not self.is_running(), "the runner is killed")
        # Nobody else would end the hook that is left over.
        killer = int((self.home / "killed").read_text(encoding="ascii"))
        eventually(lambda: not is_alive(killer), "the left hook is ended", seconds=10)
        self.assertEqual(self.seen(), [])
        self.gilir("ticket", "note", "1", "-m", "And another thing.")
        self.wait_until_delivered()
        self.assertEqual(self.seen_numbers(), [6, 7, 8])

    def test_runners_killed_at_any_time_lose_nothing_and_keep_the_order(self):
        self.add_recorder()
        for number in range(12):
            self.gilir("reporter", "add", f"R{number}", "--office", "kantor-9")
            for pid in self.runner_pids():
                time.sleep(0.004 * number)
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        self.gilir("reporter", "add", "Siti", "--office", "kantor-9")
        self.wait_until_delivered()
        numbers = self.seen_numbers()
        self.assertEqual(sorted(set(numbers)), list(range(6, 19)))
        self.assertEqual(list(dict.fromkeys(numbers)), list(range(6, 19)))

    def test_a_runner_that_is_told_to_end_ends_its_hook_and_leaves_the_event_to_the_next(self):
        self.add_hook("reporter.added.d/once", '[ -e "$SCRATCH/once" ] && exec cat >>"$SCRATCH/seen"; '
                                               'touch "$SCRATCH/once"; sleep 300')
        self.gilir("reporter", "add", "Siti", "--office", "kantor-9")
        eventually((self.home / "once").exists, "the hook runs")
        os.kill(self.runner_pids()[0], signal.SIGTERM)
        eventually(lambda: not self.is_running(), "the runner is over")
        self.gilir("reporter", "add", "Wati", "--office", "kantor-9")
        self.wait_until_delivered()
        self.assertEqual(self.seen_numbers(), [6, 7])

    def test_many_changes_at_once_are_delivered_by_one_runner_at_a_time(self):
        self.add_hook("all.d/alone", 'mkdir "$SCRATCH/alone" || touch "$SCRATCH/together"; cat >>"$SCRATCH/seen"; '
                                     'rmdir "$SCRATCH/alone"')
        self.gilir("reporter", "add", "first", "--office", "kantor-9")
        changes = [subprocess.Popen([os.environ["GILIR"], "reporter", "add", f"R{number}", "--office", "kantor-9"],
                                    env=self.environment, stdout=subprocess.DEVNULL) for number in range(20)]
        self.assertEqual([change.wait() for change in changes], [0] * 20)
        self.wait_until_delivered()
        self.assertFalse((self.home / "together").exists())
        self.assertEqual(self.seen_numbers(), list(range(6, 27)))

    def test_a_hook_may_run_gilir(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/answer", '"$GILIR" ticket note 1 -m "Seen by a hook: $GILIR_EVENT"')
        self.gilir("ticket", "new", "-t", "Printer smokes")
        eventually(lambda: [event["kind"] for event in self.seen()] == ["ticket.filed", "ticket.assigned",
                                                                        "ticket.noted"], self.log)
        self.assertIn("Seen by a hook: ticket.filed", self.gilir("ticket", "show", "1"))

    def test_the_example_of_the_plugins_page_works(self):
        page = (pathlib.Path(__file__).resolve().parents[3] / "plugins" / "README.md").read_text(encoding="utf-8")
        example = page.split("```python\n")[1].split("```")[0]
        self.add_recorder()
        self.add_hook("ticket.filed.d/first-aid", "").write_text(example, encoding="utf-8")
        self.gilir("ticket", "new", "-t", "The Printer smokes")
        eventually(lambda: "ticket.noted" in [event["kind"] for event in self.seen()], self.log)
        self.assertIn("Is it switched on?", self.gilir("ticket", "show", "2"))

    def test_what_a_hook_leaves_running_is_ended(self):
        self.add_recorder()
        self.add_hook("ticket.filed.d/leaver", 'sleep 300 & echo $! >"$SCRATCH/left"')
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        self.assertFalse(is_alive(int((self.home / "left").read_text(encoding="ascii"))))

    def test_a_hook_that_reads_nothing_of_a_large_event_is_no_failure(self):
        self.add_recorder()
        self.add_hook("ticket.noted.d/deaf", "exit 0")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.gilir("ticket", "note", "1", "-F", "-", text='"' * 60_000)
        self.wait_until_delivered()
        self.assertIn("deaf: done", self.log())
        self.assertEqual(len(self.seen()[-1]["facts"]["text"]), 60_000)

    def test_a_file_that_is_no_program_is_passed_over(self):
        self.add_recorder()
        path = self.add_hook("ticket.filed.d/nothing", "")
        path.write_bytes(b"\0\1\2")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.wait_until_delivered()
        self.assertIn("nothing: cannot be run: Exec format error", self.log())


if __name__ == "__main__":
    sys.exit(unittest.main())
