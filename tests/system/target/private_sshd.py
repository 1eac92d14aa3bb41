"""How the target's sshd is found, configured and started: keys, account table, /run/sshd, a free port.

Everything it writes lies in the target's folder, except /run/sshd (see RunSshd).
"""

import ctypes
import fcntl
import grp
import os
import pathlib
import pwd
import re
import shlex
import signal
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from programs import Missing, package_file, surroundings  # noqa: E402

RUN_SSHD = pathlib.Path("/run/sshd")
RUN_SSHD_IS_OURS = RUN_SSHD / ".made-by-gilir-target"
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)

# sshd names the pid, and at any level, where a line comes from one of these functions. do_cleanup is the only word
# that a monitor leaves about a session that was killed.
LOG_VERBOSE = ("auth_log", "privsep_postauth", "do_cleanup", "server_loop2", "do_exec", "process_input", "sshpkt_vfatal")

CONFIG = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {d}/host_key
PidFile none
AuthorizedKeysFile {d}/authorized_keys
AllowUsers {user}
StrictModes no
UsePAM {asks}
PermitRootLogin yes
PasswordAuthentication {asks}
KbdInteractiveAuthentication {asks}
PermitUserRC no
PrintMotd no
PrintLastLog no
UseDNS no
MaxStartups 200
LogLevel VERBOSE
LogVerbose {log_verbose}
Subsystem sftp {sftp_server}
SetEnv {session}
"""


class Unavailable(Exception):
    """sshd is missing or does not start; the text says what to do."""


def make_keys(directory, agents):
    """Host key, a key for each agent, authorized_keys and the fingerprints, all inside the directory."""

    def generate(path, comment):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(path)], check=True)
        shown = subprocess.run(["ssh-keygen", "-l", "-f", f"{path}.pub"], check=True, capture_output=True, text=True)
        public = pathlib.Path(f"{path}.pub").read_text(encoding="ascii").strip()
        return public, shown.stdout.split()[1]

    host_key, _ = generate(directory / "host_key", "kantor-123")
    (directory / "keys").mkdir()
    (directory / "home").mkdir()
    fingerprints = []
    public_keys = {}
    for agent in agents:
        public_keys[agent], fingerprint = generate(directory / "keys" / agent, agent)
        fingerprints.append(f"{agent} {fingerprint}\n")
    (directory / "agents").write_text("".join(fingerprints), encoding="ascii")
    return host_key, public_keys


def write_authorized_keys(directory, public_keys, logins):
    lines = []
    if logins == "any":
        (directory / "authorized_keys").write_text("".join(f"{public}\n" for public in public_keys.values()),
                                                   encoding="utf-8")
        return
    for agent, public in public_keys.items():
        command = "exec " + shlex.join([str(HERE / "let_in"), str(directory), agent, logins])
        quoted = command.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'restrict,pty,command="{quoted}" {public}\n')
    (directory / "authorized_keys").write_text("".join(lines), encoding="utf-8")


def pam_environment(directory, password):
    """PAM with a table of our own (libpam-wrapper), in which the user has this password."""
    wrapper, module = package_file("usr/lib/*/libpam_wrapper.so"), package_file("usr/lib/*/pam_wrapper/pam_matrix.so")
    table, services = directory / "passwords", directory / "pam"
    table.write_text(f"{pwd.getpwuid(os.getuid()).pw_name}:{password}:sshd\n", encoding="utf-8")
    services.mkdir()
    lines = [f"{kind} required {module} passdb={table}\n" for kind in ("auth", "account", "password", "session")]
    (services / "sshd").write_text("".join(lines), encoding="utf-8")
    return {"PAM_WRAPPER": "1", "PAM_WRAPPER_SERVICE_DIR": str(services), "LD_PRELOAD": wrapper}


def sshd_environment(directory, password, shell):
    """What sshd itself runs with; sessions get a fresh environment from sshd, and of this where programs are (SetEnv)."""
    environment = surroundings()
    if password:
        environment.update(pam_environment(directory, password))
    wrapper = package_file("usr/lib/*/libnss_wrapper.so")
    me = pwd.getpwuid(os.getuid())
    groups = {g.gr_name: g.gr_gid for g in grp.getgrall() if g.gr_name == "tty" or g.gr_gid == me.pw_gid}
    tables = {
        "PASSWD": f"{me.pw_name}:x:{me.pw_uid}:{me.pw_gid}::{directory}/home:{shell}\n"
        "sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n",
        "SHADOW": f"{me.pw_name}:*:1::::::\nsshd:*:1::::::\n",
        "GROUP": "".join(f"{name}:x:{number}:\n" for name, number in groups.items()),
    }
    environment["LD_PRELOAD"] = ":".join(filter(None, [environment.get("LD_PRELOAD"), wrapper]))
    for table, text in tables.items():
        path = directory / f"account-{table.lower()}"
        path.write_text(text, encoding="utf-8")
        environment[f"NSS_WRAPPER_{table}"] = str(path)
    return environment


def sftp_server():
    try:
        return package_file("usr/lib/openssh/sftp-server")
    except Missing:
        return "internal-sftp"  # the demo needs none


class RunSshd:
    """Keeps /run/sshd in being while this target runs (needed only as root): shared lock on the folder itself."""

    def __init__(self):
        self.descriptor = None
        while os.getuid() == 0 and self.descriptor is None:
            try:
                RUN_SSHD.mkdir(mode=0o755)
                RUN_SSHD_IS_OURS.touch()
            except FileExistsError:
                pass
            try:
                descriptor = os.open(RUN_SSHD, os.O_RDONLY | os.O_DIRECTORY)
            except FileNotFoundError:
                continue
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            # The last target may have removed it between our look and our lock.
            if RUN_SSHD.exists() and os.stat(RUN_SSHD).st_ino == os.fstat(descriptor).st_ino:
                self.descriptor = descriptor
            else:
                os.close(descriptor)

    def close(self):
        if self.descriptor is None:
            return
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if RUN_SSHD_IS_OURS.exists():
                RUN_SSHD_IS_OURS.unlink()
                RUN_SSHD.rmdir()
        except OSError:
            pass  # another target still runs: it is the last one's to remove
        os.close(self.descriptor)
        self.descriptor = None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def quoted(word):
    """As sshd_config takes one word."""
    return '"' + re.sub(r'(["\\])', r"\\\1", word) + '"'


def start_sshd(directory, sshd, keeper_pid, password, shell):
    """Starts sshd on a free port and waits until it listens. Returns the process and the port."""
    user = pwd.getpwuid(os.getuid()).pw_name
    environment = sshd_environment(directory, password, shell)
    session = " ".join(quoted(f"{name}={value}") for name, value in surroundings().items())
    log = directory / "sshd.log"

    def die_with_keeper():
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != keeper_pid:
            os._exit(1)

    for _ in range(5):
        port = free_port()
        log.write_bytes(b"")
        (directory / "sshd_config").write_text(
            CONFIG.format(port=port, d=directory, user=user, sftp_server=sftp_server(), session=session, asks="yes" if password else "no",
                          log_verbose=",".join(f"*:{name}():*" for name in LOG_VERBOSE)), encoding="utf-8"
        )
        process = subprocess.Popen(
            [sshd, "-D", "-E", str(log), "-f", str(directory / "sshd_config")],
            env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=open(directory / "sshd.start", "wb"), start_new_session=True, preexec_fn=die_with_keeper,
        )
        deadline = time.monotonic() + 10
        while process.poll() is None and time.monotonic() < deadline:
            if b"Server listening" in log.read_bytes():
                return process, port
            time.sleep(0.005)
        if process.poll() is None:
            process.kill()
            process.wait()
        if b"in use" not in log.read_bytes():
            break
    said = (directory / "sshd.start").read_text(errors="replace") + log.read_text(errors="replace")
    raise Unavailable(f"{sshd} does not start: {said.strip()}")
