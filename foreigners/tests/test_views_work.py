"""Orders, interviews and conferences in the browser's words."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.tests.factories import UserFactory
from documents.models import Document
from documents.tests.factories import NumberPatternFactory
from foreigners.models import Case, Conference, Examination, Order, Reading
from foreigners.services.conferring import close_conference, convene, state_position
from foreigners.services.examining import (
    record_rights,
    save_question,
    sign_examination,
)
from foreigners.services.ordering import draft_order, issue_order
from foreigners.tests.factories import (
    CaseFactory,
    CaseViolationFactory,
)
from foreigners.tests.law import law
from foreigners.tests.papers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    law()
    case = CaseFactory(state=Case.State.EXAMINATION)
    for kind in ("surat_perintah", "bap", "gelar_kasus"):
        NumberPatternFactory(office=case.office, kind=kind)
    CaseViolationFactory(case=case)
    return case


def test_order_with_a_last_day_before_the_first_comes_back_with_what_was_typed(
    client, case
):
    client.force_login(case.responsible)
    today = timezone.localdate()

    response = client.post(
        reverse("foreigners:order_new", args=[case.pk]),
        {
            "task": "Periksa mes karyawan.",
            "place": "Mes Contoh",
            "check_on": today.isoformat(),
            "check_until": (today - dt.timedelta(days=1)).isoformat(),
            "officers": [case.responsible.pk],
        },
    )

    assert response.status_code == 422
    html = response.content.decode()
    assert "Tanggal ini mendahului hari pemeriksaan." in html
    assert "Periksa mes karyawan." in html
    assert not Order.objects.exists()


def test_officer_of_another_office_cannot_be_sent(client, case):
    client.force_login(case.responsible)

    response = client.post(
        reverse("foreigners:order_new", args=[case.pk]),
        {
            "task": "Periksa.",
            "place": "Mes",
            "check_on": timezone.localdate().isoformat(),
            "officers": [UserFactory().pk],
        },
    )

    assert response.status_code == 422
    assert not Order.objects.exists()


def test_opening_an_interview_is_on_record(client, examination):
    client.force_login(examination.examiner)

    client.get(examination.get_absolute_url())

    reading = Reading.objects.get()
    assert (reading.verb, reading.foreigner, reading.reader) == (
        "opened",
        examination.person.foreigner,
        examination.examiner,
    )


def test_second_writer_sees_both_texts_and_overwrites_nothing(client, examination):
    save_question(
        examination,
        number=None,
        question="Apa kegiatan Saudara?",
        answer="Pertama.",
        revision=0,
    )
    change = {"number": 1, "question": "Apa kegiatan Saudara?"}
    save_question(
        examination,
        **change,
        answer="Ditulis rekan.",
        revision=1,
    )
    client.force_login(examination.examiner)

    response = client.post(
        reverse("foreigners:question_save", args=[examination.pk]),
        {**change, "answer": "Ditulis saya.", "revision": 1},
    )

    assert response.status_code == 409
    html = response.content.decode()
    assert "Ditulis rekan." in html
    assert "Ditulis saya." in html
    assert examination.questions.get().answer == "Ditulis rekan."


def rights(examination, **fields):
    values = {
        "rights_read": "on",
        "consular": "ditolak",
        "consular_note": "",
        "language": "Indonesia",
        "companion": "Pendamping kami",
        "revision": examination.revision,
    }
    return values | fields


def test_rights_that_were_kept_meanwhile_are_read_before_they_are_changed(
    client, examination
):
    client.force_login(examination.examiner)
    url = reverse("foreigners:examination_rights", args=[examination.pk])
    theirs = rights(
        examination, companion="Pendamping lain", consular_note="Ditolak lisan"
    )
    client.post(url, theirs)

    refused = client.post(url, rights(examination))
    page = refused.content.decode()

    assert refused.status_code == 409
    assert "didampingi Pendamping lain" in page
    assert "(Ditolak lisan)" in page
    assert 'value="Pendamping kami"' in page
    assert Examination.objects.get().companion == "Pendamping lain"

    examination.refresh_from_db()
    assert f'name="revision" value="{examination.revision}"' in page
    assert client.post(url, rights(examination)).status_code == 302
    assert Examination.objects.get().companion == "Pendamping kami"


def test_bap_is_not_signed_over_a_question_that_came_meanwhile(client, examination):
    client.force_login(examination.examiner)
    client.post(
        reverse("foreigners:examination_rights", args=[examination.pk]),
        rights(examination),
    )
    examination.refresh_from_db()
    read = examination.revision
    save_question(
        examination,
        number=None,
        question="KXPERTANYAAN?",
        answer="Bekerja.",
        revision=0,
    )

    refused = client.post(
        reverse("foreigners:examination_sign", args=[examination.pk]),
        {"revision": read, "read_back": "on", "refused_to_sign": "Menolak lisan."},
    )

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "KXPERTANYAAN?" in page
    assert "Menolak lisan.</textarea>" in page
    assert not Examination.objects.get().is_signed


def test_result_that_a_colleague_recorded_first_stands_beside_what_was_typed(
    client, case
):
    order = Order.objects.create(
        case=case,
        task="Periksa mes karyawan.",
        place="Mes karyawan",
        check_on=timezone.localdate(),
        exception="tertangkap",
        approver=case.responsible,
        approved_at=timezone.now(),
        created_by=case.responsible,
    )
    client.force_login(case.responsible)
    url = reverse("foreigners:order_result", args=[order.pk])
    client.post(url, {"result": "Nihil menurut rekan."})

    refused = client.post(url, {"result": "Ditemukan dua orang."})

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Nihil menurut rekan." in page
    assert "Ditemukan dua orang." in page
    assert Order.objects.get().result == "Nihil menurut rekan."


def test_interview_that_lacks_a_right_is_not_closed_and_says_what_lacks(
    client, examination
):
    client.force_login(examination.examiner)

    response = client.post(
        reverse("foreigners:examination_sign", args=[examination.pk]),
        {"revision": examination.revision, "read_back": "on"},
    )

    assert response.status_code == 409
    assert "Hak terperiksa belum dibacakan." in response.content.decode()
    assert not Examination.objects.get().is_signed


@pytest.mark.slow
def test_bap_comes_out_of_the_interview_without_retyping(examination):
    save_question(
        examination,
        number=None,
        question="Apa kegiatan Saudara?",
        answer="Memasang mesin di pabrik.",
        revision=0,
    )
    record_rights(
        examination,
        rights_read=True,
        consular="diminta",
        consular_note="Kedutaan dihubungi",
        language="Indonesia",
        interpreter="",
        companion="",
        revision=examination.revision,
        by=examination.examiner,
    )
    sign_examination(
        examination,
        revision=examination.revision,
        read_back=True,
        signature="",
        refused_to_sign="Tidak bersedia.",
        by=examination.examiner,
    )

    text = text_of(examination.version)

    for said in (
        "BERITA ACARA PEMERIKSAAN",
        "Memasang mesin di pabrik.",
        "ZZ00A0777",
        "Tidak bersedia.",
        "Kedutaan dihubungi",
    ):
        assert said in text


@pytest.mark.slow
def test_order_as_a_paper_names_its_officers_and_no_foreigner(case, head):
    order = draft_order(
        case,
        task="Periksa keberadaan.",
        place="Mes Contoh",
        check_on=timezone.localdate(),
        officers=[case.responsible],
        by=case.responsible,
    )
    issue_order(order, by=head)

    text = text_of(order.version)

    assert case.responsible.name in text
    assert "Mes Contoh" in text


@pytest.mark.slow
def test_dissent_is_printed(case, head):
    people = [
        UserFactory(agency=case.office.agency, role=User.Role.CHIEF),
        head,
        UserFactory(agency=case.office.agency),
    ]
    conference = convene(
        case,
        planned_at=timezone.now(),
        place="Ruang rapat",
        chair=people[0],
        members={people[1]: "Kasi", people[2]: "Petugas"},
        quorum=3,
        by=head,
    )
    for member, outcome in zip(people, ("tak", "tak", "projustisia"), strict=True):
        state_position(
            conference, outcome=outcome, reason=f"Pendapat {outcome}.", by=member
        )
    close_conference(
        conference,
        outcome="tak",
        criteria=["bukti"],
        conclusion="Dikenai tindakan administratif.",
        revision=conference.revision,
        by=people[0],
    )

    text = text_of(Conference.objects.get().version)

    assert "berbeda pendapat" in text
    assert "Pendapat projustisia." in text
    assert Document.objects.get().is_guarded
