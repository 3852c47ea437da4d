"""What is said in the demonstration's meetings; invented, save for the frame of one.

The meeting of 23 July 2025 is real in its date, place, members and agenda; not one of its
sentences is.
"""

import datetime as dt
from dataclasses import dataclass, field

S, Q, A, F, K, T, N = (
    "pernyataan",
    "pertanyaan",
    "jawaban",
    "temuan",
    "keputusan",
    "tindak_lanjut",
    "catatan",
)
OPEN, RESTRICTED, SECRET = "biasa", "terbatas", "rahasia"
# What became of a follow-up: how many days before (-) or after (+) its due date the
# agency reported it done; nothing for one that is still open.
DoneAfter = int | None


@dataclass(frozen=True)
class Line:
    """One entry: under which agenda item (by its position), of which kind, by whom."""

    item: int
    kind: str
    by: str
    text: str
    classification: str = OPEN
    restricted: str = ""
    owner: str = ""
    # Days from the meeting to the due date, or from today if ``due_from_today``.
    due: int = 0
    due_from_today: bool = False
    done_after: DoneAfter = None


@dataclass(frozen=True)
class Correction:
    """What somebody found wrong in approved minutes, and how it reads since."""

    wrong: str
    right: str
    reason: str


@dataclass(frozen=True)
class Script:
    """A meeting from its summons to its minutes; ``stage`` says how far it has come."""

    key: str
    kind: str
    title: str
    team: str
    scope: tuple[str, ...]
    venue: str
    venue_region: str
    stage: str
    invited: tuple[str, ...]
    date: dt.date | None = None
    days_from_today: int = 0
    start: dt.time = dt.time(9)
    hours: int = 4
    theme: str = ""
    guests: tuple[str, ...] = ()
    previous: str = ""
    agenda: tuple[tuple[str, str, str, int], ...] = ()
    represented: tuple[str, ...] = ()
    excused: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=())
    correction: Correction | None = None


def rundown(*topics: str) -> tuple[tuple[str, str, str, int], ...]:
    """The usual course of a meeting, with its presentations."""
    return (
        ("sambutan", "Sambutan dan pembukaan", "Kepala Kantor Imigrasi Cilegon", 20),
        *(("pemaparan", topic, "Seksi Inteldakim", 30) for topic in topics),
        ("tanya_jawab", "Tanya jawab", "Moderator", 40),
        ("pertukaran_informasi", "Pertukaran informasi antarpeserta", "Seluruh anggota", 60),
        ("kesimpulan", "Kesimpulan dan rekomendasi", "Pimpinan rapat", 20),
    )  # fmt: skip


CITY = ("kesbangpol", "satpolpp", "disdukcapil", "polres", "ksop", "kejari", "kppbc", "kodim", "bais", "bkk", "lanal", "polairud", "bin", "bnnk")  # fmt: skip

