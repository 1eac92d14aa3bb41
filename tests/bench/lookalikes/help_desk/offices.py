"""Forty made-up offices in Indonesia: their servers, places, accounts and reporters with habits. No person is real."""

from dataclasses import dataclass, field

HALVES = ("A", "B")

KINDS = (("pajak", 8), ("puskesmas", 8), ("dukcapil", 8), ("bank", 8), ("sekolah", 5), ("kelurahan", 3))

APPS = {
    "pajak": ("SIPajak", "e-Setor", "ArsipWP"),
    "puskesmas": ("SIMPus", "e-Rekam", "GudangObat"),
    "dukcapil": ("SIAdmin", "CetakKK", "e-Warga"),
    "bank": ("CoreTeller", "KreditKu", "BukuBesar"),
    "sekolah": ("DataSiswa", "e-Rapor", "PerpusKu"),
    "kelurahan": ("SuratDesa", "e-Warga", "SIKel"),
}
MENUS = {
    "pajak": ("Entri SPT", "Validasi Setoran", "Cetak SKF", "Daftar NPWP", "Restitusi",
              "Pemindahbukuan", "Surat Teguran", "Cetak Billing"),
    "puskesmas": ("Pendaftaran Pasien", "Rekam Medis", "Rujukan", "Resep", "Kasir Poli",
                  "Imunisasi", "Laboratorium", "Surat Sehat"),
    "dukcapil": ("Cetak KK", "Akta Lahir", "Pindah Datang", "Perekaman", "Legalisir",
                 "Akta Kematian", "Kartu Anak", "Konsolidasi"),
    "bank": ("Setor Tunai", "Buka Rekening", "Kliring", "Cetak Buku", "Angsuran",
             "Tutup Rekening", "Tarik Tunai", "Blokir Kartu"),
    "sekolah": ("Input Nilai", "Absensi", "Cetak Rapor", "Mutasi Siswa", "Tagihan SPP",
                "Jadwal", "Data Guru", "Pinjam Buku"),
    "kelurahan": ("Surat Domisili", "Surat Usaha", "Pengantar SKCK", "Data RT", "Surat Waris",
                  "Surat Nikah", "Surat Pindah", "Buku Tamu"),
}
REPORTS = {
    "pajak": ("rekap setoran harian", "tunggakan per KLU", "daftar restitusi", "realisasi bulanan"),
    "puskesmas": ("stok obat", "kunjungan harian", "klaim kapitasi", "imunisasi bulanan"),
    "dukcapil": ("rekap cetak KK", "agregat penduduk", "akta terbit", "mutasi penduduk"),
    "bank": ("neraca harian", "rekap teller", "kolektibilitas", "mutasi kas"),
    "sekolah": ("leger nilai", "rekap absensi", "tunggakan SPP", "daftar siswa"),
    "kelurahan": ("rekap surat", "data RT/RW", "bansos", "buku induk"),
}
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Desember")
FOLDERS = ("Keuangan", "Arsip-2026", "Kepegawaian", "Umum", "Laporan-TW1", "Surat-Masuk", "Aset", "Pelayanan",
           "Arsip-2025", "Surat-Keluar", "Bendahara", "Notulen", "Foto-Kegiatan", "SK-Pimpinan", "Laporan-TW4", "Formulir")
COUNTERS = {
    "pajak": ("loket", "counter"),
    "puskesmas": ("loket", "counter"),
    "dukcapil": ("loket", "counter"),
    "bank": ("teller", "teller"),
    "sekolah": ("meja TU", "desk"),
    "kelurahan": ("loket", "counter"),
}
ROOMS = (
    ("ruang arsip", "the archive room"), ("ruang rapat", "the meeting room"), ("bagian umum", "general affairs"),
    ("ruang kepala", "the head's office"), ("bagian keuangan", "the finance section"), ("lobi depan", "the front lobby"),
    ("lantai 2", "floor 2"), ("lantai 3", "floor 3"), ("ruang 104", "room 104"), ("ruang 107", "room 107"),
)
NAMES = (
    "ratna", "budi", "sari", "agus", "dewi", "joko", "wulan", "hendra", "fitri", "rahmat", "lestari", "yusuf", "maya",
    "dimas", "nining", "eko", "putri", "anton", "rina", "bayu", "siska", "gilang", "tuti", "fajar", "ayu", "made",
    "ketut", "ucok", "butet", "asep", "euis", "daeng", "yohana", "markus", "leny", "teguh",
)
ROLES = ("opr", "opr", "kasir", "kasir", "admin", "arsip", "magang")


