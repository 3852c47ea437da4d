"""A meeting as it is really held: fourteen members, two guests, things said and settled."""

import datetime as dt
from io import BytesIO

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agencies.models import User
from agencies.tests.factories import (
    AgencyFactory,
    AgencyTypeFactory,
    OfficeFactory,
    SignerFactory,
    TeamFactory,
    UserFactory,
)
from documents.models import Classification, Document
from documents.services.uploads import accept_picture
from documents.tests.factories import NumberPatternFactory
from meetings.models import (
    AgendaItem,
    Attendance,
    Entry,
    Invitation,
    Meeting,
    Minutes,
    Photo,
)
from meetings.services.approving import submit_minutes
from meetings.services.reviewing import open_review
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    EntryFactory,
    FollowUpFactory,
    InvitationFactory,
    MeetingFactory,
    MinutesFactory,
)

MEMBERS = {
    "KESBANGPOL": "Kesbangpol Kota Cilegon",
    "SATPOLPP": "Satpol PP Kota Cilegon",
    "DISDUKCAPIL": "Disdukcapil Kota Cilegon",
    "POLRES": "Polres Cilegon",
    "KSOP": "KSOP Kelas I Banten",
    "KEJARI": "Kejaksaan Negeri Cilegon",
    "KPPBC": "Bea Cukai Merak",
    "KODIM": "Kodim 0623/Cilegon",
    "BAIS": "BAIS TNI",
    "BKK": "Balai Kekarantinaan Kesehatan Banten",
    "LANAL": "Lanal Banten",
    "POLAIRUD": "Ditpolairud Polda Banten",
    "BIN": "BIN Posda Kota Cilegon",
    "BNNK": "BNN Kota Cilegon",
}
AGENDA = (
    (AgendaItem.Kind.CARRIED, "Tindak lanjut rapat lalu"),
    (AgendaItem.Kind.OPENING, "Sambutan dan pembukaan"),
    (AgendaItem.Kind.PRESENTATION, "Pemaparan materi pengawasan orang asing"),
    (AgendaItem.Kind.QUESTIONS, "Tanya jawab"),
    (AgendaItem.Kind.EXCHANGE, "Pertukaran informasi antarpeserta"),
    (AgendaItem.Kind.CONCLUSION, "Kesimpulan dan rekomendasi"),
)
DECISIONS = (
    ("Data pemegang izin tinggal di Kota Cilegon dipadankan setiap bulan.", "DISDUKCAPIL", 30),
    ("Operasi gabungan di kawasan industri dilaksanakan pada triwulan ini.", "POLRES", 45),
    ("Laporan penginapan orang asing (APOA) diperiksa bersama Satpol PP.", "SATPOLPP", 21),
    ("Daftar awak kapal asing yang turun ke darat dikirim setiap Senin.", "KSOP", 7),
    ("Setiap instansi menunjuk satu penghubung tetap beserta cadangannya.", "KESBANGPOL", 14),
    ("Surat keterangan domisili tidak diterbitkan tanpa pemberitahuan imigrasi.", "DISDUKCAPIL", None),
    ("Pemeriksaan kesehatan awak kapal dilaporkan bersama data kedatangan.", "BKK", 30),
    ("Rapat berikutnya diadakan pada bulan Oktober di Kantor Imigrasi.", "KESBANGPOL", None),
)  # fmt: skip
CANARY = "KENARI"


