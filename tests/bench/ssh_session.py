"""gilir ssh, which takes the lock, logs in, runs a command and gives the lock back, against a bare ssh."""

import contextlib
import pathlib

TARGET = pathlib.Path(__file__).resolve().parent.parent / "system" / "target" / "target"


@contextlib.contextmanager
def target(bench):
    """A private sshd that many may log in to: what it says of itself, until the end."""
    folder = bench.scratch / "target"
    started = bench.run(TARGET, "start", folder, "--agents", "bench", "--logins", "many")
    try:
        yield dict(line.split("=", 1) for line in started.splitlines() if "=" in line)
    finally:
        bench.run(TARGET, "stop", folder)


def measure(bench):
    with target(bench) as values:
        bench.run(bench.gilir, "server", "add", "target", "--address", f"127.0.0.1:{values['port']}", "--user",
                  values["user"])
        bench.run(bench.gilir, "server", "trust", "target", "--key", values["host_key"])
        known = bench.scratch / "known_hosts"
        known.write_text(f"[127.0.0.1]:{values['port']} {values['host_key']}\n")
        options = ["-F", "none", "-o", "IdentitiesOnly=yes", "-o", f"UserKnownHostsFile={known}", "-i",
                   values["key.bench"], "-p", values["port"], f"{values['user']}@127.0.0.1", "true"]
        alike = ["-o", "KexAlgorithms=curve25519-sha256", "-c", "aes128-gcm@openssh.com"]
        own, same, usual = bench.paired(
            [bench.gilir, "ssh", "target", "--reason", "bench", "-i", values["key.bench"], "true"],
            ["ssh", *alike, *options], ["ssh", *options], rounds=max(6, bench.rounds // 3))
        what = "gilir ssh S true, with its lock"
        bench.time_row(what, own, "ssh, same key exchange and cipher", same, most_ratio=0.4)
        bench.time_row(what, own, "ssh, its defaults", usual)
