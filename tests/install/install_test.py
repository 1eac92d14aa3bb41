#!/usr/bin/env python3
"""`cmake --install` into an empty folder: everything is there, and runs from there without the build."""

import os
import pathlib
import platform
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from programs import surroundings  # noqa: E402

BUILD = pathlib.Path(os.environ.get("GILIR_BUILD", ROOT / "build" / "release"))
PROGRAMS = ("bin/gilir", "libexec/gilir/gilir-full", "libexec/gilir/rdp-certificate", "libexec/gilir/plugins/webhook")
# Such a build is for tests, and is never installed.
SANITIZED = "GILIR_SANITIZE:STRING=\n" not in (BUILD / "CMakeCache.txt").read_text(encoding="utf-8")


def elf(*words):
    return subprocess.run(["readelf", *words], check=True, capture_output=True, text=True).stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="gilir-install-")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.prefix = pathlib.Path(cls.folder.name) / "usr"
        subprocess.run(["cmake", "--install", BUILD, "--prefix", cls.prefix], check=True, capture_output=True)

    def gilir(self, *words):
        environment = surroundings(HOME=self.folder.name, LC_ALL="C.UTF-8", USER="sari", GILIR_PLUGINS="/nonexistent")
        return subprocess.run([self.prefix / "bin" / "gilir", *words], env=environment, capture_output=True, text=True,
                              check=False)

    def test_puts_everything_in_its_place(self):
        for name in ("bin/gilir", "libexec/gilir/gilir-full", "libexec/gilir/rdp-certificate",
                     "share/bash-completion/completions/gilir", "share/zsh/vendor-completions/_gilir",
                     "share/fish/vendor_completions.d/gilir.fish",
                     "share/man/man1/gilir.1", "share/man/man1/gilir-ticket-new.1", "lib/systemd/user/gilir-tick.service",
                     "lib/systemd/user/gilir-tick.timer", "share/doc/gilir/README.md", "share/doc/gilir/copyright"):
            self.assertTrue((self.prefix / name).is_file(), name)
        installed = {path.name for path in self.prefix.rglob("*") if path.is_file()}
        self.assertFalse({name for name in installed if re.search(r"test|manual$|\.a$|\.h$", name)})

    def test_searches_no_directory_of_the_build(self):
        for name in PROGRAMS:
            self.assertNotRegex(elf("-d", self.prefix / name), r"\((RPATH|RUNPATH)\)")

    def test_programs_of_the_build_search_no_working_directory(self):
        for name in PROGRAMS:
            for path in re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", elf("-d", BUILD / name)):
                self.assertTrue(all(entry.startswith("/") for entry in path.split(":")), f"{name}: {path}")

    @unittest.skipIf(SANITIZED, "built with sanitizers")
    def test_lets_nothing_change_what_the_loader_resolved(self):
        for name in PROGRAMS:
            facts = elf("-dl", self.prefix / name)
            self.assertRegex(facts, r"BIND_NOW|FLAGS_1.*NOW", name)
            self.assertIn("GNU_RELRO", facts, name)

    @unittest.skipIf(SANITIZED, "built with sanitizers")
    def test_is_hardened(self):
        for name in PROGRAMS:
            path = self.prefix / name
            self.assertRegex(elf("-h", path), r"Type:\s+DYN", f"{name} lies at an address that an attacker knows")
            self.assertRegex(elf("-lW", path), r"GNU_STACK.* RW ", f"{name} may run what lies on its stack")
            called = elf("--dyn-syms", "-W", path)
            self.assertIn("__stack_chk_fail", called, f"{name} is built without stack protector")
            self.assertRegex(called, r"__\w+_chk\b", f"{name} is built without _FORTIFY_SOURCE")
            if platform.machine() == "x86_64":
                own = subprocess.run(["objdump", "--disassemble=main", path], check=True, capture_output=True, text=True)
                self.assertRegex(own.stdout, r"<main>:\n.*endbr64", f"{name} is built without CET")

    def test_runs_from_there(self):
        for words in (("init",), ("ticket", "new", "-t", "Printer smokes"), ("tick",), ("linked",), ("doctor",)):
            run = self.gilir(*words)
            self.assertEqual(run.returncode, 0, (words, run.stdout, run.stderr))

    def test_has_a_page_for_every_command_in_help(self):
        commands = re.findall(r"^  ([a-z]+(?: [a-z-]+)?)  ", self.gilir("help").stdout, re.MULTILINE)
        self.assertGreater(len(commands), 30)
        for folder in ("share/man/man1", "share/man/id/man1"):
            pages = {path.name for path in (self.prefix / folder).iterdir()}
            self.assertEqual(pages, {"gilir.1", *(f"gilir-{command.replace(' ', '-')}.1" for command in commands)}, folder)

    def test_has_the_pages_in_indonesian_too(self):
        """No heading and no sentence is left in English: what both have alike is what people type."""
        for page in (self.prefix / "share/man/id/man1").iterdir():
            english = (self.prefix / "share/man/man1" / page.name).read_text(encoding="utf-8").splitlines()
            alike = set(english) & set(page.read_text(encoding="utf-8").splitlines())
            self.assertFalse({line for line in alike if re.match(r"\.SH|[A-Z].*\.$", line)}, page.name)


if __name__ == "__main__":
    unittest.main()
