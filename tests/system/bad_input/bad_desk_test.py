"""A desk that is missing, damaged, foreign, newer or not ours: a clear error, and the file stays as it is."""

import ctypes
import datetime
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

from hostile import GILIR, HostileCase, poke

# One command that reads, one that writes, one that starts a process, and bare gilir.
COMMANDS = [("ticket", "list"), ("ticket", "new", "-t", "x", "-m", "x"), (),
            ("with", "app-1", "--reason", "x", "--", "true")]
# Namespaces of one's own; a user needs to be root in one of users for the others.
APART = ["unshare"] if os.geteuid() == 0 else ["unshare", "--map-root-user"]
# A desk that nobody can write to: root passes file permissions, but not a read-only mount.
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'

# fcntl(2): F_OFD_SETLK on the first byte for writing, as gilir does; then it stops.
KEEPER = """
import fcntl, os, signal, struct, sys
gate = os.open(sys.argv[1], os.O_RDWR)
fcntl.fcntl(gate, 37, struct.pack("hhqqixxxx", fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0))
os.kill(os.getpid(), signal.SIGSTOP)
"""


# A copy of the desk ($2) on a small disk of its own ($1), filled to the last byte before the command runs.
FULL_DISK = """
mount -t tmpfs -o size=2m,mode=700 none "$1" && cp -a "$2" "$1/desk" || exit 99
dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null
export GILIR_DESK="$1/desk"
shift 2
exec "$@"
"""


def contents(directory):
    """Every file below a directory with its bytes, and links with their targets."""
    found = {}
    for path in sorted(pathlib.Path(directory).rglob("*")):
        name = str(path.relative_to(directory))
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def open_files(pid):
    """What a process has open, by the names that /proc gives it."""
    names = []
    for path in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            names.append(os.readlink(path))
        except FileNotFoundError:
            continue
    return names


