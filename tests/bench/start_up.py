"""Start-up: what a command costs that does nothing."""


def measure(bench):
    peers = {"git --version": ["git", "--version"], "ssh -V": ["ssh", "-V"]}
    own, git, ssh = bench.paired([bench.gilir, "version"], *peers.values())
    bench.time_row("start-up (gilir version)", own, "git --version", git, most_ratio=1.2)
    bench.time_row("start-up (gilir version)", own, "ssh -V", ssh, most_ratio=1)
