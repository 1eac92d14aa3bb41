"""A pseudo-terminal for tests: what a person types, sees, and the modes that must be the same afterwards."""

import errno
import fcntl
import os
import struct
import termios
import threading

from office import eventually


class Terminal:
    """`inside` is what a program gets as its terminal; everything written to it is collected."""

    def __init__(self, test, rows=24, columns=80):
        self.outside, self.inside = os.openpty()
        self.resize(rows, columns)
        self.seen = b""
        self.lock = threading.Lock()
        self.reader = threading.Thread(target=self.collect, daemon=True)
        self.reader.start()
        test.addCleanup(self.close)

    def collect(self):
        while True:
            try:
                got = os.read(self.outside, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                return
            if not got:
                return
            with self.lock:
                self.seen += got

    def close(self):
        # The last one who has it open inside ends the reader with EIO.
        os.close(self.inside)
        self.reader.join(10)
        os.close(self.outside)

    def become_controlling(self):
        """For preexec_fn, after setsid: Ctrl-C and Ctrl-Z reach the program, and WINCH does."""
        fcntl.ioctl(self.inside, termios.TIOCSCTTY, 0)

    def modes(self):
        return termios.tcgetattr(self.inside)

    def is_raw(self):
        return not self.modes()[3] & (termios.ICANON | termios.ECHO | termios.ISIG)

    def resize(self, rows, columns):
        fcntl.ioctl(self.outside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.outside, text)

    def text(self):
        with self.lock:
            return self.seen.decode("utf-8", "replace")

    def shows(self, text, times=1):
        eventually(lambda: self.text().count(text) >= times, f"{text!r} on the terminal {times} times")
        return self
