"""A TCP relay in front of a target, for what networks do: hold the server's bytes back, end or reset a connection."""

import contextlib
import socket
import struct
import threading
import time

from office import eventually


class Relay:
    """Carries one connection at a time; the address is what a server's --address takes."""

    def __init__(self, target):
        self.host, port = target.address.split(":")
        self.target = self.host, int(port)
        self.listener = socket.create_server((self.host, 0))
        self.address = f"{self.host}:{self.listener.getsockname()[1]}"
        self.holds = threading.Event()
        self.held, self.count, self.heard = b"", 0, 0.0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                self.client, _ = self.listener.accept()
                self.server = socket.create_connection(self.target)
                for source, carry in ((self.client, self.server.sendall), (self.server, self.to_client)):
                    threading.Thread(target=self.carry, args=(source, carry), daemon=True).start()

    @staticmethod
    def carry(source, carry):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                carry(data)

    def to_client(self, data):
        self.count += len(data)
        self.heard = time.monotonic()
        if self.holds.is_set():
            self.held += data
        else:
            self.client.sendall(data)

    def hold(self):
        """From now on what the server says waits here."""
        self.held, self.count = b"", 0
        self.holds.set()

    def carries_all(self, enough):
        """The server has said that much since hold(), or since the start, and then nothing for a while."""
        eventually(lambda: self.count >= enough and time.monotonic() - self.heard > 0.3,
                   lambda: f"{enough} bytes came; now {self.count}")

    def let_go_and_end(self):
        """What is held and the end of the connection reach the client in one go."""
        self.client.sendall(self.held)
        self.client.shutdown(socket.SHUT_WR)
        self.holds.clear()

    def reset(self):
        """The client's side is reset, as by a firewall that forgot it; the server hears nothing."""
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.client.shutdown(socket.SHUT_RD)  # ends the thread that reads it
        self.client.close()

    def leave_server(self):
        self.end(self.server)

    def close(self):
        for end in (self.listener, self.client, self.server):
            self.end(end)

    @staticmethod
    def end(connection):
        # A thread that waits in recv() would keep it open.
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()
