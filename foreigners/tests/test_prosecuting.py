import datetime as dt

import pytest
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from documents.tests.factories import DocumentVersionFactory
from foreigners.models import Case, Clock, Conference, Prosecution
from foreigners.services.clocks import start_clock
from foreigners.services.prosecuting import (
    ProsecutionRefused,
    advance_stage,
    open_prosecution,
    record_spdp,
)
from foreigners.services.warning import WarningRefused, warn
from foreigners.tests.factories import (
    CaseFactory,
    CaseViolationFactory,
    ViolationFactory,
)
from foreigners.tests.files import pdf_file
from foreigners.tests.law import law

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def case():
    law()
    return CaseFactory(state=Case.State.CONFERENCE)


def chosen(case, outcome="projustisia") -> None:
    chief = UserFactory(agency=case.office.agency, role=User.Role.CHIEF)
    Conference.objects.create(
        case=case,
        planned_at=timezone.now(),
        place="Ruang rapat",
        chair=chief,
        quorum=3,
        state="held",
        held_at=timezone.now(),
        outcome=outcome,
        version=DocumentVersionFactory(document__office=case.office),
        created_by=chief,
    )


def investigate(case, ordered_on=TODAY) -> Prosecution:
    return open_prosecution(
        case,
        order_number="SPRIN-1",
        ordered_on=ordered_on,
        investigator=case.responsible,
        by=case.responsible,
    )


def advance(prosecution, stage, on=TODAY) -> None:
    advance_stage(
        prosecution,
        stage=stage,
        on=on,
        note="Berkas dikirim.",
        proof=pdf_file(),
        by=prosecution.investigator,
    )


def send_spdp(prosecution, on=TODAY) -> None:
    record_spdp(
        prosecution,
        spdp_number="SPDP-1",
        spdp_sent_on=on,
        proof=pdf_file(),
        by=prosecution.investigator,
    )


def test_investigation_needs_a_conference_that_chose_it(case):
    with pytest.raises(ProsecutionRefused, match="gelar kasus"):
        investigate(case)
    chosen(case, outcome="tak")
    with pytest.raises(ProsecutionRefused, match="gelar kasus"):
        investigate(case)


def test_investigation_is_opened_once_and_not_tomorrow(case):
    chosen(case)
    with pytest.raises(ProsecutionRefused, match="belum tiba"):
        investigate(case, TODAY + dt.timedelta(days=1))
    investigate(case)

    with pytest.raises(ProsecutionRefused, match="sudah dibuka"):
        investigate(case)


def test_spdp_stops_its_clock_on_the_day_it_was_sent(case):
    chosen(case)
    prosecution = investigate(case, TODAY - dt.timedelta(days=9))
    clock = start_clock(
        case, "spdp", on=prosecution.ordered_on, prosecution=prosecution
    )

    send_spdp(prosecution, TODAY - dt.timedelta(days=1))

    clock = Clock.objects.get()
    assert (clock.state, clock.ended_on) == ("terpenuhi", TODAY - dt.timedelta(days=1))
    assert clock.ended_on > clock.due_on
    with pytest.raises(ProsecutionRefused, match="sudah dicatat"):
        send_spdp(prosecution)


@pytest.mark.parametrize("days", [-10, 1])
def test_spdp_is_sent_between_the_order_and_today(case, days):
    chosen(case)
    prosecution = investigate(case, TODAY - dt.timedelta(days=5))

    with pytest.raises(ProsecutionRefused, match="SPDP"):
        send_spdp(prosecution, TODAY + dt.timedelta(days=days))


def test_no_stage_is_skipped_repeated_or_reached_without_spdp(case):
    chosen(case)
    prosecution = investigate(case)

    with pytest.raises(ProsecutionRefused, match="Penuntutan"):
        advance(prosecution, "sidang")
    with pytest.raises(ProsecutionRefused, match="SPDP"):
        advance(prosecution, "penuntutan")
    send_spdp(prosecution)
    advance(prosecution, "penuntutan")
    with pytest.raises(ProsecutionRefused, match="Sidang"):
        advance(prosecution, "penuntutan")

    assert Prosecution.objects.get().stage == "penuntutan"


def test_stopped_prosecution_goes_no_further(case):
    chosen(case)
    prosecution = investigate(case)
    advance(prosecution, "dihentikan")

    with pytest.raises(ProsecutionRefused, match="berakhir"):
        advance(prosecution, "penuntutan")


def test_stage_is_not_dated_before_the_one_before(case):
    chosen(case)
    prosecution = investigate(case, TODAY - dt.timedelta(days=3))
    send_spdp(prosecution)

    with pytest.raises(ProsecutionRefused, match="mendahului"):
        advance(prosecution, "penuntutan", TODAY - dt.timedelta(days=9))


def admonish(case) -> None:
    warn(
        case,
        text="Agar melaporkan tamu asing.",
        settled_on=TODAY,
        proof=pdf_file(),
        by=case.responsible,
    )


@pytest.mark.parametrize("allows", [None, False])
def test_warning_settles_no_violation_that_does_not_allow_it(case, allows):
    Case.objects.update(state="verification")
    case.refresh_from_db()
    if allows is not None:
        CaseViolationFactory(
            case=case, violation=ViolationFactory(allows_warning=allows)
        )

    with pytest.raises(WarningRefused, match="teguran"):
        admonish(case)


def test_warning_is_kept_with_its_proof(case):
    Case.objects.update(state="verification")
    case.refresh_from_db()
    CaseViolationFactory(
        case=case, violation=ViolationFactory(code="PGN-APO", allows_warning=True)
    )

    admonish(case)

    assert case.warnings.get().proof.kind == "pdf"
