"""Words of their own in findings and operations, for the world of the canaries."""

import uuid
from typing import Any

from django.utils import timezone

from agencies.models import User
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Finding
from foreigners.services.reporting import (
    PersonSaid,
    Said,
    draft_finding,
    report_finding,
)
from foreigners.services.triage import (
    accept_finding,
    refer_finding,
    return_finding,
    write_ground,
)
from meetings.models import Meeting
from meetings.services.operation_report import issue_report
from meetings.services.operations import add_place, record_result, save_operation
from meetings.tests.factories import InvitationFactory, MeetingFactory
from timpora.tests import canaries_cases
from timpora.tests.world import World, file_with

OFFICE = canaries_cases.OFFICE
SOURCE = {"source"}

CANARIES = {
    # Handed in, no ground yet: the office reads the deed, not the person.
    "kxlihat": OFFICE | SOURCE,
    "kxlokasi": OFFICE | SOURCE,
    "kxtersembunyi": SOURCE,
    "kxberkasbaru": SOURCE,
    # Accepted: the office reads all, the reporter what it wrote.
    "kxorang": OFFICE | SOURCE,
    "kxciri": OFFICE | SOURCE,
    "kxlampiran": OFFICE | SOURCE,
    "kxdasar": OFFICE,
    "kxalasanterima": OFFICE,
    "kxalasankembali": OFFICE | SOURCE,
    # Referred: the agency that got it reads the deed alone.
    "kxlimpah": OFFICE | SOURCE | {"liaison"},
    "kxpenumpang": SOURCE,
    # A number stands nowhere in full, not even before whoever wrote it.
    "KX5512345": set(),
    "kxalasanlimpah": OFFICE,
    "kxkonsep": SOURCE,
    "kxpetugas": OFFICE,
    # Where an operation goes and what it found is no invited agency's to read.
    "kxtujuan": OFFICE | {"auditor"},
    "kxcatatanoperasi": OFFICE | {"auditor"},
    "kxmaksud": OFFICE | {"auditor"},
    "kxgambaroperasi": OFFICE,
    "kxsurattugas": OFFICE | {"auditor"},
    "kxjalannya": OFFICE | {"auditor"},
    "kxkendala": OFFICE | {"auditor"},
    "kxsaran": OFFICE | {"auditor"},
    "kxpenutupoperasi": OFFICE | {"auditor"},
    "kxregu": OFFICE | {"auditor"},
}


def build_findings(base: World, people: dict[str, Any]) -> None:
    source, head = people["source"], people["section_head"]

    def say(activity: str, by: User = source, **said: Any) -> Finding:
        told = {"place": "Gudang", "seen_on": timezone.localdate()} | said
        return report_finding(
            key=uuid.uuid4(),
            office=base.office,
            said=Said(activity=activity, **told),
            origin=Finding.Origin.AGENCY if by.is_liaison else Finding.Origin.OFFICER,
            by=by,
        )

    def ground(finding: Finding, text: str) -> Finding:
        write_ground(finding, ground=text, by=head)
        return finding

    waiting = say(
        "kxlihat", place="kxlokasi", persons=[PersonSaid(name="kxtersembunyi")]
    )
    waiting.files.add(file_with("kxberkasbaru"))
    named = PersonSaid(name="kxorang", description="kxciri")
    accepted = ground(say("Bekerja.", persons=[named]), "kxdasar dugaan itu")
    accepted.files.add(file_with("kxlampiran"))
    accept_finding(
        accepted,
        reason="kxalasanterima perkara",
        title="Dugaan perkara",
        violations=[],
        responsible=people["officer"],
        revision=accepted.revision,
        by=head,
    )
    returned = say("Menginap.")
    return_finding(
        returned,
        reason="kxalasankembali kepada pelapor",
        revision=returned.revision,
        by=head,
    )
    referred = say(
        "kxlimpah",
        persons=[PersonSaid(name="kxpenumpang", document_number="KX5512345")],
    )
    refer_finding(
        referred,
        to=base.agency,
        reason="kxalasanlimpah internal",
        revision=referred.revision,
        by=head,
    )
    draft_finding(
        key=uuid.uuid4(),
        office=base.office,
        said=Said(activity="kxkonsep"),
        origin=Finding.Origin.AGENCY,
        by=source,
    )
    say("kxpetugas", by=people["officer"], classification="rahasia")


def build_operation(base: World, people: dict[str, Any]) -> None:
    NumberPatternFactory(office=base.office, kind=Document.Kind.OPERATION)
    officer = people["officer"]
    meeting = MeetingFactory(
        team=base.meeting.team,
        kind=Meeting.Kind.JOINT_OPERATION,
        in_session=True,
        created_by=officer,
    )
    InvitationFactory(meeting=meeting, agency=people["source"].agency, sent=True)
    save_operation(
        meeting,
        revision=1,
        by=officer,
        order_number="kxsurattugas",
        purpose="kxmaksud",
        course="kxjalannya",
        obstacles="kxkendala",
        advice="kxsaran",
        closing="kxpenutupoperasi",
    )
    place = add_place(
        meeting,
        place="kxtujuan",
        region=None,
        team="kxregu",
        planned_at=None,
        by=officer,
    )
    record_result(
        place,
        revision=1,
        result="berhenti",
        visited_at=None,
        note="kxcatatanoperasi",
        photos=[],
        by=officer,
    )
    issue_report(meeting, reason="", by=people["section_head"])
    place.photos.add(file_with("kxgambaroperasi"))
