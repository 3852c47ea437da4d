"""The gelar kasus: convened with a quorum, on frozen materials, to one outcome."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from documents.models import Document
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from foreigners.models import Case, Conference, Examination, Ground, Position
from foreigners.queries.law import in_force
from foreigners.services.casefile import issue_case_paper, touch
from timpora.dates import clock_time, day_and_date, local_date
from timpora.errors import DomainError

TEMPLATE = "foreigners/pdf/gelar_kasus.html"
LEAST_MEMBERS = 3


class ConferenceRefused(DomainError):
    pass


class ConferenceChanged(DomainError):
    pass


@transaction.atomic
def convene(
    case: Case,
    *,
    planned_at: dt.datetime,
    place: str,
    chair: User,
    members: Mapping[User, str],
    quorum: int,
    by: User,
) -> Conference:
    """Call the members together; ``members`` says in which capacity each one sits.

    The materials are frozen as they stand now. Refused for a chair who examined anybody
    in the case, and for a quorum that the members can't reach.
    """
    if case.state not in {Case.State.EXAMINATION, Case.State.CONFERENCE}:
        raise ConferenceRefused(_("Gelar kasus disiapkan setelah pemeriksaan."))
    if case.conferences.filter(state=Conference.State.CONVENED).exists():
        raise ConferenceRefused(_("Gelar kasus lain masih berjalan untuk kasus ini."))
    if Examination.objects.filter(case=case, examiner=chair).exists():
        raise ConferenceRefused(_("Pemeriksa dalam kasus ini tidak dapat memimpin."))
    seated = {chair: _("Pimpinan"), **members}
    if len(seated) < LEAST_MEMBERS or not LEAST_MEMBERS <= quorum <= len(seated):
        raise ConferenceRefused(
            _(
                "Anggota dan kuorum paling sedikit %d, dan kuorum tidak melebihi anggota."
            )
            % LEAST_MEMBERS
        )
    conference = Conference.objects.create(
        case=case,
        planned_at=planned_at,
        place=place,
        chair=chair,
        quorum=quorum,
        materials=materials_of(case),
        created_by=by,
    )
    Position.objects.bulk_create(
        Position(conference=conference, member=member, role=role)
        for member, role in seated.items()
    )
    # A member must be able to read what they judge, also in a secret case.
    case.assigned.add(*seated)
    touch(case)
    record(
        by,
        "foreigners.convene_conference",
        case,
        office_id=case.office_id,
        conference=conference.pk,
        members=len(seated),
        quorum=quorum,
    )
    return conference


def materials_of(case: Case) -> list[dict[str, Any]]:
    """The signed and issued papers of the case, each with the version that lies there."""
    papers = case.papers.select_related("document").prefetch_related(
        "document__versions"
    )
    return [
        {
            "kind": paper.document.get_kind_display(),
            "number": paper.document.number,
            "version": paper.document.current.version,
            "version_pk": paper.document.current.pk,
            "sha256": paper.document.current.sha256,
        }
        for paper in papers
    ]


@transaction.atomic
def freeze_again(conference: Conference, *, by: User) -> None:
    """Lay the materials anew: whoever had taken a position takes it again."""
    frozen = Conference.objects.filter(
        pk=conference.pk, state=Conference.State.CONVENED
    ).update(materials=materials_of(conference.case), revision=F("revision") + 1)
    if not frozen:
        raise ConferenceRefused(_("Gelar kasus ini sudah ditutup."))
    voided = conference.positions.exclude(outcome="").update(
        outcome="", reason="", stated_at=None
    )
    conference.refresh_from_db()
    record(
        by,
        "foreigners.freeze_materials",
        conference.case,
        office_id=conference.case.office_id,
        conference=conference.pk,
        voided=voided,
    )


@transaction.atomic
def state_position(
    conference: Conference, *, outcome: str, reason: str, by: User
) -> Position:
    """A member's own view with its reason; it may change until the conference closes."""
    if not conference.is_open:
        raise ConferenceRefused(_("Gelar kasus ini sudah ditutup."))
    written = conference.positions.filter(member=by).update(
        outcome=outcome, reason=reason, stated_at=timezone.now()
    )
    if not written:
        raise ConferenceRefused(_("Anda bukan anggota gelar kasus ini."))
    Conference.objects.filter(pk=conference.pk).update(revision=F("revision") + 1)
    conference.refresh_from_db()
    record(
        by,
        "foreigners.state_position",
        conference.case,
        office_id=conference.case.office_id,
        conference=conference.pk,
        outcome=outcome,
    )
    return conference.positions.get(member=by)


