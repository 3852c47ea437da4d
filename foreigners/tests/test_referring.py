import pytest
from django.core import mail
from django.urls import reverse

from agencies.models import AuditEntry, User
from agencies.tests.factories import AgencyFactory, UserFactory
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Referral
from foreigners.services.referring import (
    ReferralRefused,
    accept_referral,
    refer_case,
    refuse_referral,
    revoke_referral,
)
from foreigners.tests.factories import CaseFactory
from foreigners.tests.law import law
from foreigners.tests.papers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    law()
    case = CaseFactory()
    NumberPatternFactory(office=case.office, kind=Document.Kind.REFERRAL)
    return case


@pytest.fixture
def liaison(case) -> User:
    return UserFactory(liaison=True, agency=AgencyFactory(keeper=case.office))


def refer(case, head, liaison) -> Referral:
    return refer_case(
        case,
        agency=liaison.agency,
        reason="Urusan ketenagakerjaan.",
        card="TKA, Ciwandan, biasa",
        content="kxisi: jabatan tidak sesuai RPTKA.",
        by=head,
    )


def test_agency_reads_the_card_alone_until_it_accepts(client, case, head, liaison):
    referral = refer(case, head, liaison)
    client.force_login(liaison)

    before = client.get(referral.get_absolute_url()).content.decode()
    accept_referral(referral, receipt_number="TT-1", by=liaison)
    after = client.get(referral.get_absolute_url()).content.decode()

    assert "TKA, Ciwandan, biasa" in before
    assert "kxisi" not in before
    assert "kxisi" in after


def test_mail_to_the_agency_says_nothing_of_the_matter(
    case, head, liaison, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        refer(case, head, liaison)

    message = next(sent for sent in mail.outbox if sent.to == [liaison.email])
    assert "kxisi" not in message.body
    assert "TKA" not in message.subject + message.body


def test_referral_is_answered_once(case, head, liaison):
    referral = refer(case, head, liaison)
    accept_referral(referral, receipt_number="TT-1", by=liaison)

    with pytest.raises(ReferralRefused):
        refuse_referral(referral, reason="Bukan urusan kami.", by=liaison)
    with pytest.raises(ReferralRefused):
        revoke_referral(referral, reason="Keliru tujuan.", by=head)

    assert Referral.objects.get().state == "diterima"


def test_reason_of_an_answer_leaves_no_words_in_the_trail(case, head, liaison):
    referral = refer(case, head, liaison)

    refuse_referral(referral, reason="Bukan urusan kami.", by=liaison)

    assert referral.answer_reason == "Bukan urusan kami."
    assert AuditEntry.objects.get(verb="foreigners.answer_referral").reason == ""


def test_second_referral_to_the_same_agency_waits_for_the_first(case, head, liaison):
    refer(case, head, liaison)

    with pytest.raises(ReferralRefused, match="belum dijawab"):
        refer(case, head, liaison)


def test_matter_is_not_referred_to_the_office_itself(case, head):
    own = UserFactory(agency=case.office.agency)

    with pytest.raises(ReferralRefused, match="instansi lain"):
        refer(case, head, own)


def test_revoked_referral_is_gone_for_the_agency(client, case, head, liaison):
    referral = refer(case, head, liaison)
    revoke_referral(referral, reason="Keliru tujuan.", by=head)
    client.force_login(liaison)

    assert client.get(referral.get_absolute_url()).status_code == 404


def test_other_agency_finds_no_referral_in_page_or_list(client, case, head, liaison):
    referral = refer(case, head, liaison)
    client.force_login(UserFactory(liaison=True))

    listed = client.get(reverse("foreigners:referrals")).content.decode()

    assert client.get(referral.get_absolute_url()).status_code == 404
    assert "TKA, Ciwandan" not in listed


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number_of_rows(
    client, case, head, rows, django_assert_num_queries
):
    for _ in range(rows):
        agency = AgencyFactory(keeper=case.office)
        refer(case, head, UserFactory(liaison=True, agency=agency))
    client.force_login(head)
    client.get(reverse("foreigners:referrals"))

    with django_assert_num_queries(4):
        response = client.get(reverse("foreigners:referrals"))

    assert len(response.context["page"]) == rows


@pytest.mark.slow
def test_letter_says_why_and_what(case, head, liaison):
    text = text_of(refer(case, head, liaison).version)

    assert "Urusan ketenagakerjaan." in text
    assert liaison.agency.name in text
