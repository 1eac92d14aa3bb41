"""What the tests of `gilir rdp` share: a desk with a server that is a real desktop, and its clients' processes."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system" / "hooks"))

from hook_desk import HookDeskTest  # noqa: E402
from office import eventually, is_alive  # noqa: E402
from rdp_desktop import PASSWORD, USER  # noqa: E402

TERM = 3.0


def command_lines():
    """Of all processes that live, as pid and words."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found.append((int(entry.name), (entry / "cmdline").read_bytes().split(b"\0")))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
    return found


class RdpOffice(HookDeskTest):
    """A subclass says which desktop it is, and how many sessions that has opened so far."""

    @classmethod
    def open_desktop(cls, kind):
        cls.scratch = tempfile.TemporaryDirectory(prefix="gilir-rdp-")
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.desktop = kind(cls.scratch.name)
        cls.addClassCleanup(cls.desktop.stop)

    def setUp(self):
        super().setUp()
        # The guardian of a gilir that was killed ends its client.
        self.addCleanup(lambda: eventually(lambda: not self.clients(), "no client is left", seconds=15))
        self.environment["DISPLAY"] = self.desktop.display
        self.gilir("agent", "add", "budi", "--tier", "1")
        self.gilir("server", "add", "kantor", "--address", f"127.0.0.1:{self.desktop.port}", "--user", USER,
                   "--term", "3s", "--protocol", "rdp")
        self.gilir("server", "trust", "kantor", "--rdp", "--key", self.desktop.fingerprint)

    def start(self, *options, password=PASSWORD, agent="ani"):
        """gilir rdp, with a file for what it says; in a session of its own, as a person's terminal would be."""
        said = tempfile.TemporaryFile(dir=self.home)
        self.addCleanup(said.close)
        process = subprocess.Popen(
            [os.environ["GILIR"], "--as", agent, "rdp", "kantor", "--ticket", "1", *options], env=self.environment,
            stdin=subprocess.PIPE, stdout=said, stderr=said, start_new_session=True)
        self.addCleanup(self.end, process)
        process.stdin.write(password.encode() + b"\n")
        process.stdin.flush()
        process.said = lambda: (said.seek(0), said.read().decode(errors="replace"))[1]
        return process

    def end(self, process):
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdin.close()

    def run_gilir(self, *words, text=""):
        return subprocess.run([os.environ["GILIR"], *words], env=self.environment, input=text, capture_output=True, text=True,
                              timeout=60, check=False)

    def clients(self):
        target = f"/v:127.0.0.1:{self.desktop.port}".encode()
        return [pid for pid, words in command_lines() if words[0] == b"xfreerdp" and target in words and is_alive(pid)]

    def open_session(self, options=(), **settings):
        before = self.sessions()
        process = self.start(*options, **settings)
        eventually(lambda: self.sessions() > before,
                   lambda: f"the desktop is open: {process.said()}\n{self.server_log()}")
        self.assertEqual((len(self.clients()), self.desktop.connections()), (1, 1))
        return process

    def is_free(self):
        return '"seats_free":1' in self.gilir("lock", "show", "kantor", "--json")