class BadDesk(HostileCase):
    def setUp(self):
        super().setUp()
        self.do("init", "--agent", "sari", "--name", "Help")
        self.do("server", "add", "app-1", "--address", "127.0.0.1:1")
        self.do("ticket", "new", "-t", "Printer", "-m", "It smokes")
        self.database = self.desk / "desk.db"

    def refuse(self, error_code, pattern, wrapper=(), **environment):
        """Every kind of command is refused alike, with exit code 69, and leaves what it found as it was."""
        for words in COMMANDS:
            for mode in ((), ("--json",)):
                run = self.gilir(*mode, *words, **environment)
                with self.subTest(command=(mode, words)):
                    self.check(run)
                    self.assertEqual(run.code, 69, (run.out[:300], run.errors))
                    if mode:
                        self.assertEqual(run.error()["code"], error_code)
                    else:
                        self.assertRegex(run.errors.decode(), pattern)

    def refuse_file(self, error_code, pattern):
        before = self.database.read_bytes()
        self.refuse(error_code, pattern)
        self.assertEqual(self.database.read_bytes(), before, "the broken file was changed")

    def test_refuses_a_truncated_desk_and_leaves_it_as_it_is(self):
        whole = self.database.read_bytes()
        for length, error_code in ((0, "damaged"), (1, "damaged"), (100, "damaged"), (512, None), (4096, None),
                                   (len(whole) // 2, None), (len(whole) - 4096, None)):
            with self.subTest(length=length):
                self.database.write_bytes(whole[:length])
                self.refuse_broken(error_code)

    def refuse_broken(self, error_code):
        """As refuse_file, where SQLite may call it damaged or foreign, or read what is still whole."""
        before = self.database.read_bytes()
        for words in COMMANDS[:2]:
            run = self.gilir("--json", *words)
            self.check(run)
            self.assertEqual(run.code, 69, (words, len(before), run.out[:200], run.errors))
            self.assertIn(run.error()["code"], [error_code] if error_code else ["damaged", "foreign_file"])
        self.assertEqual(self.database.read_bytes(), before, "the broken file was changed")

    def test_survives_a_desk_with_random_bytes_in_it(self):
        whole = self.database.read_bytes()
        for page in range(0, len(whole) // 4096, 3):
            self.database.write_bytes(whole[: page * 4096 + 8] + b"\xa5" * 4080 + whole[page * 4096 + 4088:])
            for words in COMMANDS[:2]:
                run = self.gilir("--json", *words)
                with self.subTest(page=page, command=words):
                    self.check(run)
                    self.assertIn(run.code, (0, 69), run.errors)

    def test_refuses_a_file_that_is_no_database(self):
        for text in (b"This is a letter.\n" * 400, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 4080):
            self.database.write_bytes(text)
            self.refuse_file("foreign_file", "is not a desk")

    def test_refuses_another_programs_database(self):
        self.database.unlink()
        with sqlite3.connect(self.database) as database:
            database.execute("CREATE TABLE bookmark (title TEXT)")
        database.close()
        self.refuse_file("foreign_file", "is not a desk")
        poke(self.desk, "PRAGMA user_version=1")
        self.refuse_file("foreign_file", "is not a desk")

    def test_refuses_a_desk_of_a_newer_gilir(self):
        poke(self.desk, "PRAGMA user_version=9999")
        self.refuse_file("newer_schema", "made by a newer gilir .*9999.*Install the newer gilir")

    def test_refuses_a_database_that_lost_its_tables(self):
        poke(self.desk, "DROP TABLE event")
        for words in COMMANDS[1:2]:
            run = self.gilir("--json", *words)
            self.check(run)
            self.assertIn(run.code, (1, 69), run.errors)

    def on_read_only_mount(self, *words):
        return subprocess.run(
            [*APART, "-m", "sh", "-c", READ_ONLY, str(self.desk), GILIR, *words], env=self.environment, cwd=self.scratch,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)

    def test_reads_a_desk_on_a_read_only_mount_and_says_why_nothing_can_be_changed(self):
        strange = self.desk.with_name("100% de?sk #1")
        self.desk.rename(strange)
        self.desk = strange
        self.environment["GILIR_DESK"] = str(strange)
        # Nobody can write there, whatever the modes say.
        self.desk.chmod(0o777)
        before = contents(self.desk)
        for words, shown in ((("ticket", "list"), b"Printer"), (("ticket", "show", "1"), b"It smokes"), ((), b"sari"),
                             (("log", "verify", "--deep"), b":"), (("server", "list"), b"app-1"),
                             (("doctor",), b"the desk can only be read")):
            done = self.on_read_only_mount(*words)
            with self.subTest(command=words):
                self.assertIn(done.returncode, (0, 1) if words == ("doctor",) else (0,), done.stderr)
                self.assertIn(shown, done.stdout)
        for words in (COMMANDS[1], COMMANDS[3]):
            for mode in ((), ("--json",)):
                done = self.on_read_only_mount(*mode, *words)
                with self.subTest(command=(mode, words)):
                    self.assertEqual(done.returncode, 69, done.stderr)
                    self.assertIn(b"Read-only file system", done.stderr)
        self.assertEqual(contents(self.desk), before)

    def on_full_disk(self, *words):
        disk = self.scratch / "disk"
        disk.mkdir(exist_ok=True)
        return subprocess.run(
            [*APART, "-m", "sh", "-c", FULL_DISK, "sh", str(disk), str(self.desk), GILIR, *words], env=self.environment,
            cwd=self.scratch, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)

    def test_reads_a_desk_on_a_full_disk_and_says_that_it_is_full(self):
        for words, shown in ((("ticket", "list"), b"Printer"), (("ticket", "show", "1"), b"It smokes"), ((), b"sari"),
                             (("log", "verify", "--deep"), b":"), (("lock", "show", "app-1"), b"app-1")):
            done = self.on_full_disk(*words)
            with self.subTest(command=words):
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn(shown, done.stdout)
        done = self.on_full_disk("doctor")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(b"the disk is full", done.stdout)
        self.assertIn(b"one whole chain", done.stdout)
        for words in (COMMANDS[1], COMMANDS[3]):
            done = self.on_full_disk("--json", *words)
            with self.subTest(command=words):
                self.assertEqual(done.returncode, 69, done.stderr)
                self.assertEqual(json.loads(done.stderr)["error"]["code"], "no_space")

    def test_watching_a_desk_that_is_moved_away_ends(self):
        watch = subprocess.Popen([GILIR, "lock", "watch", "app-1"], env=self.environment, cwd=self.scratch,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(watch.communicate)
        self.addCleanup(watch.kill)
        until = time.monotonic() + 30
        while "anon_inode:inotify" not in open_files(watch.pid):
            self.assertLess(time.monotonic(), until, "it watches")
            time.sleep(0.01)
        self.desk.rename(self.desk.with_name("elsewhere"))
        _, errors = watch.communicate(timeout=30)
        self.assertEqual(watch.returncode, 69, errors)
        self.assertIn(b"it was moved, or replaced by another", errors)

    def test_finds_its_other_half_where_proc_is_hidden(self):
        done = subprocess.run(
            [*APART, "-m", "sh", "-c", "mount -t tmpfs none /proc && exec \"$0\" \"$@\"", GILIR, "ssh", "app-1", "--reason",
             "x", "true"], env=self.environment, cwd=self.scratch, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
            check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn(b"not installed", done.stderr)

    def test_says_what_a_read_only_desk_lacks_to_be_read(self):
        with sqlite3.connect(self.database) as database:
            database.execute("INSERT INTO past_boot VALUES ('x')")
            database.commit()
            done = self.on_read_only_mount("ticket", "list")
        database.close()
        self.assertEqual(done.returncode, 69, done.stderr)
        self.assertIn(b"read-only medium with changes that were not put in yet; copy", done.stderr)
        poke(self.desk, "PRAGMA user_version=1")
        done = self.on_read_only_mount("ticket", "list")
        self.assertEqual(done.returncode, 69, done.stderr)
        self.assertIn(b"of an older gilir and lies on a read-only medium", done.stderr)

    def test_refuses_a_desk_that_others_can_write(self):
        before = contents(self.desk)
        for mode in (0o777, 0o770, 0o702):
            self.desk.chmod(mode)
            self.refuse("unreachable", "others can write there; close it with gilir doctor --fix")
        self.assertEqual(contents(self.desk), before)
        self.desk.chmod(0o755)
        self.do("ticket", "list")

    def test_goes_on_when_the_clock_has_jumped(self):
        """What a jump of the clock leaves, without one: the desk's own time stands an hour ahead."""
        self.do("ticket", "new", "-t", "Door", "-m", "It squeaks")
        poke(self.desk, "UPDATE desk_clock SET wall = wall + 3630000")
        kernel = ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(1024))
        synchronised = 0 <= kernel < 5  # TIME_ERROR
        run = self.gilir("ticket", "postpone", "1", "--until", "2s", "--json=postponed_until")
        self.check(run)
        self.assertEqual(run.code, 0, run.errors)
        until = datetime.datetime.fromisoformat(json.loads(run.out)["data"]["postponed_until"].replace("Z", "+00:00"))
        ahead = (until - datetime.datetime.now(datetime.timezone.utc)).total_seconds()
        if synchronised:
            self.assertLess(ahead, 60)
        else:
            self.assertGreater(ahead, 3500)
            self.assertIn(b"The clock of this machine jumped by 1 h", self.gilir("agent", "back").errors)
            self.assertIn(b"gilir doctor --repair-clock", self.gilir("doctor").out)
            self.assertIn(b"goes by this machine's clock again", self.do("doctor", "--repair-clock").errors)
        events = json.loads(self.do("log", "--limit", "100", "--json=kind,at,facts").out)["data"]
        moved = [event["facts"]["moved_s"] for event in events if event["kind"] == "clock.set"]
        self.assertEqual(len(moved), 1)
        self.assertLess(abs(moved[0] + 3600), 60)
        # Two seconds by either clock, not an hour.
        shown = json.loads(self.do("ticket", "show", "1", "--json=postponed_until,status").out)["data"]
        if shown["status"] == "postponed":
            until = datetime.datetime.fromisoformat(shown["postponed_until"].replace("Z", "+00:00"))
            self.assertLess((until - datetime.datetime.now(datetime.timezone.utc)).total_seconds(), 60)
        self.do("log", "verify", "--deep")

    def test_an_odd_process_spoils_nothing_for_the_others(self):
        """One that cannot read which start of the machine it belongs to, or has a boot clock of its own."""
        starved = [["sh", "-c", f"ulimit -n {descriptors}; exec \"$0\" \"$@\""] for descriptors in range(3, 16)]
        hidden = [*APART, "-m", "sh", "-c", "mount -t tmpfs none /proc/sys && exec \"$0\" \"$@\""]
        elsewhere = [[*APART, "-T", "--boottime", str(offset)] for offset in (86400, -600)]
        self.do("lock", "acquire", "app-1", "--reason", "x", "--for", "30m")
        outcomes = []
        for wrapper in (*starved, hidden, *elsewhere):
            done = subprocess.run([*wrapper, GILIR, "ticket", "note", "1", "-m", "x"], env=self.environment,
                                  cwd=self.scratch, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
            with self.subTest(wrapper=wrapper):
                outcomes.append(done.returncode)
                self.assertTrue(done.stderr or done.returncode == 0)
                for words in (("ticket", "list"), ("log", "verify"), ("ticket", "note", "1", "-m", "y")):
                    self.do(*words)
        self.assertIn(69, outcomes)
        self.assertEqual(outcomes[-2:], [0, 0])
        held = json.loads(self.do("lock", "show", "app-1", "--json").out)["data"]["holders"]
        self.assertEqual(len(held), 1)
        self.assertLessEqual(held[0]["expires_in_s"], 1800)
        self.assertGreater(held[0]["expires_in_s"], 1600)

    def test_refuses_somebody_elses_desk(self):
        before = contents(self.desk)
        if os.geteuid() == 0:
            os.chown(self.desk, 12345, 12345)
            self.refuse("foreign_desk", "belongs to .*12345.*A desk has one user")
        else:
            self.refuse("foreign_desk", "belongs to .*0.*A desk has one user", GILIR_DESK="/")
        self.assertEqual(contents(self.desk), before)

    def test_refuses_a_desk_whose_files_may_not_be_written(self):
        before = contents(self.desk)
        owner = self.give_to_somebody()
        for path in (self.database, self.desk / "gate", self.desk):
            path.chmod(0o500 if path.is_dir() else 0o400)
        for words in COMMANDS:
            done = self.run_as(owner, "--json", *words)
            self.assertEqual(done.returncode, 69, (words, done.stderr))
            self.assertIn(b'"unreachable"', done.stderr)
        self.desk.chmod(0o700)
        self.assertEqual(contents(self.desk), before)

    def test_refuses_a_home_that_may_not_be_entered(self):
        home = self.scratch / "home"
        owner = self.give_to_somebody()
        home.chmod(0)
        self.environment["GILIR_DESK"] = str(home / "desk")
        for words in COMMANDS:
            done = self.run_as(owner, "--json", *words)
            self.assertEqual(done.returncode, 69, (words, done.stderr))
            self.assertIn(b"Permission denied", done.stderr)

    def give_to_somebody(self):
        """Root passes file permissions, so the desk becomes a plain user's: who runs gilir then."""
        if os.geteuid() != 0:
            return os.geteuid()
        self.scratch.chmod(0o755)
        for path in (self.desk, *self.desk.rglob("*"), self.scratch / "home"):
            os.chown(path, 12345, 12345)
        return 12345

    def run_as(self, owner, *words):
        who = {"user": owner, "group": owner, "extra_groups": []} if os.geteuid() == 0 else {}
        return subprocess.run([self.program_for_everybody(), *words], env=self.environment, cwd="/",
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False, **who)

    def program_for_everybody(self):
        copy = self.scratch / "bin" / "gilir"
        if not copy.exists():
            copy.parent.mkdir(mode=0o755)
            shutil.copy(GILIR, copy)
            copy.chmod(0o755)
        return str(copy)

    def test_refuses_paths_that_are_no_directory_of_a_desk(self):
        (self.scratch / "file").write_text("x")
        (self.scratch / "empty").mkdir()
        (self.scratch / "loop").symlink_to("loop")
        for path, error_code, pattern in (
            ("missing", "no_desk", "there is no desk at .*/missing. Make one with gilir init"),
            ("missing/deeper", "no_desk", "there is no desk at"), ("empty", "no_desk", "there is no desk at"),
            ("file", "no_desk", "there is no desk at"), ("file/below", "no_desk", "there is no desk at"),
            ("loop", "unreachable", "cannot be opened: Too many levels of symbolic links"),
            ("x" * 300, "unreachable", "cannot be opened: File name too long"),
        ):
            for words in COMMANDS[:2]:
                for mode in ((), ("--json",)):
                    run = self.gilir(*mode, *words, "--desk", str(self.scratch / path))
                    with self.subTest(path=path[:20], command=(mode, words)):
                        self.check(run)
                        self.assertEqual(run.code, 69, run.errors)
                        self.assertRegex(run.errors.decode(), error_code if mode else pattern)

    def test_shows_the_first_steps_where_there_is_no_desk_yet(self):
        run = self.gilir(GILIR_DESK=str(self.scratch / "missing"))
        self.assertEqual((run.code, run.errors), (0, b""))
        self.assertIn(b"gilir init", run.out)

    def test_says_that_there_is_no_desk_where_no_home_is_named(self):
        for name in ("GILIR_DESK", "HOME"):
            del self.environment[name]
        # The home of the password database is that of whoever tests.
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            self.environment[name] = str(self.scratch / "nothing-here")
        # Bare gilir says how to begin.
        for words in filter(None, COMMANDS):
            run = self.gilir("--json", *words)
            self.check(run)
            self.assertEqual((run.code, run.error()["code"]), (69, "no_desk"))
            self.assertIn("--desk", run.error()["hint"])

    def test_makes_no_desk_over_what_is_there(self):
        (self.scratch / "file").write_text("x")
        (self.scratch / "full").mkdir()
        (self.scratch / "full" / "letter").write_text("x")
        (self.scratch / "loop").symlink_to("loop")
        before = contents(self.scratch)
        for path, code in ((self.desk, 5), ("full", 5), ("file", 69), ("file/below", 69), ("loop", 69), ("/proc/desk", 69)):
            run = self.gilir("init", str(path), "--json")
            with self.subTest(path=path):
                self.check(run)
                self.assertEqual(run.code, code, run.errors)
        self.assertEqual(contents(self.scratch), before)

    def test_says_what_is_wrong_with_the_write_gate(self):
        gate = self.desk / "gate"
        gate.unlink()
        self.do("ticket", "new", "-t", "A lost gate is made anew", "-m", "x")
        gate.unlink()
        gate.mkdir()
        self.refuse("unreachable", "gate cannot be opened: Is a directory")
        gate.rmdir()
        gate.symlink_to("/dev/null")
        self.refuse("unreachable", "gate cannot be opened: Too many levels of symbolic links")
        gate.unlink()
        os.mkfifo(gate)
        self.gate_that_is_a_pipe()

    def stopped_inside_the_gate(self):
        keeper = subprocess.Popen([sys.executable, "-c", KEEPER, str(self.desk / "gate")])
        self.addCleanup(keeper.wait)
        self.addCleanup(keeper.kill)
        os.waitpid(keeper.pid, os.WUNTRACED)
        return keeper

    def test_names_a_process_that_was_stopped_inside_the_write_gate(self):
        keeper = self.stopped_inside_the_gate()
        run = self.gilir("ticket", "note", "1", "-m", "x")
        self.check(run)
        self.assertEqual(run.code, 69)
        self.assertRegex(run.errors.decode(), rf"the desk waits for process {keeper.pid} \(python[0-9.]*\), which is "
                                              rf"stopped. Let it go on with kill -CONT {keeper.pid}, or end it")
        self.do("ticket", "list")
        self.assertIn(b"is stopped and does not let go of it", self.gilir("doctor").out)

    def test_can_be_interrupted_while_the_write_gate_is_shut(self):
        self.stopped_inside_the_gate()
        inode = f":{(self.desk / 'gate').stat().st_ino} "
        for words in (COMMANDS[1], COMMANDS[3], ("lock", "acquire", "app-1", "--reason", "x")):
            waiter = subprocess.Popen([GILIR, *words], env=self.environment, cwd=self.scratch, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with self.subTest(command=words):
                locks = pathlib.Path("/proc/locks")
                while not any("->" in line and inode in line for line in locks.read_text().splitlines()):
                    self.assertIsNone(waiter.poll(), "it did not wait")
                waiter.send_signal(signal.SIGINT)
                start = time.monotonic()
                self.assertNotEqual(waiter.wait(timeout=30), 0)
                self.assertLess(time.monotonic() - start, 3)

    def gate_that_is_a_pipe(self):
        run = self.gilir("ticket", "new", "-t", "x", "-m", "x")
        self.check(run)
        self.assertIn(run.code, (0, 69))

    def test_works_without_the_bells(self):
        shutil.rmtree(self.desk / "bells")
        self.do("ticket", "new", "-t", "Nobody hears it", "-m", "x")
        self.do("lock", "acquire", "app-1", "--reason", "x")
        self.do("agent", "add", "dewi", "--tier", "1")
        run = self.gilir("lock", "acquire", "app-1", "--reason", "x", "--wait=1s", "--as", "dewi", "--json")
        self.check(run)
        self.assertIn(run.code, (69, 75), run.errors)

    def test_says_what_is_wrong_with_the_config(self):
        config = self.scratch / "home" / ".config" / "gilir" / "config"
        del self.environment["GILIR_DESK"]
        for made in (lambda: config.write_bytes(b"desk=\xff\xfe\n"), lambda: config.write_bytes(b"x" * (1 << 20)),
                     lambda: (config.unlink(), config.mkdir())):
            made()
            for mode in ((), ("--json",)):
                run = self.gilir(*mode, "ticket", "list")
                self.check(run)
                self.assertIn(run.code, (1, 2), run.errors)
                self.assertIn(b"config", run.errors)


if __name__ == "__main__":
    unittest.main()
