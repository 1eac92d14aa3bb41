"""What the demo tells, in the language that gilir speaks with the same environment: English, or Indonesian from the
table below. What gilir and ssh print is theirs, and what a failure says is for whoever develops gilir."""

import os

INDONESIAN = {
    # act one
    "ACT ONE   without gilir": "BABAK SATU   tanpa gilir",
    """Office kantor-123 cannot print. Budi reports it three times, because nothing says that the first report
    arrived. The desk hands reports out in turn: Sari, Dewi and Rani get one each. The fix needs a login on
    kantor-123's server, which stands one login. All three reach for ssh.""":
    """Kantor kantor-123 tidak bisa mencetak. Budi melaporkannya tiga kali, karena tidak ada yang memberi tahu bahwa
    laporan pertamanya sudah diterima. Meja layanan membagikan laporan bergiliran: Sari, Dewi, dan Rani mendapat
    masing-masing satu. Untuk membereskannya orang harus login ke server kantor-123, yang hanya melayani satu login.
    Ketiganya langsung memakai ssh.""",
    "“The network.”": "“Jaringannya.”",
    "“The network again?”": "“Jaringan lagi?”",
    "“It must be the VPN.”": "“Pasti VPN-nya.”",
    "“What a line…”": "“Koneksinya payah…”",
    "is in": "masuk",
    "Tries once more.": "Dicoba sekali lagi.",
    "is done, and logs out": "selesai, lalu keluar",
    "gives up and calls the network team.": "menyerah dan menelepon tim jaringan.",
    "queue stopped": "antrean dihentikan",
    "old jobs cleared": "pekerjaan lama dibersihkan",
    "queue started": "antrean dijalankan",
    """Nobody did anything wrong, and everybody suspected the network. Three people worked on one problem and threw each
    other out of the only login.""":
    """Tidak ada yang salah, dan semuanya mencurigai jaringan. Tiga orang mengerjakan satu masalah dan saling
    mengeluarkan dari satu-satunya login.""",
    # act one over RDP
    """Office kantor-123 cannot print. Budi reports it three times, because nothing says that the first report
    arrived. The desk hands reports out in turn: Sari, Dewi and Rani get one each. The fix needs a session on
    kantor-123's desktop, which stands one. All three open it, seconds apart.""":
    """Kantor kantor-123 tidak bisa mencetak. Budi melaporkannya tiga kali, karena tidak ada yang memberi tahu bahwa
    laporan pertamanya sudah diterima. Meja layanan membagikan laporan bergiliran: Sari, Dewi, dan Rani mendapat
    masing-masing satu. Untuk membereskannya orang harus masuk ke desktop kantor-123, yang hanya melayani satu sesi.
    Ketiganya membukanya, selang beberapa detik.""",
    "the connection was closed": "sambungannya ditutup",
    # act two
    "ACT TWO   with gilir": "BABAK DUA   dengan gilir",
    "Printer at the front desk does not print": "Printer di meja depan tidak mencetak",
    "Since this morning nothing comes out of it. Please help quickly, customers are waiting.":
    "Sejak tadi pagi tidak ada yang keluar. Mohon segera dibantu, pelanggan sudah menunggu.",
    "Invoices stuck in the queue": "Faktur tertahan di antrean",
    "We press the button and the jobs pile up on the server.":
    "Tombolnya kami tekan, tetapi pekerjaannya menumpuk di server.",
    "Nobody here can get paper": "Kami semua tidak mendapat kertas",
    "All of us wait at the machine. Third time that we write!":
    "Kami semua menunggu di depan mesin. Sudah tiga kali kami menulis!",
    "gets #{number}: it is this agent's turn": "mendapat #{number}: gilirannya",
    "hears nothing for a minute, and sends it again": "tidak mendengar apa-apa selama satu menit, lalu mengirim lagi",
    "gets #{number} too: same problem, same agent, nobody's turn is spent":
    "mendapat #{number} juga: masalah sama, agen sama, giliran siapa pun tidak terpakai",
    "gets #{number}: the words differ, so the turn goes on": "mendapat #{number}: kata-katanya lain, jadi giliran berlanjut",
    "all three now go for the server, at the same moment": "kini ketiganya menuju server, pada saat yang sama",
    "is done; the lock is released with the login": "selesai; kuncinya dilepas bersama loginnya",
    "has left the line, without a login": "keluar dari antrean, tanpa login",
    "queue stopped, old jobs cleared": "antrean dihentikan, pekerjaan lama dibersihkan",
    "The print queue is cleared and runs again. Please try.":
    "Antrean cetak sudah dibersihkan dan berjalan lagi. Silakan dicoba.",
    """One login where there had been a fight, and one piece of work where there had been three. This is the server's own
    log, read by a script that shares no code with gilir: never two agents in at once, nobody thrown out, and the agent
    who waited left the line without a login.""":
    """Satu login, yang tadinya perebutan, dan satu pekerjaan, yang tadinya tiga. Ini log server itu sendiri, dibaca oleh
    skrip yang sama sekali tidak memakai kode gilir: tidak pernah dua agen masuk sekaligus, tidak ada yang dikeluarkan,
    dan agen yang menunggu keluar dari antrean tanpa login.""",
    # the record
    "What kantor-123 itself recorded": "Yang dicatat kantor-123 sendiri",
    "logged out": "keluar sendiri",
    "connection closed by its own side": "sambungan ditutup dari pihaknya sendiri",
    "ended with the server": "berakhir bersama servernya",
    "thrown out": "dikeluarkan",
    "still in": "masih di dalam",
    "{ended} when {agent} came": "{ended} ketika {agent} datang",
    "in at {start}, out at {end}   {ended}": "masuk pada {start}, keluar pada {end}   {ended}",
    "{seconds:5.2f} s": "{seconds:5.2f} dtk",
    "{logins} logins, {thrown_out} thrown out, at most {at_once} agents in at once":
    "{logins} login, {thrown_out} dikeluarkan, paling banyak {at_once} agen sekaligus di dalam",
}

# Layout aside: a text of several lines is one paragraph.
_TABLE = {" ".join(english.split()): " ".join(text.split()) if "\n" in text else text
          for english, text in INDONESIAN.items()}


def chosen_language(environment):
    """"id" or "en", as gilir chooses (cli/output/translate.h)."""
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if locale in ("C", "POSIX"):
        return "en"
    for name in (environment.get("LANGUAGE") or locale).split(":"):
        language = name.split(".")[0].split("@")[0].split("_")[0]
        if language in ("id", "en", "C", "POSIX"):
            return "id" if language == "id" else "en"
    return "en"


LANGUAGE = chosen_language(os.environ)


def words(english, **parts):
    """The text in the chosen language with its parts filled in. A text that is not in the table is a mistake of the
    demo, in either language."""
    known = _TABLE[" ".join(english.split())]
    return (known if LANGUAGE == "id" else english).format(**parts)
