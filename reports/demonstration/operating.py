"""Plays what came of a joint operation, place by place, to its laporan kegiatan."""

import datetime as dt
import uuid
from dataclasses import dataclass

from agencies.models import Region
from foreigners.models import Finding
from foreigners.services.reporting import PersonSaid, Said, complete_finding
from foreigners.services.triage import refer_finding
from meetings.models import Meeting, OperationPlace
from meetings.services.operation_report import issue_report
from meetings.services.operations import (
    add_place,
    record_result,
    save_operation,
    start_place_finding,
)
from reports.demonstration.clock import on
from reports.demonstration.masters import Cast

Result = OperationPlace.Result
TEAM = "Kanim, Satpol PP, Polres, Kodim, Disnaker"


@dataclass(frozen=True)
class Seen:
    """What the card of a finding says; ``refer_to`` is whose matter it turned out to be."""

    activity: str
    person: str = ""
    persons: int = 1
    refer_to: str = ""


@dataclass(frozen=True)
class Visit:
    place: str
    village: str
    team: str
    hour: dt.time
    note: str = ""
    seen: Seen | None = None
    is_stopped: bool = False

    @property
    def result(self) -> Result:
        if self.is_stopped:
            return Result.STOPPED
        return Result.FINDINGS if self.seen else Result.NIL


@dataclass(frozen=True)
class Plan:
    """An operation by the key of its script."""

    order_number: str
    purpose: str
    course: str
    visits: tuple[Visit, ...]
    obstacles: str = ""
    advice: str = ""


PLANS = {
    "operasi-juli": Plan(
        order_number="SP-CONTOH-24/2025",
        purpose="Memeriksa keberadaan dan kegiatan orang asing di enam lokasi.",
        course="Enam lokasi dikunjungi menurut rencana dengan pendampingan anggota tim.",
        advice="Kunjungan ulang ke lokasi ketiga dan kelima pada triwulan berikutnya.",
        visits=(
            Visit("Mes pekerja Contoh Satu", "36.72.04.1003", TEAM, dt.time(8, 45)),
            Visit("Penginapan Contoh Dua", "36.72.08.1001", TEAM, dt.time(9, 40)),
            Visit(
                "Gudang Contoh Tiga",
                "36.72.07.1001",
                TEAM,
                dt.time(10, 30),
                note="Penjaga gudang memberi keterangan tertulis.",
                seen=Seen(
                    "Seorang pemegang izin kunjungan bisnis berada di jalur kerja gudang.",
                    person="REYES CONTOH MARIO",
                ),
            ),
            Visit("Perumahan Contoh Empat", "36.72.01.1001", TEAM, dt.time(11, 20)),
            Visit(
                "Pabrik Contoh Lima",
                "36.72.04.1005",
                TEAM,
                dt.time(13, 15),
                note="RPTKA dua jabatan ditunjukkan, masa berlakunya sudah habis.",
                seen=Seen(
                    "RPTKA perusahaan untuk dua jabatan telah berakhir.",
                    persons=2,
                    refer_to="disnaker",
                ),
            ),
            Visit("Rumah kontrakan Contoh Enam", "36.72.05.1001", TEAM, dt.time(14, 10)),
        ),
    ),
    "operasi-laut": Plan(
        order_number="SP-CONTOH-LAUT",
        purpose="Memeriksa awak kapal berbendera asing di area labuh Merak.",
        course="Satu kapal diperiksa, sembilan belas awak. Kapal berikutnya belum didatangi.",
        obstacles="Ombak meninggi sejak pukul 11.30.",
        advice="Pemeriksaan dilanjutkan setelah cuaca memungkinkan.",
        visits=(
            Visit(
                "Kapal Contoh Samudra",
                "36.72.03.1001",
                "Kanim, Lanal, Polairud, KSOP",
                dt.time(9, 30),
                note="Sembilan belas awak diperiksa.",
            ),
            Visit(
                "Kapal Contoh Selat",
                "36.72.03.1001",
                "Kanim, Lanal, Polairud, KSOP",
                dt.time(12, 15),
                note="Dihentikan pukul 12.15 karena cuaca.",
                is_stopped=True,
            ),
        ),
    ),
}  # fmt: skip


def operate(key: str, cast: Cast, meeting: Meeting, day: dt.date) -> None:
    """Planned the day before, visited on the day, reported on the next."""
    plan, officer, head = PLANS[key], cast.staff["officer"], cast.staff["section_head"]
    with on(day - dt.timedelta(days=1), dt.time(15)):
        save_operation(
            meeting,
            revision=1,
            by=head,
            order_number=plan.order_number,
            ordered_on=day - dt.timedelta(days=1),
            leader=head,
            purpose=plan.purpose,
            course=plan.course,
            obstacles=plan.obstacles,
            advice=plan.advice,
            closing="Demikian laporan ini dibuat dengan sebenarnya.",
        )
        places = [
            add_place(
                meeting,
                place=visit.place,
                region=Region.objects.get(pk=visit.village),
                team=visit.team,
                planned_at=visit.hour,
                by=officer,
            )
            for visit in plan.visits
        ]
    for visit, place in zip(plan.visits, places, strict=True):
        with on(day, visit.hour):
            see(visit, place, cast, day)
    with on(day + dt.timedelta(days=1), dt.time(10)):
        issue_report(meeting, reason="", by=head)


def see(visit: Visit, place: OperationPlace, cast: Cast, day: dt.date) -> None:
    officer = cast.staff["officer"]
    if visit.seen:
        finding = start_place_finding(place, key=uuid.uuid4(), by=officer)
        complete_finding(
            finding,
            said=Said(
                activity=visit.seen.activity,
                place=visit.place,
                region=place.region,
                seen_on=day,
                person_count=visit.seen.persons,
                persons=[PersonSaid(name=visit.seen.person)]
                if visit.seen.person
                else [],
            ),
            revision=finding.revision,
            by=officer,
        )
        place.refresh_from_db()
        hand_on(finding, visit.seen, cast)
    record_result(
        place,
        revision=place.revision,
        result=visit.result,
        visited_at=visit.hour,
        note=visit.note,
        photos=[],
        by=officer,
    )


def hand_on(finding: Finding, seen: Seen, cast: Cast) -> None:
    """Whose matter it is; what stays with the office becomes a case of the scripts."""
    if not seen.refer_to:
        return
    finding.refresh_from_db()
    refer_finding(
        finding,
        to=cast.agencies[seen.refer_to],
        reason="Jabatan tanpa RPTKA menjadi urusan pengawas ketenagakerjaan.",
        revision=finding.revision,
        by=cast.staff["section_head"],
    )