@transaction.atomic
def cancel_conference(conference: Conference, *, reason: str, by: User) -> None:
    """Call it off before it has an outcome; another may be convened."""
    won = Conference.objects.filter(
        pk=conference.pk, state=Conference.State.CONVENED
    ).update(state=Conference.State.CANCELLED)
    if not won:
        raise ConferenceRefused(_("Gelar kasus ini sudah ditutup."))
    conference.refresh_from_db()
    touch(conference.case)
    record(
        by,
        "foreigners.cancel_conference",
        conference.case,
        office_id=conference.case.office_id,
        conference=conference.pk,
        reason=reason,
    )


@transaction.atomic
def close_conference(
    conference: Conference,
    *,
    outcome: str,
    criteria: Sequence[str],
    conclusion: str,
    revision: int,
    by: User,
) -> None:
    """Settle the outcome that the members reached, with its paper.

    Refused to anybody but the chair, without quorum, for an outcome that no member
    holds, on materials that have changed since, and for TAK without a criterion of
    art. 59(2). Dissent stays in the paper.
    """
    case = conference.case
    if by.pk != conference.chair_id:
        raise ConferenceRefused(_("Hanya pimpinan gelar kasus yang dapat menutupnya."))
    stated = list(conference.positions.exclude(outcome=""))
    if len(stated) < conference.quorum:
        raise ConferenceRefused(
            _("Kuorum belum tercapai: %(stated)d dari %(quorum)d pendapat.")
            % {"stated": len(stated), "quorum": conference.quorum}
        )
    if outcome not in {position.outcome for position in stated}:
        raise ConferenceRefused(_("Tidak ada anggota yang berpendapat demikian."))
    if outcome == Conference.Outcome.TAK and not criteria:
        raise ConferenceRefused(
            _("Pilih sedikitnya satu kriteria pasal 59 ayat (2) untuk memilih TAK.")
        )
    if materials_are_stale(conference):
        raise ConferenceChanged(
            _("Bahan berubah sejak dikunci. Kunci lagi, lalu minta pendapat ulang.")
        )
    now = timezone.now()
    held = Conference.objects.filter(
        pk=conference.pk, state=Conference.State.CONVENED, revision=revision
    ).update(criteria=list(criteria), conclusion=conclusion, revision=F("revision") + 1)
    if not held:
        raise ConferenceChanged(
            _("Ada pendapat baru sejak halaman ini dibuka. Periksa lagi.")
        )
    conference.refresh_from_db()
    version = issue_case_paper(
        case,
        kind=Document.Kind.CONFERENCE,
        title=_("Berita acara gelar kasus"),
        dated_on=case.office.today,
        template=TEMPLATE,
        snapshot=conference_snapshot(conference, outcome=outcome, at=now),
        by=by,
        persons=[row.foreigner for row in case.persons.select_related("foreigner")],
        signer=signer_for(case.office, conference.chair),
    )
    Conference.objects.filter(pk=conference.pk).update(
        state=Conference.State.HELD, outcome=outcome, held_at=now, version=version
    )
    conference.refresh_from_db()
    touch(case)
    record(
        by,
        "foreigners.close_conference",
        case,
        office_id=case.office_id,
        conference=conference.pk,
        outcome=outcome,
        dissent=sum(position.outcome != outcome for position in stated),
    )


def materials_are_stale(conference: Conference) -> bool:
    """Whether a paper came or got a new version since; a file that is only now ready is
    no change."""
    laid = {row["version_pk"] for row in conference.materials}
    return laid != {row["version_pk"] for row in materials_of(conference.case)}


def conference_snapshot(
    conference: Conference, *, outcome: str, at: dt.datetime
) -> dict[str, Any]:
    case, office = conference.case, conference.case.office
    zone = office.time_zone
    ground = in_force(Ground, "conference", on=local_date(at, zone))
    positions = conference.positions.select_related("member")
    labels = dict(Conference.Criterion.choices)
    return {
        "office": letterhead_of(office),
        "signer": signer_of(signer_for(office, conference.chair)),
        "case_number": case.number,
        "case_title": case.title,
        "day": day_and_date(local_date(at, zone)),
        "time": clock_time(at, zone),
        "place": conference.place,
        "ground": f"{ground.article} {ground.instrument}",
        "quorum": conference.quorum,
        "persons": [
            {"role": row.get_role_display(), **row.identity}
            for row in case.persons.all()
        ],
        "violations": [
            f"{row.violation.name} ({row.violation.article})"
            for row in case.violations.select_related("violation")
        ],
        "materials": conference.materials,
        "positions": [
            {
                "name": row.member.name,
                "role": row.role,
                "outcome": row.get_outcome_display() if row.outcome else "",
                "reason": row.reason,
                "dissents": bool(row.outcome) and row.outcome != outcome,
            }
            for row in positions
        ],
        "outcome": str(Conference.Outcome(outcome).label),
        "criteria": [str(labels[code]) for code in conference.criteria],
        "conclusion": conference.conclusion,
    }
