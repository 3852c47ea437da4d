"""Rows of the access table for orders, examinations, conferences, evidence, referrals; see ``test_access``."""

from typing import Any

from django.utils import timezone

from foreigners.models import (
    Case,
    Conference,
    Custody,
    Evidence,
    Examination,
    Order,
    Position,
    Prosecution,
    Referral,
)
from foreigners.tests.factories import CaseFactory, CasePersonFactory
from timpora.tests.access_rows.row import Row
from timpora.tests.world import World


def nothing(world: World) -> list[Any]:
    return []


def case(world: World) -> list[Any]:
    """A case of the officer's under examination."""
    made = Case.objects.first() or CaseFactory(
        office=world.office,
        responsible=world.people["officer"],
        state=Case.State.EXAMINATION,
    )
    return [made.pk]


def order(world: World) -> list[Any]:
    made = Order.objects.create(
        case_id=case(world)[0],
        task="Periksa.",
        place="Mes",
        check_on=timezone.localdate(),
        created_by=world.people["officer"],
    )
    return [made.pk]


def order_act(world: World) -> list[Any]:
    return [*order(world), "setujui"]


def examination(world: World) -> list[Any]:
    person = CasePersonFactory(case=Case.objects.get(pk=case(world)[0]))
    made = Examination.objects.create(
        case=person.case,
        person=person,
        examiner=world.people["officer"],
        place="Kantor",
        started_at=timezone.now(),
        language="Indonesia",
    )
    return [made.pk]


def conference(world: World) -> list[Any]:
    made = Conference.objects.create(
        case_id=case(world)[0],
        planned_at=timezone.now(),
        place="Ruang rapat",
        chair=world.people["chief"],
        quorum=3,
        created_by=world.people["section_head"],
    )
    for name in ("chief", "section_head", "officer"):
        Position.objects.create(conference=made, member=world.people[name], role=name)
    return [made.pk]


def evidence(world: World) -> list[Any]:
    made = Evidence.objects.create(
        case_id=case(world)[0],
        number="BB-01",
        description="Paspor",
        taken_from="Orang Contoh",
        taken_at=timezone.now(),
        place="Mes",
        holder=world.people["officer"],
        received_by=world.people["officer"],
    )
    return [made.pk]


def custody_act(world: World) -> list[Any]:
    made = Custody.objects.create(
        evidence_id=evidence(world)[0],
        giver=world.people["officer"],
        taker=world.people["chief"],
        purpose="Diperiksa",
        given_at=timezone.now(),
    )
    return [made.pk, "terima"]


def referral(world: World) -> list[Any]:
    """Sent to the liaison's agency."""
    made = Referral.objects.create(
        case_id=case(world)[0],
        agency=world.agency,
        reason="Urusan instansi lain.",
        card="Ketenagakerjaan, Ciwandan",
        content="Isi.",
        sent_by=world.people["section_head"],
    )
    return [made.pk]


def referral_act(world: World) -> list[Any]:
    return [*referral(world), "terima"]


def prosecution_act(world: World) -> list[Any]:
    made = Prosecution.objects.create(
        case_id=case(world)[0],
        order_number="SPRIN-1",
        ordered_on=timezone.localdate(),
        investigator=world.people["officer"],
        created_by=world.people["chief"],
    )
    return [made.pk, "spdp"]


def no_proof(world: World) -> list[Any]:
    """No such file: who may look finds nothing."""
    return [*case(world), 999_999]


#                            anon  lia  str  ex   off  oth  sec  chi  adm  aud
WORK: dict[str, Row] = {
    "foreigners:order_new": (case, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:order": (order, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:order_act": (
        order_act,
        "post",
        "302 404 404 404 403 404 302 302 404 404",
    ),
    "foreigners:order_result": (
        order,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:examination_new": (
        case,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:examination": (
        examination,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:question_save": (
        examination,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:examination_rights": (
        examination,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:examination_sign": (
        examination,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:conference_new": (
        case,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:conference": (
        conference,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:conference_position": (
        conference,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:conference_close": (
        conference,
        "post",
        "302 404 404 404 403 404 422 422 404 404",
    ),
    "foreigners:conference_freeze": (
        conference,
        "post",
        "302 404 404 404 403 404 302 302 404 404",
    ),
    "foreigners:conference_cancel": (
        conference,
        "post",
        "302 404 404 404 403 404 422 422 404 404",
    ),
}
CUSTODY: dict[str, Row] = {
    "foreigners:evidence_new": (case, "get", "302 404 404 404 200 404 200 200 404 404"),
    "foreigners:evidence": (evidence, "get", "302 404 404 404 200 404 200 200 404 404"),
    # A thing without a file: who may look finds nothing.
    "foreigners:evidence_file": (
        evidence,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "foreigners:evidence_card": (
        evidence,
        "post",
        "302 404 404 404 302 404 302 302 404 404",
    ),
    "foreigners:evidence_hand_over": (
        evidence,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:evidence_let_go": (
        evidence,
        "post",
        "302 404 404 404 422 404 422 422 404 404",
    ),
    "foreigners:custody_answer": (
        custody_act,
        "post",
        "302 404 404 404 302 404 302 302 404 404",
    ),
    "foreigners:referral_new": (case, "get", "302 404 404 404 403 404 200 403 404 404"),
    "foreigners:referrals": (nothing, "get", "302 200 200 200 200 200 200 200 403 403"),
    "foreigners:referral": (referral, "get", "302 200 404 404 200 404 200 200 404 404"),
    # The letter is not drawn yet.
    "foreigners:referral_paper": (
        referral,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
    "foreigners:referral_answer": (
        referral_act,
        "post",
        "302 422 404 404 403 404 403 403 404 404",
    ),
    "foreigners:prosecution_new": (
        case,
        "get",
        "302 404 404 404 403 404 200 200 404 404",
    ),
    "foreigners:prosecution_act": (
        prosecution_act,
        "get",
        "302 404 404 404 200 404 200 200 404 404",
    ),
    "foreigners:warning_new": (case, "get", "302 404 404 404 403 404 200 403 404 404"),
    "foreigners:case_proof": (
        no_proof,
        "get",
        "302 404 404 404 404 404 404 404 404 404",
    ),
}

ROWS: dict[str, Row] = {**WORK, **CUSTODY}