KECAMATAN_MARCH = Script(
    key="kecamatan-maret",
    kind="rapat_koordinasi",
    title="Rapat Koordinasi Tim Pora Kecamatan Ciwandan dan Citangkil",
    team="kecamatan",
    scope=("36.72.04", "36.72.08"),
    venue="Aula Kecamatan Ciwandan",
    venue_region="36.72.04",
    stage="approved",
    date=dt.date(2025, 3, 12),
    hours=3,
    theme="Pendataan tenaga kerja asing di kawasan industri",
    invited=("kec-ciwandan", "kec-citangkil", "polres", "kodim", "disdukcapil", "disnaker"),
    represented=("polres", "kodim"),
    excused=("disnaker",),
    agenda=rundown("Kewajiban pelaporan orang asing"),
    lines=(
        Line(0, S, "kec-ciwandan", "Camat Ciwandan menyambut peserta dan meminta data orang asing diperbarui setiap triwulan."),
        Line(1, S, "kanim", "Pemaparan tentang kewajiban penjamin dan pengelola penginapan melaporkan keberadaan orang asing."),
        Line(2, Q, "kec-citangkil", "Bagaimana lurah mencatat orang asing yang tinggal di rumah kontrakan tanpa melapor?"),
        Line(2, A, "kanim", "Lurah mencatat alamat dan menyampaikannya kepada penghubung; pemeriksaan dilakukan petugas imigrasi dengan surat perintah."),
        Line(3, S, "disdukcapil", "Terdapat selisih antara jumlah SKTT yang terbit dan data pemegang izin tinggal terbatas di dua kecamatan."),
        Line(3, F, "kec-ciwandan", "Satu rumah kontrakan di Kelurahan Tegal Ratu dihuni beberapa pekerja asing yang belum melapor kepada RT.", RESTRICTED, "Nama pada daftar RT: KIM CONTOH dan LEE FIKTIF."),
        Line(4, K, "kanim", "Kelurahan menyampaikan data orang asing kepada Kantor Imigrasi setiap triwulan.", owner="kec-ciwandan"),
        Line(4, T, "kanim", "Mencocokkan data SKTT dengan data izin tinggal terbatas.", owner="disdukcapil", due=30, done_after=-4),
        Line(4, T, "kanim", "Mengumpulkan daftar rumah kontrakan yang dihuni pekerja asing di Kecamatan Ciwandan.", owner="kec-ciwandan", due=21, done_after=-2),
        Line(4, T, "kanim", "Mengumpulkan daftar rumah kontrakan yang dihuni pekerja asing di Kecamatan Citangkil.", owner="kec-citangkil", due=21, done_after=9),
        Line(4, T, "kanim", "Menyampaikan daftar RPTKA yang berlaku untuk kawasan industri Ciwandan.", owner="disnaker", due=30, done_after=-7),
    ),
    correction=Correction(
        wrong="Terdapat selisih antara jumlah SKTT yang terbit dan data pemegang izin tinggal terbatas di dua kecamatan.",
        right="Terdapat selisih sebanyak 14 orang antara jumlah SKTT yang terbit dan data pemegang izin tinggal terbatas di tiga kecamatan.",
        reason="Jumlah selisih dan banyaknya kecamatan pada butir Disdukcapil keliru.",
    ),
)  # fmt: skip

