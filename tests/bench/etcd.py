"""A private etcd on loopback, in the bench's own folder, for as long as it is measured against."""

import contextlib
import shutil
import socket
import subprocess
import time

start_takes_at_most_s = 30


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextlib.contextmanager
def running_etcd(bench):
    """Gives `etcdctl` with its endpoint, as the start of a command; None when there is no etcd here."""
    if not bench.has("etcd") or not bench.has("etcdctl"):
        yield None
        return
    folder = bench.scratch / "etcd"
    client, peer = (f"http://127.0.0.1:{port}" for port in free_ports(2))
    with open(bench.scratch / "etcd.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            ["etcd", "--data-dir", str(folder), "--listen-client-urls", client, "--advertise-client-urls", client,
             "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}"],
            stdout=log, stderr=log, env=bench.environment)
    etcdctl = ["etcdctl", f"--endpoints={client}"]
    try:
        for _ in range(start_takes_at_most_s * 10):
            if subprocess.run([*etcdctl, "endpoint", "health"], env=bench.environment, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0:
                break
            if server.poll() is not None:
                raise SystemExit("bench: etcd did not start: " + (bench.scratch / "etcd.log").read_text()[-500:])
            time.sleep(0.1)
        yield etcdctl
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)
