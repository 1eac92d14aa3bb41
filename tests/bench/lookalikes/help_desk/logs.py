"""Pasted logs of 5 to 200 lines, as people copy them from a screen; kinds used by one half are never used by the other."""

import math

LINES = {
    "oracle": (
        "{day} {time} Thread 1 advanced to log sequence {n} (LGWR switch)",
        "  Current log# 2 seq# {n} mem# 0: /u01/oradata/{tag}/redo02.log",
        "{code}: {words}",
        "Errors in file /u01/diag/rdbms/{tag}/trace/{tag}_ora_{n}.trc (incident={n}):",
        "Archived Log entry {n} added for thread 1 sequence {n} ID 0x{hex}",
        "{day} {time} minact-scn: useg scan erroring out with error e:{n}",
    ),
    "java": (
        "{day} {time} ERROR [http-nio-8080-exec-{d}] {pkg}.LaporanService - Gagal memproses permintaan {n}",
        "java.sql.SQLException: {code}: {words}",
        "\tat {pkg}.ReportDao.ambil(ReportDao.java:{d})",
        "\tat {pkg}.ReportController.tampil(ReportController.java:{d})",
        "\tat org.apache.catalina.core.StandardWrapperValve.invoke(StandardWrapperValve.java:{d})",
        "\tat java.lang.Thread.run(Thread.java:{d})",
        "\t... {d} more",
    ),
    "vpn": (
        "{day} {time} TCP/UDP: Preserving recently used remote address: [AF_INET]{ip}:1194",
        "{day} {time} TLS: Initial packet from [AF_INET]{ip}:1194, sid={hex}",
        "{day} {time} AUTH: Received control message: {code}",
        "{day} {time} SIGUSR1[soft,{words}] received, process restarting",
        "{day} {time} Restart pause, {d} second(s)",
    ),
    "ping": (
        "Reply from {ip}: bytes=32 time={n}ms TTL=57",
        "Request timed out.",
        "Reply from {ip}: bytes=32 time={d}ms TTL=57",
        "Reply from {client}: Destination host unreachable.",
    ),
    "disk": (
        "/dev/sda{d}  {n}G  {n}G  0 100% /data",
        "{n}M\t/data/app/log/catalina.{day}.log",
        "{n}M\t/data/backup/{tag}-{day}.dmp",
        "{day} {time} {tag} app[{n}]: write error: No space left on device",
        "tmpfs  {n}M  {d}M  {n}M  {d}% /run",
    ),
    "mail": (
        "Reporting-MTA: dns; mx1.{domain}",
        "Arrival-Date: {day} {time} +0700",
        "Final-Recipient: rfc822; {user}@{domain}",
        "Action: failed",
        "Diagnostic-Code: smtp; {code} {words}",
        "Received: from pc-{d} ({client}) by mx1.{domain} with ESMTP id {hex}",
    ),
    "nginx": (
        "{client} - - [{day}:{time} +0700] \"POST /api/v{d}/simpan HTTP/1.1\" 500 {n} \"-\" \"Mozilla/5.0\"",
        "{client} - - [{day}:{time} +0700] \"GET /static/js/main.{hex}.js HTTP/1.1\" 304 0 \"-\" \"Mozilla/5.0\"",
        "{day} {time} [error] {n}#0: *{n} upstream prematurely closed connection, client: {client}, server: {host}",
        "{day} {time} [error] {n}#0: *{n} client intended to send too large body: {n}{n} bytes",
    ),
    "python": (
        "Traceback (most recent call last):",
        "  File \"/opt/{tag}/aplikasi/main.py\", line {n}, in jalankan",
        "    hasil = self.proses(berkas, mode={d})",
        "  File \"/opt/{tag}/aplikasi/berkas.py\", line {n}, in proses",
        "ValueError: {words} ({n})",
        "[{time}] WARNING antrean={d} ulang={d}",
    ),
    "winevent": (
        "Log Name: Application   Event ID: {n}   Level: Error   {day} {time}",
        "Faulting application name: {app}.exe, version: {version}, time stamp: 0x{hex}",
        "Faulting module name: KERNELBASE.dll, version: 10.0.19041.{n}",
        "Exception code: 0xe0434352  Fault offset: 0x{hex}",
        "Windows Installer reconfigured the product. Error status: {n}.",
        "The system detected an address conflict for IP address {client}",
    ),
    "openssl": (
        "depth=0 CN = {host}",
        "verify error:num={d}:{words}",
        "notAfter={day} {time} GMT",
        "SSL handshake has read {n} bytes and written {d} bytes",
        "Session-ID: {hex}{hex}",
        "    Verify return code: {d} ({words})",
    ),
    "postgres": (
        "{day} {time} WIB [{n}] FATAL:  {words}",
        "{day} {time} WIB [{n}] LOG:  checkpoint complete: wrote {n} buffers ({d}%)",
        "{day} {time} WIB [{n}] LOG:  could not receive data from client: Connection reset by peer",
        "{day} {time} WIB [{n}] DETAIL:  Process {n} waits; host {client} database {tag}",
        "{day} {time} WIB [{n}] LOG:  database system was interrupted",
    ),
    "syslog": (
        "{day} {time} {tag} kernel: CPU{d}: Core temperature above threshold, cpu clock throttled (total events = {n})",
        "{day} {time} {tag} systemd[1]: cadangan.service: Main process exited, code=exited, status={d}/FAILURE",
        "{day} {time} {tag} rsync[{n}]: connection unexpectedly closed ({n} bytes received so far)",
        "{day} {time} {tag} kernel: usb 2-{d}: USB disconnect, device number {d}",
        "{day} {time} {tag} sshd[{n}]: Received disconnect from {client} port {n}:11",
    ),
}
WORDS = {
    "oracle": ("unable to extend table APP.RIWAYAT by 128", "TNS:no listener", "deadlock detected"),
    "java": ("user requested cancel of current operation", "Io exception: The Network Adapter", "maximum open cursors"),
    "vpn": ("auth-failure", "ping-restart", "tls-error"),
    "mail": ("User unknown in virtual mailbox table", "Relay access denied", "blocked using spam list"),
    "python": ("format berkas tidak dikenal", "nilai di luar rentang", "kolom kosong"),
    "openssl": ("certificate has expired", "unable to get local issuer certificate", "self signed certificate"),
    "postgres": ("sorry, too many clients already", "the database system is starting up", "terminating connection"),
}
CODES = {"oracle": ("ORA-01653", "ORA-12541", "ORA-00060", "ORA-03136"), "java": ("ORA-01013", "ORA-17002", "ORA-01000")}


def paste(rng, kind, things):
    """A log of that kind about those things; most are short, some fill screens."""
    count = round(math.exp(rng.uniform(math.log(5), math.log(200))))
    steady = {name: value for name, value in things.items() if isinstance(value, str)}
    steady["tag"] = things["host"].split(".")[0]
    steady["pkg"] = f"id.kantor.{things['app'].lower().replace('-', '')}"
    hours, minutes = map(int, things["clock"].split("."))
    seconds = hours * 3600 + minutes * 60 + rng.randrange(60)
    words = rng.choice(WORDS.get(kind, ("",)))
    code = rng.choice(CODES.get(kind, (things["code"] or "ERR",)))
    lines = []
    for _ in range(count):
        seconds += rng.choice((0, 0, 1, 1, 2, 7, 30))
        clock = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        fresh = {"time": clock, "n": rng.randrange(100, 60000), "d": rng.randrange(1, 99),
                 "hex": f"{rng.getrandbits(32):08x}", "words": words, "code": code}
        lines.append(rng.choice(LINES[kind]).format(**(steady | fresh)))
    return "\n".join(lines)