KOTA_JULI = Script(
    key="kota-juli",
    kind="rapat_koordinasi",
    title="Rapat Koordinasi Tim Pengawasan Orang Asing (Timpora) Kota Cilegon",
    team="kota",
    scope=("36.72",),
    venue="Hotel di Anyer, Kabupaten Serang, Banten",
    venue_region="36.04.30",
    stage="approved",
    date=dt.date(2025, 7, 23),
    theme="Memperkuat pengawasan orang asing di wilayah Kota Cilegon",
    invited=CITY,
    guests=("kanim-serang", "kanim-tangerang"),
    previous="kecamatan-maret",
    represented=("kejari", "kodim", "bkk", "polairud", "bnnk", "kppbc"),
    excused=("lanal",),
    absent=("bais",),
    agenda=(
        ("sambutan", "Sambutan dan pembukaan", "Kepala Kantor Imigrasi Cilegon", 30),
        ("pemaparan", "Pemaparan materi pengawasan orang asing", "Kepala Seksi Inteldakim", 60),
        ("tanya_jawab", "Tanya jawab", "Moderator", 45),
        ("pertukaran_informasi", "Pertukaran informasi antarpeserta", "Seluruh anggota", 60),
        ("kesimpulan", "Kesimpulan dan rekomendasi", "Pimpinan rapat", 30),
    ),
    lines=(
        Line(0, S, "kanim", "Kepala Kantor membuka rapat dan menegaskan bahwa pengawasan dijalankan bersama, terbuka, dan menurut hukum."),
        Line(0, S, "kesbangpol", "Kesbangpol menyatakan siap menyelaraskan pemantauan daerah dengan kegiatan Tim Pora agar tidak berjalan sendiri-sendiri."),
        Line(1, S, "kanim", "Pemaparan dasar hukum Tim Pora: UU 6/2011, PP 31/2013 pasal 194-200, dan Permenimipas 2/2025."),
        Line(1, S, "kanim", "Pemaparan jenis izin tinggal, kewajiban penjamin, dan tata cara pelaporan tempat penginapan."),
        Line(2, Q, "satpolpp", "Apakah Satpol PP boleh meminta paspor saat patroli bersama?"),
        Line(2, A, "kanim", "Pemeriksaan dokumen dilakukan petugas imigrasi dengan surat perintah; anggota tim mendampingi dan mencatat."),
        Line(2, Q, "disdukcapil", "Bagaimana menindaklanjuti pemegang izin tinggal terbatas yang belum mempunyai SKTT?"),
        Line(2, A, "kanim", "Disdukcapil mengirim daftar kepada Kantor Imigrasi; pemberitahuan kepada penjamin dikirim bersama."),
        Line(2, Q, "ksop", "Kepada siapa agen kapal melapor bila awak asing tidak kembali ke kapal?"),
        Line(2, A, "kanim", "Kepada Kantor Imigrasi pada hari yang sama, dengan tembusan kepada KSOP."),
        Line(3, S, "polres", "Polres mencatat tiga pengaduan masyarakat tentang orang asing selama semester pertama; semuanya telah diklarifikasi."),
        Line(3, S, "kppbc", "Bea Cukai Merak menyampaikan jadwal kedatangan kapal pengangkut peralatan proyek beserta teknisinya."),
        Line(3, S, "bkk", "Pemeriksaan kesehatan awak kapal asing berjalan; tidak ada temuan penyakit menular."),
        Line(3, F, "ksop", "Seorang awak kapal berbendera asing terlihat bekerja di galangan di luar masa izin awak kapal.", RESTRICTED, "Nama pada daftar awak: TANAKA CONTOH, buku pelaut ZZ00A0001."),
        Line(3, F, "disdukcapil", "Lima pemegang izin tinggal terbatas tercatat pada alamat yang sudah kosong di Kecamatan Cibeber.", RESTRICTED, "Daftar nama diserahkan kepada notulis dalam amplop tertutup."),
        Line(3, S, "bin", "Keterangan tentang jaringan penyalur tenaga kerja disampaikan terbatas kepada pimpinan rapat.", SECRET, "Dugaan penyalur memakai alamat penjamin fiktif; pendalaman oleh Seksi Inteldakim."),
        Line(3, S, "kanim-serang", "Kanim Serang berbagi pengalaman pertukaran data SKTT dengan Disdukcapil Kabupaten Serang."),
        Line(4, K, "kanim", "Data izin tinggal dan SKTT dicocokkan setiap triwulan.", owner="disdukcapil"),
        Line(4, K, "kanim", "Operasi gabungan dilaksanakan sehari setelah rapat di enam lokasi.", owner="kanim"),
        Line(4, K, "kanim", "Setiap anggota menetapkan satu penghubung tetap dan satu pengganti.", owner="kesbangpol"),
        Line(4, K, "kanim", "Agen kapal wajib melaporkan perubahan daftar awak asing pada hari yang sama.", owner="ksop"),
        Line(4, T, "kanim", "Menyampaikan daftar pemegang izin tinggal terbatas yang belum mempunyai SKTT.", owner="disdukcapil", due=30, done_after=-3),
        Line(4, T, "kanim", "Menyampaikan daftar penghubung tetap seluruh instansi anggota.", owner="kesbangpol", due=14, done_after=-1),
        Line(4, T, "kanim", "Menyusun surat edaran kepada agen kapal tentang pelaporan awak asing.", owner="ksop", due=45, done_after=12),
        Line(4, T, "kanim", "Menyiapkan personel pendamping operasi gabungan.", owner="satpolpp", due=1, done_after=0),
        Line(4, T, "kanim", "Menyampaikan jadwal kedatangan kapal pengangkut peralatan proyek setiap bulan.", owner="kppbc", due=30, done_after=-5),
        Line(4, T, "kanim", "Mengklarifikasi pengaduan masyarakat yang tercatat di Polres kepada pelapor.", owner="polres", due=60, done_after=-20),
    ),
)  # fmt: skip

