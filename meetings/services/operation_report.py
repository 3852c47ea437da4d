"""The laporan kegiatan of a joint operation: complete or not issued, then corrected."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Signer, User
from agencies.queries.villages import label_of
from agencies.services.audit import record
from documents.models import Classification, Document, DocumentVersion
from documents.services.issuing import correct, issue, sign
from documents.services.snapshots import letterhead_of, signer_for, signer_of
from foreigners.models import Finding
from meetings.models import Meeting, Operation, OperationPlace
from meetings.queries.attendance import sheet_lines
from meetings.services.letters import meeting_block
from timpora.dates import clock_time, long_date
from timpora.errors import DomainError

Json = dict[str, Any]

TEMPLATE = "meetings/pdf/laporan_kegiatan.html"
SHORTEST_REASON = 10
Result = OperationPlace.Result
# Of the snapshot, what differs each time it is made.
PASSING = {"document", "issued", "signer"}


class ReportIncomplete(DomainError):
    pass


class ReasonTooShort(DomainError):
    pass


@transaction.atomic
def issue_report(meeting: Meeting, *, reason: str, by: User) -> DocumentVersion:
    """Number, freeze, sign and queue it; once issued, the next version with a reason.

    Refused while a place has no result or the report lacks a part; unchanged, the paper
    that exists is the answer.
    """
    # The no-op UPDATE takes the row lock, so that a second click burns no number.
    Operation.objects.filter(pk=meeting.pk).update(revision=F("revision"))
    operation = Operation.objects.filter(pk=meeting.pk).first()
    lacking = what_is_missing(meeting, operation)
    if operation is None or lacking:
        raise ReportIncomplete(_("Laporan belum lengkap: %s") % " ".join(lacking))
    signer = signer_for(meeting.office, by)
    snapshot = report_snapshot(operation, meeting, signer=signer)
    if operation.report is None:
        version = _issue_first(operation, meeting, snapshot, by)
    else:
        latest = operation.report.current
        if _lasting(latest.snapshot) == _lasting(snapshot):
            return latest
        if len(reason.strip()) < SHORTEST_REASON:
            raise ReasonTooShort(
                _("Tulis alasan perbaikan, paling sedikit %d huruf.") % SHORTEST_REASON
            )
        version = correct(
            operation.report,
            snapshot=snapshot,
            reason=reason.strip(),
            by=by,
            template=TEMPLATE,
        )
    sign(version, signer, by=by)
    record(
        by,
        "meetings.issue_operation_report",
        meeting,
        office_id=meeting.office_id,
        version=version.version,
        number=version.document.number,
    )
    return version


def _issue_first(
    operation: Operation, meeting: Meeting, snapshot: Json, by: User
) -> DocumentVersion:
    version = issue(
        office=meeting.office,
        kind=Document.Kind.OPERATION,
        title=_("Laporan kegiatan %(title)s") % {"title": meeting.title},
        dated_on=meeting.office.today,
        template=TEMPLATE,
        snapshot=snapshot,
        by=by,
        classification=Classification.RESTRICTED,
    )
    Operation.objects.filter(pk=operation.pk).update(report=version.document)
    return version


def is_outdated(operation: Operation, meeting: Meeting) -> bool:
    """The paper in force no longer says what the operation says now."""
    if operation.report is None:
        return False
    now = report_snapshot(operation, meeting, signer=None)
    return _lasting(operation.report.current.snapshot) != _lasting(now)


def what_is_missing(meeting: Meeting, operation: Operation | None) -> list[str]:
    """Sentences, one for each part that the report still lacks."""
    lacking = []
    if operation is None or not operation.order_number:
        lacking.append(_("Isi nomor surat tugas atau surat perintah."))
    if operation is None or not operation.purpose.strip():
        lacking.append(_("Isi maksud dan tujuan."))
    places = places_with_findings(meeting)
    if not places:
        lacking.append(_("Tambahkan tempat yang dikunjungi."))
    for number, place in enumerate(places, 1):
        if not place.is_visited:
            lacking.append(_("Isi hasil tempat %d.") % number)
        elif place.result == Result.FINDINGS and not handed_in(place):
            lacking.append(_("Kirim temuan tempat %d, atau ubah hasilnya.") % number)
    return lacking


def places_with_findings(meeting: Meeting) -> list[OperationPlace]:
    return list(
        OperationPlace.objects.filter(meeting=meeting)
        .for_list()
        .prefetch_related("findings__named_persons")
    )


def handed_in(place: OperationPlace) -> list[Finding]:
    left_out = {Finding.State.DRAFT, Finding.State.WITHDRAWN}
    return [one for one in place.findings.all() if one.state not in left_out]


def report_snapshot(
    operation: Operation, meeting: Meeting, *, signer: Signer | None
) -> Json:
    """What the paper says: results per place, never a name of a foreigner."""
    zone, now = meeting.office.time_zone, timezone.now()
    places = [
        _place(number, place, zone)
        for number, place in enumerate(places_with_findings(meeting), 1)
    ]
    return {
        "office": letterhead_of(meeting.office),
        "signer": signer_of(signer) if signer else {},
        "issued": {
            "day": long_date(meeting.office.today),
            "time": clock_time(now, zone),
        },
        "meeting": meeting_block(meeting)
        | {"scope": [str(region) for region in meeting.scope_regions.all()]},
        "order": {
            "number": operation.order_number,
            "day": long_date(operation.ordered_on) if operation.ordered_on else "",
        },
        "leader": _leader(operation),
        "texts": {
            name: getattr(operation, name)
            for name in ("purpose", "course", "obstacles", "advice", "closing")
        },
        "participants": _participants(meeting),
        "places": places,
        "counts": _counts(places),
        "photos": [
            {"upload": photo, "caption": f"{place['number']}. {place['place']}"}
            for place in places
            for photo in place["photos"]
        ],
    }


def _place(number: int, place: OperationPlace, zone: str) -> Json:
    return {
        "number": number,
        "place": place.place,
        "region": label_of(place.region) if place.region else "",
        "team": place.team,
        "planned": f"{place.planned_at:%H.%M}" if place.planned_at else "",
        "visited": clock_time(place.visited_at, zone) if place.visited_at else "",
        "result": place.result,
        "result_label": place.get_result_display(),
        "note": place.note,
        "findings": [_finding(finding) for finding in handed_in(place)],
        "photos": [upload.pk for upload in place.photos.all()],
    }


def _finding(finding: Finding) -> Json:
    """Its number and how many; what was seen, unless that is secret."""
    is_secret = finding.classification == Classification.SECRET
    return {
        "number": finding.number,
        "activity": "" if is_secret else finding.activity,
        "persons": finding.person_count or len(finding.named_persons.all()),
    }


def _participants(meeting: Meeting) -> list[Json]:
    """The bodies that came, and with how many people; a report names no officer."""
    people: dict[str, int] = {}
    for line in sheet_lines(meeting):
        if line.attendance.came:
            people[line.body] = people.get(line.body, 0) + 1
    return [{"body": body, "people": count} for body, count in people.items()]


def _leader(operation: Operation) -> Json:
    leader = operation.leader
    return {"name": leader.name, "post": leader.post} if leader else {}


def _counts(places: list[Json]) -> Json:
    results = [place["result"] for place in places]
    findings = [finding for place in places for finding in place["findings"]]
    return {
        "places": len(places),
        "nil": results.count(Result.NIL),
        "with_findings": results.count(Result.FINDINGS),
        "stopped": results.count(Result.STOPPED),
        "findings": len(findings),
        "persons": sum(finding["persons"] for finding in findings),
    }


def _lasting(snapshot: Json) -> Json:
    return {key: value for key, value in snapshot.items() if key not in PASSING}
