"""Who stands in the demonstration: real kinds of agencies, invented people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Body:
    """An agency: ``posts`` are those of its head (who is invited) and of its liaison."""

    key: str
    type: str
    name: str
    short_name: str
    posts: tuple[str, str]
    region: str = "36.72"
    withholds_names: bool = False


HOST = Body(
    "kanim",
    "KANIM",
    "Kantor Imigrasi Kelas II TPI Cilegon",
    "Kanim Cilegon",
    ("Kepala Kantor", "Kepala Seksi Intelijen dan Penindakan Keimigrasian"),
)

# The fourteen members and two guests of the Kota Cilegon meeting of 23 July 2025.
MEMBERS = (
    Body("kesbangpol", "KESBANGPOL", "Badan Kesatuan Bangsa dan Politik Kota Cilegon", "Kesbangpol Kota Cilegon", ("Kepala Badan", "Kepala Bidang Kewaspadaan Nasional")),
    Body("satpolpp", "SATPOLPP", "Satuan Polisi Pamong Praja Kota Cilegon", "Satpol PP Kota Cilegon", ("Kepala Satuan", "Kepala Bidang Ketenteraman dan Ketertiban")),
    Body("disdukcapil", "DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil Kota Cilegon", "Disdukcapil Kota Cilegon", ("Kepala Dinas", "Kepala Bidang Pelayanan Pendaftaran Penduduk")),
    Body("polres", "POLRES", "Kepolisian Resor Cilegon", "Polres Cilegon", ("Kepala", "Kasat Intelkam")),
    Body("ksop", "KSOP", "Kantor Kesyahbandaran dan Otoritas Pelabuhan Kelas I Banten", "KSOP Kelas I Banten", ("Kepala Kantor", "Kepala Bidang Keselamatan Berlayar")),
    Body("kejari", "KEJARI", "Kejaksaan Negeri Cilegon", "Kejari Cilegon", ("Kepala Kejaksaan Negeri", "Kepala Seksi Intelijen")),
    Body("kppbc", "KPPBC", "Kantor Pengawasan dan Pelayanan Bea dan Cukai TMP Merak", "Bea Cukai Merak", ("Kepala Kantor", "Kepala Seksi Penindakan dan Penyidikan")),
    Body("kodim", "KODIM", "Komando Distrik Militer 0623/Cilegon", "Kodim 0623/Cilegon", ("Dandim", "Pasi Intel")),
    Body("bais", "BAIS", "Badan Intelijen Strategis TNI", "BAIS TNI", ("Perwakilan", "Perwira penghubung"), withholds_names=True),
    Body("bkk", "BKK", "Balai Kekarantinaan Kesehatan Kelas I Banten", "BKK Banten", ("Kepala Balai", "Ketua Tim Kerja Pengawasan Alat Angkut")),
    Body("lanal", "LANAL", "Pangkalan TNI AL Banten", "Lanal Banten", ("Danlanal", "Pasintel")),
    Body("polairud", "POLAIRUD", "Direktorat Kepolisian Perairan dan Udara Polda Banten", "Ditpolairud Polda Banten", ("Dirpolairud", "Kasubdit Gakkum"), region="36"),
    Body("bin", "BIN", "Badan Intelijen Negara Daerah (Posda Kota Cilegon)", "BIN Posda Cilegon", ("Kaposda", "Perwakilan"), withholds_names=True),
    Body("bnnk", "BNNK", "Badan Narkotika Nasional Kota Cilegon", "BNNK Cilegon", ("Kepala", "Kepala Seksi Pemberantasan")),
)  # fmt: skip
GUESTS = (
    Body("kanim-serang", "KANIM", "Kantor Imigrasi Kelas I Non TPI Serang", "Kanim Serang", ("Kepala Kantor", "Kepala Seksi Intelijen dan Penindakan Keimigrasian"), region="36.73"),
    Body("kanim-tangerang", "KANIM", "Kantor Imigrasi Kelas I Non TPI Tangerang", "Kanim Tangerang", ("Kepala Kantor", "Kepala Seksi Intelijen dan Penindakan Keimigrasian"), region="36.71"),
)  # fmt: skip
OTHERS = (
    Body("disnaker", "DISNAKER", "Dinas Tenaga Kerja Kota Cilegon", "Disnaker Kota Cilegon", ("Kepala Dinas", "Kepala Bidang Penempatan Tenaga Kerja")),
    Body("kemenag", "KEMENAG", "Kantor Kementerian Agama Kota Cilegon", "Kemenag Kota Cilegon", ("Kepala Kantor", "Kepala Seksi Bimbingan Masyarakat Islam")),
    Body("dpmptsp", "DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu Kota Cilegon", "DPMPTSP Kota Cilegon", ("Kepala Dinas", "Kepala Bidang Perizinan")),
)  # fmt: skip
DISTRICTS = tuple(
    Body(
        f"kec-{name.lower()}",
        "KECAMATAN",
        f"Kecamatan {name}",
        f"Kec. {name}",
        ("Camat", "Kepala Seksi Ketenteraman dan Ketertiban"),
        region=code,
    )
    for code, name in (
        ("36.72.01", "Cibeber"),
        ("36.72.02", "Cilegon"),
        ("36.72.03", "Pulomerak"),
        ("36.72.04", "Ciwandan"),
        ("36.72.05", "Jombang"),
        ("36.72.06", "Gerogol"),
        ("36.72.07", "Purwakarta"),
        ("36.72.08", "Citangkil"),
    )
)
REGIONAL_OFFICE = Body(
    "kanwil",
    "KANWIL",
    "Kantor Wilayah Direktorat Jenderal Imigrasi Banten",
    "Kanwil Ditjen Imigrasi Banten",
    ("Kepala Kantor Wilayah", "Kepala Bidang Intelijen dan Penegakan Hukum"),
    region="36",
)

GIVEN_NAMES = (
    "Aditya", "Bayu", "Citra", "Dewi", "Eko", "Fitri", "Galih", "Hesti", "Indra",
    "Joko", "Kartika", "Lukman", "Maya", "Nanda", "Oktavia", "Prasetyo", "Qori",
    "Ratna", "Satria", "Tiara", "Umar", "Vina", "Wahyu", "Yusuf", "Zahra", "Bagus",
    "Laras", "Rizki", "Siti", "Teguh", "Anisa", "Dimas",
)  # fmt: skip
# Every invented person carries one of these, so that nobody takes them for somebody.
MARKERS = ("Contoh", "Demo", "Fiktif")
TITLES = (", S.H.", ", S.Sos., M.Si.", ", S.T.", ", S.IP.", ", S.H., M.H.", ", S.E.")


def person_name(number: int) -> str:
    """The same number is the same person: "Citra Fiktif, S.T."."""
    given = GIVEN_NAMES[number % len(GIVEN_NAMES)]
    marker = MARKERS[(number // len(GIVEN_NAMES) + number) % len(MARKERS)]
    return f"{given} {marker}{TITLES[number % len(TITLES)]}"


# In the office: role, post, rank, NIP (its digits are a date nobody was born on).
STAFF = (
    ("chief", "Dr. H. Surya Contoh, S.H., M.H.", "Kepala Kantor", "Pembina Tingkat I (IV/b)"),
    ("section_head", "Melati Demo, S.H., M.Si.", "Kepala Seksi Intelijen dan Penindakan Keimigrasian", "Penata Tingkat I (III/d)"),
    ("officer", "Arif Fiktif, S.IP.", "Kepala Subseksi Intelijen Keimigrasian", "Penata (III/c)"),
    ("officer", "Nadia Contoh, S.Tr.Im.", "Analis Keimigrasian", "Penata Muda (III/a)"),
    ("administrator", "Rudi Demo, S.Kom.", "Pranata Komputer", "Penata Muda Tingkat I (III/b)"),
    ("auditor", "Sekar Fiktif, S.H.", "Pejabat Pelindungan Data", "Penata (III/c)"),
)  # fmt: skip