OPERASI_JULI = Script(
    key="operasi-juli",
    kind="operasi_gabungan",
    title="Operasi Gabungan Tim Pora Kota Cilegon di Enam Lokasi",
    team="kota",
    scope=("36.72",),
    venue="Kota Cilegon (enam lokasi)",
    venue_region="36.72",
    stage="approved",
    date=dt.date(2025, 7, 24),
    start=dt.time(8),
    hours=7,
    previous="kota-juli",
    invited=("satpolpp", "polres", "kodim", "disnaker", "disdukcapil"),
    represented=("satpolpp", "polres", "kodim", "disnaker"),
    absent=("disdukcapil",),
    agenda=(
        ("sambutan", "Apel dan pembagian tugas", "Ketua tim", 30),
        ("lain", "Kunjungan enam lokasi", "Seluruh anggota", 330),
        ("kesimpulan", "Evaluasi", "Ketua tim", 30),
    ),
    lines=(
        Line(0, S, "kanim", "Pembagian tugas menurut surat perintah; anggota mendampingi petugas imigrasi."),
        Line(1, N, "kanim", "Empat lokasi dikunjungi dengan hasil nihil temuan."),
        Line(1, N, "kanim", "Pada lokasi ketiga seorang pemegang izin kunjungan diduga bekerja; kartu temuannya dibuat di tempat.", RESTRICTED),
        Line(1, N, "disnaker", "Pada lokasi kelima RPTKA perusahaan untuk dua jabatan telah berakhir; kartu temuannya dibuat di tempat.", RESTRICTED),
        Line(2, K, "kanim", "Temuan lokasi ketiga diperiksa di Kantor Imigrasi; temuan lokasi kelima diteruskan kepada pengawas ketenagakerjaan.", owner="disnaker"),
        Line(2, T, "kanim", "Meneruskan temuan RPTKA kepada pengawas ketenagakerjaan provinsi.", owner="disnaker", due=14, done_after=-2),
        Line(2, T, "kanim", "Menyampaikan dokumentasi pendampingan operasi.", owner="satpolpp", due=7, done_after=3),
    ),
)  # fmt: skip

KECAMATAN_GEROGOL = Script(
    key="kecamatan-gerogol",
    kind="rapat_koordinasi",
    title="Rapat Koordinasi Tim Pora Kecamatan Gerogol dan Pulomerak",
    team="kecamatan",
    scope=("36.72.06", "36.72.03"),
    venue="Aula Kecamatan Gerogol",
    venue_region="36.72.06",
    stage="approved",
    days_from_today=-300,
    hours=3,
    theme="Awak kapal dan pekerja proyek pelabuhan",
    invited=("kec-gerogol", "kec-pulomerak", "ksop", "polres", "lanal", "bkk"),
    represented=("ksop", "lanal", "bkk"),
    absent=("polres",),
    agenda=rundown("Pengawasan awak kapal asing"),
    lines=(
        Line(0, S, "kec-gerogol", "Camat membuka rapat dan mengingatkan penulisan nama Gerogol yang juga dikenal sebagai Grogol."),
        Line(1, S, "ksop", "Pemaparan alur keluar-masuk awak kapal di pelabuhan Merak dan terminal khusus."),
        Line(2, Q, "kec-pulomerak", "Apakah lurah dapat meminta daftar awak yang menginap di darat?"),
        Line(2, A, "ksop", "Daftar diminta melalui agen kapal dan disampaikan kepada Kantor Imigrasi."),
        Line(3, S, "bkk", "Balai Kekarantinaan Kesehatan menyampaikan jumlah kapal yang diperiksa pada triwulan berjalan."),
        Line(4, K, "kanim", "Agen kapal menyerahkan daftar awak yang menginap di darat setiap pekan.", owner="ksop"),
        Line(4, T, "kanim", "Menghimpun daftar awak kapal yang menginap di darat dari agen kapal.", owner="ksop", due=30, done_after=-6),
        Line(4, T, "kanim", "Memetakan penginapan di sekitar pelabuhan Merak.", owner="kec-pulomerak", due=30, done_after=15),
        Line(4, T, "kanim", "Menyampaikan rekap pemeriksaan kesehatan awak kapal asing.", owner="bkk", due=30, done_after=-10),
    ),
)  # fmt: skip