@dataclass
class Server:
    name: str
    host: str
    address: str
    app: str
    version: str


@dataclass
class Reporter:
    """A made-up person and their habits; every rate is a chance from 0 to 1."""

    id: str
    account: str
    place: tuple
    language: str
    styles: dict
    resends: float
    names_server: float
    pastes_logs: float
    greets: float
    closes: float
    adds: float
    slang: float
    lower: bool
    plain: bool
    caps_title: float
    caps_all: float
    sloppy: float
    vague: float
    greeting: dict = field(default_factory=dict)


@dataclass
class Office:
    name: str
    kind: str
    domain: str
    servers: list
    places: list
    accounts: list
    reporters: list = field(default_factory=list)

    def pool(self, key):
        """Everything of this office that a fault with that key may be about."""
        if key == "report":
            return [f"{report} {month}" for report in REPORTS[self.kind] for month in MONTHS]
        return {"place": self.places, "user": self.accounts, "menu": MENUS[self.kind], "folder": FOLDERS}[key]

    def server_of(self, key, value):
        """A thing hangs on one server of its office, always the same."""
        return self.servers[list(self.pool(key)).index(value) % len(self.servers)]


def make_offices(rng):
    """All forty, the same for the same state of `rng`."""
    kinds = [kind for kind, count in KINDS for _ in range(count)]
    rng.shuffle(kinds)
    return [make_office(rng, number, kind) for number, kind in enumerate(kinds, start=101)]


def make_office(rng, number, kind):
    name = f"kantor-{number}"
    places = [(f"{COUNTERS[kind][0]} {n}", f"{COUNTERS[kind][1]} {n}") for n in range(1, 13)]
    places += ROOMS
    people = rng.sample(NAMES, 6)
    accounts = [f"{person}.{rng.randrange(10, 100)}" for person in people]
    accounts += [f"{role}-{rng.randrange(100, 1000)}" for role in ROLES]
    office = Office(name, kind, f"{name}.example", make_servers(rng, name, number, kind), places, accounts)
    office.reporters = [make_reporter(rng, f"{person}@{name}", account, places, kind)
                        for person, account in zip(people, accounts)]
    return office


def make_servers(rng, office, number, kind):
    tags = rng.sample(("db01", "app01", "app02", "fs01"), rng.choice((1, 2, 2, 3)))
    return [Server(f"{office}-{tag}" if index else office, f"{tag}.{office}.example", f"10.{number - 90}.3.{10 + index}",
                   APPS[kind][index], f"{rng.randrange(2, 7)}.{rng.randrange(0, 10)}.{rng.randrange(0, 20)}")
            for index, tag in enumerate(tags)]


def make_reporter(rng, name, account, places, kind):
    formal = rng.random()
    english = rng.random() < (0.3 if kind == "bank" else 0.12)
    styles = {"formal": 0.2 + 3 * formal, "informal": 0.2 + 3 * (1 - formal), "short": rng.choice((0.3, 1, 3)),
              "story": rng.choice((0.5, 1.5)), "guess": rng.choice((0.3, 1)), "symptom": rng.choice((0.5, 1.2))}
    return Reporter(
        id=name, account=account, place=rng.choice(places), language="en" if english else "id", styles=styles,
        resends=rng.choice((0.3, 0.6, 1, 4)), names_server=rng.choice((0.98, 0.98, 0.98, 0.9, 0.05)),
        pastes_logs=rng.choice((0.05, 0.1, 0.6)), greets=rng.choice((0, 0.2, 0.9)), closes=rng.choice((0, 0.3, 0.8)),
        adds=rng.choice((0.1, 0.4, 0.7)), slang=0 if formal > 0.6 else rng.choice((0.3, 0.6, 0.9)),
        lower=formal < 0.5 and rng.random() < 0.5, plain=formal < 0.6 and rng.random() < 0.5,
        caps_title=rng.choice((0, 0, 0, 0, 0, 0.05, 0.7)), caps_all=rng.choice((0, 0, 0, 0, 0, 0.3)),
        sloppy=rng.choice((0.02, 0.1, 0.35)), vague=rng.choice((0, 0, 0, 0.15)))
