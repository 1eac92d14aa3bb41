"""The webhook against a real HTTP server on loopback; signatures are checked here by Python's own HMAC."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system" / "hooks"))

from hook_desk import HookDeskTest  # noqa: E402
from office import eventually  # noqa: E402

SECRET = "0123456789abcdef0123456789abcdef"
EVENT = '{"number":7,"kind":"ticket.filed","facts":{"title":"Pr\u00fcfung \\"x\\""}}'


class Receiver(http.server.ThreadingHTTPServer):
    """Answers with the statuses it is given, one after the other, the last for ever; keeps what it got."""

    daemon_threads = True

    def __init__(self, *statuses, delay=0, location=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses, self.delay, self.location, self.got = list(statuses), delay, location, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook"

    def handle_error(self, request, client_address):
        """A sender that hung up is what some tests are about."""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((time.monotonic(), dict(self.headers), body))
        status = self.server.statuses.pop(0) if len(self.server.statuses) > 1 else self.server.statuses[0]
        time.sleep(self.server.delay)
        self.send_response(status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


def signed_by(key, headers, body):
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


class Webhook(HookDeskTest):
    def receive(self, *statuses, **settings):
        receiver = Receiver(*statuses, **settings)
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        return receiver

    def install(self, url, folder="ticket.filed.d", secret=SECRET, more=""):
        """Links the program into the desk, with its settings beside it; returns the hook's path."""
        directory = self.hooks / folder
        directory.mkdir(parents=True, exist_ok=True)
        for one in (self.hooks, directory):
            one.chmod(0o755)
        hook = directory / "webhook"
        hook.symlink_to(os.environ["WEBHOOK"])
        self.write(hook, ".conf", f"# where to\nurl = {url}\n{more}", 0o644)
        self.write(hook, ".secret", secret + "\n", 0o600)
        return hook

    def write(self, hook, ending, text, mode):
        path = hook.with_name(hook.name + ending)
        path.write_text(text, encoding="ascii")
        path.chmod(mode)
        return path

    def run_hook(self, hook, event=EVENT, **variables):
        environment = {"GILIR_EVENT": "ticket.filed", "GILIR_EVENT_NUMBER": "7", **variables}
        return subprocess.run([str(hook)], input=event + "\n", env=environment, capture_output=True, text=True,
                              timeout=30, check=False)

    def refused(self, hook, words, status=2, **variables):
        done = self.run_hook(hook, **variables)
        self.assertEqual(done.returncode, status, done.stderr)
        self.assertIn(words, done.stderr)

    def test_events_of_a_desk_arrive_signed_and_in_order(self):
        receiver = self.receive(200)
        self.install(receiver.url, folder="all.d")
        self.gilir("ticket", "new", "-t", "Printer smokes")
        self.gilir("ticket", "note", "2", "-m", "caf\u00e9 \u2028 \"quoted\"")
        eventually(lambda: len(receiver.got) == 3, self.log)
        logged = json.loads(self.gilir("log", "--limit", "3", "--json"))["data"]
        self.assertEqual([json.loads(body)["number"] for _, _, body in receiver.got], [6, 7, 8])
        for (_, headers, body), event in zip(receiver.got, logged):
            self.assertEqual(json.loads(body)["facts"], event["facts"])
            self.assertEqual(headers["webhook-id"], str(event["number"]))
            self.assertEqual(headers["X-Gilir-Event"], event["kind"])
            self.assertEqual(headers["Content-Type"], "application/json")
            self.assertLess(abs(int(headers["webhook-timestamp"]) - time.time()), 60)
            self.assertEqual(headers["webhook-signature"], signed_by(SECRET.encode(), headers, body))
            self.assertNotEqual(headers["webhook-signature"], signed_by(SECRET.encode(), headers, body + b" "))

    def test_a_key_in_base64_is_decoded(self):
        receiver = self.receive(204)
        key = bytes(range(200, 232))
        hook = self.install(receiver.url, secret="whsec_" + base64.b64encode(key).decode())
        self.assertEqual(self.run_hook(hook).returncode, 0)
        _, headers, body = receiver.got[0]
        self.assertEqual(body, EVENT.encode())
        self.assertEqual(headers["webhook-signature"], signed_by(key, headers, body))

    def test_failures_of_the_receiver_are_tried_again_with_growing_pauses(self):
        receiver = self.receive(500, 503, 429, 200)
        done = self.run_hook(self.install(receiver.url))
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertEqual(done.stderr, "the receiver answered 500; trying again\nthe receiver answered 503; trying again\n"
                                      "the receiver answered 429; trying again\n")
        times = [at for at, _, _ in receiver.got]
        pauses = [later - earlier for earlier, later in zip(times, times[1:])]
        for pause, least in zip(pauses, (0.25, 0.5, 1)):
            self.assertGreaterEqual(pause, least)
        self.assertEqual({headers["webhook-id"] for _, headers, _ in receiver.got}, {"7"})

    def test_tries_end_within_the_time_limit(self):
        receiver = self.receive(500)
        hook = self.install(receiver.url, more="time_limit = 2\n")
        before = time.monotonic()
        self.assertEqual(self.run_hook(hook).returncode, 1)
        self.assertLess(time.monotonic() - before, 2.5)
        self.assertEqual(len(receiver.got), 4)

    def test_a_silent_receiver_holds_it_no_longer_than_the_time_limit(self):
        receiver = self.receive(200, delay=20)
        hook = self.install(receiver.url, more="time_limit = 2\n")
        before = time.monotonic()
        done = self.run_hook(hook)
        self.assertEqual(done.returncode, 1)
        self.assertIn("given up", done.stderr)
        self.assertLess(time.monotonic() - before, 3)

    def test_nobody_listening_is_tried_again_and_then_given_up(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            port = unused.getsockname()[1]
        done = self.run_hook(self.install(f"http://127.0.0.1:{port}/", more="time_limit=1"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("Failed to connect to 127.0.0.1", done.stderr)
        self.assertIn("trying again", done.stderr)
        self.assertTrue(done.stderr.endswith("given up\n"), done.stderr)

    def test_a_refusal_is_not_tried_again(self):
        receiver = self.receive(404)
        done = self.run_hook(self.install(receiver.url))
        self.assertEqual((done.returncode, done.stderr), (1, "the receiver answered 404; given up\n"))
        self.assertEqual(len(receiver.got), 1)

    def test_redirects_are_not_followed(self):
        other = self.receive(200)
        receiver = self.receive(307, location=other.url)
        done = self.run_hook(self.install(receiver.url))
        self.assertEqual((done.returncode, done.stderr),
                         (1, "the receiver answered 307; redirects are not followed; given up\n"))
        self.assertEqual(other.got, [])

    def test_only_http_and_https_are_spoken(self):
        hook = self.install("file:///etc/passwd")
        self.refused(hook, "url is no http or https address")
        for url in ("ftp://127.0.0.1/", "HTTPX://127.0.0.1/", "127.0.0.1"):
            self.write(hook, ".conf", f"url={url}\n", 0o644)
            self.refused(hook, "url is no http or https address")

    def test_settings_that_are_wrong_or_open_to_others_are_refused(self):
        hook = self.install("http://127.0.0.1:1/")
        self.write(hook, ".secret", SECRET, 0o640)
        self.refused(hook, "others may read it; chmod 600")
        self.write(hook, ".secret", "short", 0o600)
        self.refused(hook, "shorter than 16 bytes")
        self.write(hook, ".secret", "whsec_not*base64*at*all*", 0o600)
        self.refused(hook, "not base64")
        self.write(hook, ".secret", SECRET, 0o600).unlink()
        self.refused(hook, "webhook.secret: No such file or directory")
        for text, words in (("", "url is missing"), ("url\n", "not KEY=VALUE"), ("colour=red\n", "no setting colour"),
                            ("time_limit=10\n", "from 1 to 9"), ("time_limit=x\n", "from 1 to 9")):
            self.write(hook, ".conf", text, 0o644)
            self.refused(hook, words)
        self.write(hook, ".conf", "url=http://127.0.0.1:1/\n", 0o666)
        self.refused(hook, "others may write it")

    def test_it_speaks_as_gilir_does(self):
        hook = self.install("http://127.0.0.1:1/")
        hook.with_name("webhook.secret").unlink()
        self.refused(hook, "webhook.secret: Tidak ada berkas atau direktori itu", LANG="id_ID.UTF-8")

    def test_it_runs_as_a_hook_only(self):
        hook = self.install("http://127.0.0.1:1/")
        self.refused(hook, "$GILIR_EVENT_NUMBER is not set", GILIR_EVENT_NUMBER="")
        self.refused(hook, "$GILIR_EVENT is not set", GILIR_EVENT="a\r\nX-Evil: 1")
        self.refused(hook, "no event on standard input", event="")


if __name__ == "__main__":
    sys.exit(unittest.main())