KECAMATAN_EMPAT = Script(
    key="kecamatan-empat",
    kind="rapat_penguatan",
    title="Rapat Penguatan Tim Pora Kecamatan Cibeber, Cilegon, Jombang, dan Purwakarta",
    team="kecamatan",
    scope=("36.72.01", "36.72.02", "36.72.05", "36.72.07"),
    venue="Aula Kantor Imigrasi Cilegon",
    venue_region="36.72",
    stage="approved",
    days_from_today=-210,
    hours=3,
    theme="Perumahan yang dihuni pekerja asing",
    invited=("kec-cibeber", "kec-cilegon", "kec-jombang", "kec-purwakarta", "polres", "disdukcapil", "kemenag"),
    represented=("kec-cilegon", "kec-jombang", "disdukcapil"),
    absent=("kemenag",),
    agenda=rundown("Peran kelurahan dalam pendataan orang asing"),
    lines=(
        Line(0, S, "kanim", "Kepala Seksi membuka rapat atas nama Kepala Kantor."),
        Line(1, S, "kanim", "Pemaparan formulir pendataan orang asing tingkat kelurahan."),
        Line(2, Q, "kec-jombang", "Apa yang dicatat untuk pasangan perkawinan campuran yang baru pindah?"),
        Line(2, A, "disdukcapil", "Nomor akta dan alamat baru; keduanya disampaikan kepada Kantor Imigrasi."),
        Line(3, S, "kec-cibeber", "Perumahan di Cibeber dihuni sekitar seratus pekerja asing; pengelola bersedia melapor setiap bulan."),
        Line(4, K, "kanim", "Pengelola perumahan menyampaikan daftar penghuni asing setiap bulan melalui kecamatan.", owner="kec-cibeber"),
        Line(4, T, "kanim", "Menyampaikan daftar penghuni asing perumahan di Kecamatan Cibeber.", owner="kec-cibeber", due=30, done_after=-8),
        Line(4, T, "kanim", "Menyelaraskan data perkawinan campuran dengan Kantor Kementerian Agama.", owner="disdukcapil", due=60, done_after=21),
        Line(4, T, "kanim", "Menyampaikan laporan pendataan kelurahan di Kecamatan Purwakarta.", owner="kec-purwakarta", due=18, due_from_today=True),
    ),
)  # fmt: skip

RDK = Script(
    key="rdk",
    kind="rdk",
    title="Rapat Dalam Kantor: Persiapan Rapat Tim Pora Semester II",
    team="kota",
    scope=("36.72",),
    venue="Ruang Rapat Kantor Imigrasi Cilegon",
    venue_region="36.72",
    stage="minutes",
    days_from_today=-12,
    start=dt.time(13),
    hours=2,
    invited=("kesbangpol", "disnaker"),
    represented=("disnaker",),
    agenda=(
        ("pertukaran_informasi", "Pembagian tugas panitia", "Seksi Inteldakim", 60),
        ("kesimpulan", "Kesimpulan", "Kepala Seksi", 20),
    ),
    lines=(
        Line(0, S, "kesbangpol", "Kesbangpol menyediakan daftar organisasi masyarakat asing yang terdaftar."),
        Line(0, S, "disnaker", "Disnaker menyiapkan rekap tenaga kerja asing per kecamatan."),
        Line(1, K, "kanim", "Panitia menyelesaikan bahan rapat sepekan sebelum pelaksanaan.", owner="kesbangpol"),
    ),
)  # fmt: skip

