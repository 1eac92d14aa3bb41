"""A real desktop behind RDP, for tests: xrdp in front of x11vnc in front of Xvfb, all on loopback and of this test only.

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

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system" / "ssh"))

from office import eventually  # noqa: E402

PASSWORD = "p4ssw0rd"  # VNC knows eight characters

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
[Channels]
[desktop]
name=desktop
lib=libvnc.so
ip=127.0.0.1
port={vnc_port}
username=na
password=ask
"""

INSIDE = """set -e
mount -t overlay overlay -o "lowerdir=$1/etc:$2/etc:/etc" /etc
mount -t overlay overlay -o "lowerdir=$2/usr:/usr" /usr
mount -t tmpfs tmpfs /run
mkdir -p /run/xrdp/sockdir
exec xrdp -n -c "$1/xrdp.ini"
"""


def unused_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Desktop:
    def __init__(self, directory, deps):
        self.directory, self.deps = pathlib.Path(directory), pathlib.Path(deps)
        self.processes = []
        self.port, self.vnc_port = unused_port(), unused_port()
        if not (self.deps / "usr/sbin/xrdp").exists():
            raise AssertionError("there is no xrdp in build/deps; ./dev setup brings it")
        self.make_keys()
        self.start_screen()
        self.start_vnc()
        self.start_xrdp()

    def make_keys(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=desktop",
                        "-keyout", "key.pem", "-out", "cert.pem"], cwd=self.directory, check=True, capture_output=True)
        certificate = ssl.PEM_cert_to_DER_cert((self.directory / "cert.pem").read_text(encoding="ascii"))
        self.fingerprint = hashlib.sha256(certificate).hexdigest()
        keys = self.directory / "etc" / "xrdp"
        keys.mkdir(parents=True)
        libraries = ":".join(str(path) for path in self.deps.glob("usr/lib/*/xrdp"))
        subprocess.run([self.deps / "usr/bin/xrdp-keygen", "xrdp", keys / "rsakeys.ini"], check=True, capture_output=True,
                       env={**os.environ, "LD_LIBRARY_PATH": libraries})

    def start(self, name, command, **settings):
        with open(self.directory / f"{name}.out", "wb") as output:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=settings.pop("stdout", output),
                                       stderr=output, start_new_session=True, **settings)
        self.processes.append(process)
        return process

    def start_screen(self):
        """One screen for the desktop and the client's window; Xvfb chooses its number and says it."""
        reading, writing = os.pipe()
        self.start("xvfb", ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp"],
                   pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as number:
            self.display = ":" + number.readline().strip()

    def start_vnc(self):
        password = self.directory / "vnc.password"
        password.write_text(PASSWORD + "\n", encoding="ascii")
        self.start("x11vnc", ["x11vnc", "-display", self.display, "-rfbport", str(self.vnc_port), "-localhost", "-forever",
                              "-shared", "-passwdfile", str(password), "-noxdamage", "-norc"])
        self.wait_for(self.vnc_port, "x11vnc")

    def start_xrdp(self):
        settings = XRDP_INI.format(port=self.port, directory=self.directory, vnc_port=self.vnc_port)
        (self.directory / "xrdp.ini").write_text(settings, encoding="ascii")
        namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
        self.start("xrdp", [*namespace, "sh", "-c", INSIDE, "sh", str(self.directory), str(self.deps)])
        self.wait_for(self.port, "xrdp")

    def wait_for(self, port, name):
        def listens():
            with socket.socket() as one:
                return one.connect_ex(("127.0.0.1", port)) == 0
        eventually(listens, lambda: f"{name} listens: {self.read(name + '.out')}")

    def read(self, name):
        path = self.directory / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def connections(self):
        """Established connections that xrdp's end of the RDP port has, by the kernel's own table."""
        lines = pathlib.Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        return sum(1 for line in lines if line.split()[1].endswith(f":{self.port:04X}") and line.split()[3] == "01")

    def stop(self):
        for process in reversed(self.processes):
            try:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                process.kill()
            process.wait()
