"""Real desktops behind RDP, for tests and for the demo, all on loopback and of their caller only.

`Desktop` is xrdp in front of x11vnc in front of Xvfb. With `stands_one` the VNC server is never shared: like an office's
computer it stands one desktop, and whoever comes in throws the earlier one out. `NlaDesktop` is FreeRDP's own server,
which demands NLA as Windows does, and asks a SAM file for the password.

xrdp is not installed, so that none runs as a service: it comes from build/deps and runs in a mount namespace of its own
in which its files lie where it wants them. It needs no PAM and no root: its session is the VNC server's, which checks the
password that came through RDP.
"""

import hashlib
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / name) for name in ("system/ssh", "")]

from office import eventually  # noqa: E402
from programs import DEPS, program, surroundings  # noqa: E402

PASSWORD = "p4ssw0rd"  # VNC knows eight characters
USER = "siti"

XRDP_INI = """[Globals]
ini_version=1
fork=true
port=tcp://127.0.0.1:{port}
security_layer=tls
crypt_level=high
certificate={directory}/cert.pem
key_file={directory}/key.pem
ssl_protocols=TLSv1.2, TLSv1.3
autorun=desktop
allow_channels=true
max_bpp=24
[Logging]
LogFile={directory}/xrdp.log
LogLevel=INFO
EnableSyslog=false
EnableProcessId=true
[Channels]
[desktop]
name=desktop
lib=libvnc.so
ip=127.0.0.1
port={vnc_port}
username=na
password=ask
"""

# What is unpacked lies behind what the system has: build/deps has links to the system's own loader.
WITH_DEPS = """set -e
mount -t overlay overlay -o "lowerdir=/usr:$1/usr" /usr
shift
"""
RUN = 'exec "$@"'
RUN_XRDP = """mount -t overlay overlay -o "lowerdir=$1/etc:$2/etc:/etc" /etc
mount -t tmpfs tmpfs /run
mkdir -p /run/xrdp/sockdir
exec xrdp -n -c "$1/xrdp.ini"
"""


def fingerprint_in_pairs(fingerprint):
    """As FreeRDP compares it."""
    return ":".join(fingerprint[at:at + 2] for at in range(0, len(fingerprint), 2))


def unused_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class RdpServer:
    """What every kind has: a screen for its clients' windows, processes that it ends, its port and its certificate."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.processes = []
        self.port = unused_port()
        self.environment = {**os.environ, **surroundings()}
        self.display = self.start_screen("clients")

    def start(self, name, command, **settings):
        with open(self.directory / f"{name}.out", "wb") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                       start_new_session=True, **{"env": self.environment, **settings})
        self.processes.append(process)
        return process

    def among_deps(self, script, *arguments):
        """A command in a mount namespace of its own, in which what is unpacked lies where its programs look for it."""
        namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
        return [*namespace, "sh", "-c", WITH_DEPS + script, "sh", str(DEPS), *map(str, arguments)]

    def start_screen(self, name):
        """Xvfb chooses the number of a screen, and says it. It starts xkbcomp, in the system's folder and no other."""
        reading, writing = os.pipe()
        command = [os.path.realpath(program("Xvfb")), "-displayfd", str(writing), "-screen", "0", "800x600x24",
                   "-nolisten", "tcp", "-noreset"]
        if command[0].startswith(f"{DEPS}/"):
            command = self.among_deps(RUN, *command)
        self.start(f"xvfb-{name}", command, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as number:
            return ":" + number.readline().strip()

    def has_certificate(self, path):
        """FreeRDP's server ends its file with a NUL."""
        text = path.read_text(encoding="ascii").rstrip("\0")
        self.fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest()

    def make_certificate(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=desktop",
                        "-keyout", "key.pem", "-out", "cert.pem"], cwd=self.directory, check=True, capture_output=True, env=self.environment)
        self.has_certificate(self.directory / "cert.pem")

    def client(self, *options):
        """Plain FreeRDP at this desktop; it reads the password from standard input."""
        return ["xfreerdp", f"/v:127.0.0.1:{self.port}", f"/u:{USER}", "-sec-rdp", "/from-stdin:force",
                f"/cert:fingerprint:sha256:{fingerprint_in_pairs(self.fingerprint)}", *options]

    def wait_for(self, port, name):
        def listens():
            with socket.socket() as one:
                return one.connect_ex(("127.0.0.1", port)) == 0
        eventually(listens, lambda: f"{name} listens: {self.read(name + '.out')}")

    def read(self, name):
        path = self.directory / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def connections(self):
        """Established connections that the server's end of the RDP port has, by the kernel's own table."""
        lines = pathlib.Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        return sum(1 for line in lines if line.split()[1].endswith(f":{self.port:04X}") and line.split()[3] == "01")

    def end(self, process):
        try:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            process.kill()
        process.wait()

    def stop(self):
        for process in reversed(self.processes):
            self.end(process)


class Desktop(RdpServer):
    def __init__(self, directory, stands_one=False):
        super().__init__(directory)
        self.vnc_port = unused_port()
        self.make_certificate()
        self.make_keys()
        self.start_vnc("-nevershared" if stands_one else "-shared")
        self.start_xrdp()

    def make_keys(self):
        keys = self.directory / "etc" / "xrdp"
        keys.mkdir(parents=True)
        subprocess.run(self.among_deps(RUN, "xrdp-keygen", "xrdp", keys / "rsakeys.ini"), check=True, capture_output=True,
                       env=self.environment)

    def start_vnc(self, sharing):
        password = self.directory / "vnc.password"
        password.write_text(PASSWORD + "\n", encoding="ascii")
        self.vnc = self.start("x11vnc", [
            program("x11vnc"), "-display", self.start_screen("desktop"), "-rfbport", str(self.vnc_port),
            "-localhost", "-forever", sharing, "-passwdfile", str(password), "-noxdamage", "-norc"])
        self.wait_for(self.vnc_port, "x11vnc")

    def start_xrdp(self):
        settings = XRDP_INI.format(port=self.port, directory=self.directory, vnc_port=self.vnc_port)
        (self.directory / "xrdp.ini").write_text(settings, encoding="ascii")
        self.xrdp = self.start("xrdp", self.among_deps(RUN_XRDP, self.directory, DEPS))
        self.wait_for(self.port, "xrdp")

    def renew_certificate(self):
        """As when an administrator renews it: xrdp is started anew, at the same port and with another certificate."""
        self.end(self.xrdp)
        self.processes.remove(self.xrdp)
        self.make_certificate()
        self.start_xrdp()


class NlaDesktop(RdpServer):
    def __init__(self, directory):
        super().__init__(directory)
        sam = subprocess.run([program("winpr-hash"), "-u", USER, "-p", PASSWORD, "-f", "sam"], check=True,
                             capture_output=True, text=True, env=self.environment).stdout
        (self.directory / "sam").write_text(sam, encoding="ascii")
        # A line at a time, so that its log can be read while it runs.
        self.start("shadow", [
            "stdbuf", "-oL", program("freerdp-shadow-cli"), f"/port:{self.port}", "/bind-address:127.0.0.1",
            f"/sam-file:{self.directory / 'sam'}", "/sec:nla", "+auth"],
            env={**self.environment, "HOME": str(self.directory), "DISPLAY": self.start_screen("desktop")})
        self.wait_for(self.port, "shadow")
        self.has_certificate(next(self.directory.rglob("shadow.crt")))