OPERASI_LAUT = Script(
    key="operasi-laut",
    kind="operasi_gabungan",
    title="Operasi Gabungan Tim Pora di Perairan Merak",
    team="kota",
    scope=("36.72",),
    venue="Area labuh jangkar Merak",
    venue_region="36.72.03",
    stage="approved",
    days_from_today=-100,
    start=dt.time(8),
    hours=5,
    invited=("lanal", "polairud", "ksop", "bkk", "kppbc"),
    represented=("lanal", "polairud", "ksop"),
    absent=("bkk",),
    agenda=(
        ("sambutan", "Apel dan pembagian tugas", "Ketua tim", 30),
        ("lain", "Pemeriksaan kapal di area labuh", "Seluruh anggota", 210),
        ("kesimpulan", "Evaluasi", "Ketua tim", 30),
    ),
    lines=(
        Line(0, S, "lanal", "Lanal menyiapkan satu kapal patroli."),
        Line(1, N, "kanim", "Satu kapal diperiksa, sembilan belas awak, nihil temuan. Kegiatan dihentikan pukul 12.15 karena cuaca."),
        Line(2, K, "kanim", "Pemeriksaan dilanjutkan setelah cuaca memungkinkan.", owner="lanal"),
        Line(2, T, "kanim", "Mengusulkan tanggal pengganti operasi laut.", owner="lanal", due=30, due_from_today=True),
        Line(2, T, "kanim", "Menyampaikan daftar kapal berbendera asing yang labuh lebih dari tujuh hari.", owner="ksop", due=-9, due_from_today=True),
        Line(2, T, "kanim", "Menyampaikan jadwal kapal patroli triwulan berikutnya.", owner="polairud", due=21, due_from_today=True),
    ),
)  # fmt: skip

PEMBENTUKAN = Script(
    key="sosialisasi",
    kind="sosialisasi",
    title="Sosialisasi Pelaporan Orang Asing bagi Pengelola Penginapan",
    team="kota",
    scope=("36.72",),
    venue="Aula Kantor Imigrasi Cilegon",
    venue_region="36.72",
    stage="approved",
    days_from_today=-60,
    hours=3,
    theme="Kewajiban pengelola penginapan",
    invited=("satpolpp", "polres", "dpmptsp", "kejari", "bnnk", "kesbangpol"),
    represented=("kejari", "bnnk", "dpmptsp"),
    excused=("kesbangpol",),
    agenda=rundown("Tata cara pelaporan penginapan"),
    lines=(
        Line(0, S, "kanim", "Kepala Kantor membuka kegiatan dan berterima kasih atas kerja sama pengelola penginapan."),
        Line(1, S, "kanim", "Pemaparan tata cara pelaporan dan contoh pengisian."),
        Line(2, Q, "dpmptsp", "Apakah rumah kos termasuk tempat penginapan?"),
        Line(2, A, "kanim", "Ya, sepanjang disewakan kepada orang asing; keterangan diberikan bila diminta petugas."),
        Line(3, S, "satpolpp", "Satpol PP menyampaikan daftar rumah kos yang berizin."),
        Line(4, K, "kanim", "Daftar penginapan dan rumah kos diperbarui setiap semester.", owner="dpmptsp"),
        Line(4, T, "kanim", "Menyampaikan daftar penginapan dan rumah kos berizin.", owner="dpmptsp", due=14, due_from_today=True),
        Line(4, T, "kanim", "Mengunjungi penginapan yang belum pernah melapor bersama petugas imigrasi.", owner="satpolpp", due=-3, due_from_today=True),
        Line(4, T, "kanim", "Menyampaikan bahan sosialisasi hukum untuk pengelola penginapan.", owner="kejari", due=25, due_from_today=True),
    ),
)  # fmt: skip

