"""Thirty invented cases, one line each: what was alleged, who said so, how far it came
(domain 10.5). Every state and every edge case of the field is among them."""

from dataclasses import dataclass, field

from foreigners.models import Case, Order

State = Case.State
SELF = "kanim"


@dataclass(frozen=True)
class CaseScript:
    """``measures`` are letters of the TAK kinds; ``order`` tells of an exception and of
    how many days its order followed."""

    violation: str
    state: State
    reporter: str
    district: str
    days_ago: int
    activity: str
    people: tuple[str, ...] = ()
    firm: str = ""
    measures: tuple[str, ...] = ()
    refer_to: str = ""
    exception: str = ""
    order_follows: int = 0
    intelligence: str = ""
    is_reopened: bool = False
    # The operation by its key and the number of the place whose finding it began with.
    operation: tuple[str, int] | None = None
    marks: tuple[str, ...] = field(default=())


CAUGHT = Order.Exemption.CAUGHT

CASES = (
    # Five overstays that were paid: five biaya beban.
    CaseScript("OVS-60", State.CLOSED, SELF, "Citangkil", 150, "Izin tinggal berakhir dua hari sebelum pemeriksaan.", ("o1",), measures=("e",)),
    CaseScript("OVS-60", State.CLOSED, SELF, "Ciwandan", 185, "Izin tinggal terlewat; paspor ditunjukkan sendiri.", ("o2",), measures=("e",)),
    CaseScript("OVS-60", State.CLOSED, "ksop", "Pulomerak", 215, "Awak kapal melewati izin tinggal saat pergantian awak.", ("o3",), measures=("e",)),
    CaseScript("OVS-60", State.CLOSED, SELF, "Gerogol", 240, "Perpanjangan terlambat diajukan penjamin.", ("o4",), measures=("e",), exception=CAUGHT, order_follows=1),
    CaseScript("OVS-60", State.CLOSED, SELF, "Cibeber", 265, "Izin tinggal berakhir saat yang bersangkutan dirawat.", ("o5",), measures=("e",)),
    CaseScript("SPN-FIK", State.CLOSED, SELF, "Ciwandan", 170, "Alamat perusahaan penjamin adalah ruko kosong.", ("a",), "investasi", measures=("b", "f", "a")),
    CaseScript("PGN-APO", State.CLOSED, "kec-citangkil", "Citangkil", 95, "Rumah kos tidak memberi data tamu asing saat diminta.", firm="pelabuhan"),
    CaseScript("PGN-APO", State.CLOSED, SELF, "Gerogol", 120, "Penginapan belum melaporkan tamu asing.", firm="mesin"),
    CaseScript("ALM-TDL", State.CLOSED, "kec-cibeber", "Cibeber", 80, "Alamat pada izin berbeda dengan tempat tinggal.", ("k10",)),
    # The decided ones that are still under way: B, C and D of the field's own table.
    CaseScript("SIT-KEG", State.OBJECTION, SELF, "Citangkil", 48, "Memimpin pekerjaan konstruksi dengan izin kunjungan.", ("b",), measures=("b", "f")),
    CaseScript("SIT-KEG", State.OBJECTION_WINDOW, "disnaker", "Ciwandan", 30, "Bekerja sebagai teknisi dengan izin kunjungan bisnis.", ("c",), measures=("b",)),
    CaseScript("OVS-61", State.EXECUTION, SELF, "Cibeber", 75, "Izin tinggal terlewat lebih dari enam puluh hari.", ("d",), measures=("f", "a")),
    CaseScript("DAT-PSU", State.PROSECUTION, "polres", "Citangkil", 60, "Surat keterangan kerja pada permohonan izin diduga tidak benar.", ("c4",), "investasi"),
    CaseScript("PGS", State.PROTECTION, "polres", "Jombang", 70, "Pemegang kartu UNHCR ditemukan tanpa tempat tinggal.", ("p",)),
    # What belongs to others.
    CaseScript("TKA-RPT", State.REFERRED, "disnaker", "Ciwandan", 55, "Jabatan di lapangan tidak sama dengan RPTKA.", ("k02",), refer_to="disnaker"),
    CaseScript("TKA-RPT", State.REFERRED, "disnaker", "Citangkil", 130, "Tenaga kerja asing di luar lokasi RPTKA.", ("k04",), refer_to="disnaker"),
    CaseScript("ALM-TDL", State.REFERRED, "disdukcapil", "Purwakarta", 65, "Pindah alamat tanpa lapor; SKTT belum diurus.", ("k06",), refer_to="disdukcapil"),
    # Not proven, as visible as the rest.
    CaseScript("SIT-KEG", State.NOT_PROVEN, SELF, "Purwakarta", 500, "Diduga bekerja; ternyata rapat bisnis sesuai izin.", ("f2",), operation=("operasi-juli", 3)),
    CaseScript("SIT-KEG", State.NOT_PROVEN, "kec-ciwandan", "Ciwandan", 160, "Diduga mengajar; ternyata peserta kursus.", ("j3",)),
    CaseScript("SIT-KEG", State.NOT_PROVEN, "disnaker", "Citangkil", 200, "Diduga menjadi mandor; pengawas menyatakan kunjungan purnajual.", ("c1",)),
    CaseScript("DOK-TDK", State.NOT_PROVEN, SELF, "Pulomerak", 110, "Paspor tidak dibawa, ditunjukkan satu jam kemudian.", ("t1",)),
    CaseScript("DOK-TDK", State.NOT_PROVEN, "polres", "Pulomerak", 225, "Dokumen disimpan agen kapal dan ditunjukkan.", ("c3",), is_reopened=True),
    CaseScript("ALM-TDL", State.NOT_PROVEN, "disdukcapil", "Cilegon", 100, "Alamat sudah dilaporkan sebelum pemeriksaan.", ("m1",)),
    CaseScript("UMM-KTB", State.NOT_PROVEN, "kec-jombang", "Jombang", 175, "Laporan keributan tidak menyangkut orang asing itu.", ("au",)),
    # Going on.
    CaseScript("SIT-KEG", State.VERIFICATION, "kec-gerogol", "Gerogol", 12, "Beberapa orang memasang mesin tanpa tanda pengenal.", ("c2",), exception=CAUGHT, order_follows=3, intelligence="Informasi awal dari unit intelijen, nilai A2."),
    CaseScript("DOK-TDK", State.VERIFICATION, "kec-ciwandan", "Ciwandan", 8, "Tidak dapat menunjukkan paspor saat diminta.", ("t2",)),
    CaseScript("SIT-KEG", State.EXAMINATION, SELF, "Ciwandan", 18, "Diduga memimpin produksi di luar jabatan pada izin.", ("k08",)),
    CaseScript("ALM-TDL", State.EXAMINATION, "publik", "Cibeber", 22, "Warga melaporkan rumah dihuni orang yang berganti-ganti.", ("w1",)),
    CaseScript("SPN-FIK", State.CONFERENCE, SELF, "Citangkil", 35, "Penjamin tidak pernah ada di alamatnya.", ("i2",), "investasi"),
    CaseScript("SIT-KEG", State.REPORTED, "penginapan", "Purwakarta", 2, "Tamu asing berdagang di halaman penginapan."),
)  # fmt: skip