class Held:
    """The meeting, its people and its minutes, with the canary in every restricted place."""

    def __init__(self, members: dict[str, str] = MEMBERS, extra_entries: int = 0):
        self.office = OfficeFactory()
        kanim = self.office.agency
        self.chief = UserFactory(
            agency=kanim,
            role=User.Role.CHIEF,
            name="Dr. H. Bima Contoh, S.H., M.H.",
            post="Kepala Kantor Imigrasi Kelas II TPI Cilegon",
        )
        self.head = UserFactory(
            agency=kanim, role=User.Role.SECTION_HEAD, name="Ratna Contoh, S.Sos."
        )
        self.officer = UserFactory(agency=kanim, name="Dewi Contoh, A.Md.Im.")
        SignerFactory(
            office=self.office,
            user=self.chief,
            name=self.chief.name,
            post="Kepala Kantor",
        )
        for kind in (Document.Kind.MINUTES, Document.Kind.MINUTES_RESTRICTED):
            NumberPatternFactory(office=self.office, kind=kind)
        self.meeting = MeetingFactory(
            team=TeamFactory(office=self.office, name="Tim Pora Kota Cilegon"),
            title="Rapat Koordinasi Tim Pora Kota Cilegon",
            theme="Memperkuat pengawasan orang asing di wilayah Kota Cilegon",
            venue="Hotel Contoh, Anyer, Kabupaten Serang",
            starts_at=dt.datetime(2025, 7, 23, 2, tzinfo=dt.UTC),
            ends_at=dt.datetime(2025, 7, 23, 6, tzinfo=dt.UTC),
            opened_at=dt.datetime(2025, 7, 23, 2, 10, tzinfo=dt.UTC),
            closed_at=dt.datetime(2025, 7, 23, 5, 45, tzinfo=dt.UTC),
            state=Meeting.State.MINUTES,
            chair=self.chief,
            secretary=self.head,
            minute_taker=self.officer,
            created_by=self.officer,
            legal_bases="UU 6/2011 tentang Keimigrasian\nPP 31/2013 pasal 196-200\n"
            "Permenkumham 50/2016 tentang Tim Pengawasan Orang Asing",
        )
        self.items = [
            AgendaItemFactory(meeting=self.meeting, order=order, kind=kind, title=title)
            for order, (kind, title) in enumerate(AGENDA, 1)
        ]
        self.agencies = {
            code: self._invite(code, name, order)
            for order, (code, name) in enumerate(members.items(), 1)
        }
        self.minutes: Minutes = MinutesFactory(
            meeting=self.meeting, closing="Rapat ditutup dengan doa bersama."
        )
        self._speak(extra_entries)

    def _invite(self, code: str, name: str, order: int):
        kind = AgencyTypeFactory(code=code, name=name, order=order)
        agency = AgencyFactory(
            type=kind,
            name=name,
            short_name=name,
            withholds_names=code in {"BAIS", "BIN"},
        )
        invitation = InvitationFactory(
            meeting=self.meeting,
            agency=agency,
            sent=True,
            role=Invitation.Role.MEMBER,
            addressee=f"Kepala {name}",
        )
        state = {
            "LANAL": Attendance.State.EXCUSED,
            "BNNK": Attendance.State.ABSENT,
            "POLRES": Attendance.State.REPRESENTED,
        }.get(code, Attendance.State.PRESENT)
        came = state in Attendance.CAME
        AttendanceFactory(
            invitation=invitation,
            present=True,
            state=state,
            person=f"Peserta Contoh {order}" if came else "",
            person_post="Kepala Seksi" if came else "",
            phone="081200000000",
            reason="KENARI sakit" if state == Attendance.State.EXCUSED else "",
        )
        return agency

    def say(self, item: int, kind: str, text: str, code: str | None = None, **fields):
        return EntryFactory(
            minutes=self.minutes,
            item=self.items[item],
            kind=kind,
            text=text,
            agency=self.agencies[code] if code else None,
            order=Entry.objects.count(),
            **fields,
        )

    def _speak(self, extra: int) -> None:
        kinds = Entry.Kind
        self.say(2, kinds.STATEMENT, "Klasifikasi visa dan izin tinggal dipaparkan.")
        self.question = self.say(
            3, kinds.QUESTION, "Bagaimana alur pelaporan penginapan?", "SATPOLPP"
        )
        self.answer = self.say(
            3, kinds.ANSWER, "Melalui APOA, paling lambat 24 jam.", "POLRES"
        )
        Entry.objects.filter(pk=self.answer.pk).update(answers=self.question)
        self.said = self.say(
            4, kinds.STATEMENT, "Terdapat 35 kapal asing bulan ini.", "KSOP"
        )
        self.finding = self.say(
            4,
            kinds.FINDING,
            "Dugaan kegiatan tidak sesuai izin tinggal di satu lokasi proyek.",
            "POLRES",
            restricted_text=f"Atas nama {CANARY} ORANG-ASING.",
        )
        self.restricted = self.say(
            4,
            kinds.STATEMENT,
            f"{CANARY} TERBATAS pengamatan lapangan.",
            "KODIM",
            classification=Classification.RESTRICTED,
        )
        self.secret = self.say(
            4,
            kinds.STATEMENT,
            f"{CANARY} RAHASIA catatan intelijen.",
            "BIN",
            classification=Classification.SECRET,
        )
        for number in range(extra):
            text = f"Informasi ke-{number}: " + "kegiatan orang asing terpantau. " * 6
            self.say(4, kinds.STATEMENT, text, "KESBANGPOL")
        day = self.meeting.day
        for text, code, days in DECISIONS:
            self.say(
                5,
                kinds.DECISION,
                text,
                owner=self.agencies[code],
                due_on=day + dt.timedelta(days=days) if days else None,
            )
        self.task = self.say(
            5,
            kinds.FOLLOW_UP,
            "Mengirim rekapitulasi tenaga kerja asing per perusahaan.",
            owner=self.agencies["DISDUKCAPIL"],
            due_on=day + dt.timedelta(days=30),
        )

    def carry(self, **fields):
        """A follow-up of the team's meeting before this one."""
        before = MeetingFactory(
            team=self.meeting.team,
            starts_at=self.meeting.starts_at - dt.timedelta(days=120),
        )
        return FollowUpFactory(
            origin=before,
            created_on=before.day,
            due_on=before.day + dt.timedelta(days=60),
            owner=self.agencies["POLRES"],
            **fields,
        )

    def photograph(self, number: int) -> Photo:
        """A picture as a phone takes it: full of detail, so that it packs badly."""
        image = Image.effect_noise((1600, 1200), 40).convert("RGB")
        image.paste((number * 20, 90, 140), (200, 200, 1400, 1000))
        taken = BytesIO()
        image.save(taken, "JPEG", quality=80)
        file = SimpleUploadedFile(f"foto-{number}.jpg", taken.getvalue(), "image/jpeg")
        return Photo.objects.create(
            meeting=self.meeting,
            upload=accept_picture(file, by=self.officer),
            caption=f"Suasana rapat {number}",
        )

    def submit(self, minutes: Minutes) -> None:
        """Through a review in which everybody stayed silent, up to the chief's desk."""
        with time_machine.travel(dt.datetime(2025, 7, 24, 3, tzinfo=dt.UTC)) as clock:
            open_review(minutes, by=self.officer)
            clock.shift(dt.timedelta(days=10))
            submit_minutes(minutes, by=self.head, revision=minutes.revision)

    def liaison(self, code: str) -> User:
        return UserFactory(liaison=True, agency=self.agencies[code])

    def invitation(self, code: str) -> Invitation:
        return Invitation.objects.get(meeting=self.meeting, agency=self.agencies[code])


def fifty_agencies() -> Held:
    """The meeting by which papers are measured: 50 agencies and 60 entries."""
    districts = {f"KEC{n}": f"Kecamatan Contoh {n}" for n in range(36)}
    return Held(MEMBERS | districts, extra_entries=44)