INVESTASI = Script(
    key="investasi",
    kind="rapat_koordinasi",
    title="Rapat Koordinasi Tim Pora Kota Cilegon: Investasi dan Tenaga Kerja Asing",
    team="kota",
    scope=("36.72",),
    venue="Hotel di Kota Cilegon",
    venue_region="36.72",
    stage="submitted",
    days_from_today=-24,
    theme="Investasi dan tenaga kerja asing",
    invited=(*CITY, "disnaker", "kemenag", "dpmptsp"),
    guests=("kanim-serang",),
    previous="kota-juli",
    represented=("kejari", "kodim", "bkk", "polairud", "kppbc", "disnaker", "polres"),
    excused=("bnnk",),
    absent=("bais", "lanal", "kemenag"),
    agenda=rundown("Perkembangan investasi", "Data tenaga kerja asing"),
    lines=(
        Line(0, S, "kanim", "Kepala Kantor membuka rapat dan menyampaikan perkembangan tindak lanjut rapat yang lalu."),
        Line(1, S, "dpmptsp", "Pemaparan realisasi investasi dan rencana proyek tahun berjalan."),
        Line(2, S, "disnaker", "Pemaparan jumlah tenaga kerja asing menurut jabatan dan lokasi kerja."),
        Line(3, Q, "kesbangpol", "Mengapa jumlah perkawinan campuran pada Disdukcapil dan Kemenag berbeda?"),
        Line(3, A, "disdukcapil", "Pencatatan dilakukan di tempat berbeda; kedua data perlu dicocokkan per nomor akta."),
        Line(4, S, "polres", "Tidak ada gangguan ketertiban yang melibatkan orang asing pada triwulan ini."),
        Line(4, F, "disnaker", "Satu perusahaan konstruksi mempekerjakan teknisi asing di lokasi yang tidak tercantum pada RPTKA.", RESTRICTED, "Nama teknisi pada daftar hadir proyek: SATO DEMO."),
        Line(5, K, "kanim", "Data perkawinan campuran dicocokkan per nomor akta oleh Disdukcapil dan Kemenag.", owner="disdukcapil"),
        Line(5, K, "kanim", "Perubahan lokasi kerja tenaga kerja asing disampaikan kepada Kantor Imigrasi.", owner="disnaker"),
        Line(5, T, "kanim", "Menyerahkan hasil pencocokan data perkawinan campuran.", owner="disdukcapil", due=45),
        Line(5, T, "kanim", "Menyampaikan daftar perubahan lokasi kerja tenaga kerja asing.", owner="disnaker", due=30),
    ),
)  # fmt: skip

BERIKUTNYA = Script(
    key="berikutnya",
    kind="rapat_koordinasi",
    title="Rapat Koordinasi Tim Pora Kota Cilegon Semester II",
    team="kota",
    scope=("36.72",),
    venue="Aula Kantor Imigrasi Cilegon",
    venue_region="36.72",
    stage="invited",
    days_from_today=21,
    theme="Evaluasi tindak lanjut dan rencana operasi gabungan",
    invited=(*CITY, "disnaker"),
    guests=("kanim-serang",),
    previous="kota-juli",
    agenda=rundown("Evaluasi tindak lanjut"),
)

PROVINSI = Script(
    key="provinsi",
    kind="rapat_koordinasi",
    title="Rapat Koordinasi Tim Pora Provinsi Banten",
    team="provinsi",
    scope=("36",),
    venue="Aula Kantor Wilayah, Kota Serang",
    venue_region="36.73",
    stage="invited",
    days_from_today=9,
    theme="Penyelarasan pengawasan orang asing tingkat provinsi",
    invited=("kanim", "kanim-serang", "kanim-tangerang", "polairud"),
    agenda=rundown("Arah kebijakan pengawasan"),
)

# In the order in which they happened.
SCRIPTS = (
    KECAMATAN_MARCH,
    KOTA_JULI,
    OPERASI_JULI,
    KECAMATAN_GEROGOL,
    KECAMATAN_EMPAT,
    OPERASI_LAUT,
    PEMBENTUKAN,
    INVESTASI,
    RDK,
    PROVINSI,
    BERIKUTNYA,
)
