"""What may change in a case apart from its state, and who is stopped by what."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from foreigners.models import Case, CasePerson, CaseViolation, Reading, Violation
from foreigners.services.amending import (
    AlreadyAlleged,
    CaseChanged,
    ReasonMissing,
    add_violation,
    assign_case,
    classify_case,
    edit_case,
    remove_violation,
)
from foreigners.services.casefile import CaseHasEnded, touch
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    CaseViolationFactory,
    ForeignerFactory,
    TravelDocumentFactory,
    ViolationFactory,
)
from foreigners.tests.ready import office_people

pytestmark = pytest.mark.django_db

REASON = "Sudah dibahas terbuka."


@pytest.fixture
def people():
    return office_people()[1]


@pytest.fixture
def case(people):
    officer = people["officer"]
    return CaseFactory(office=officer.agency.office, responsible=officer)


def url(name, *args):
    return reverse(f"foreigners:{name}", args=args)


def words(**fields):
    return {"title": "Pokok baru", "summary": "", "region": None, **fields}


def test_words_of_a_case_are_not_written_over_somebody_else_s(case):
    stale = case.revision
    touch(case)

    with pytest.raises(CaseChanged):
        edit_case(case, **words(), revision=stale, by=case.responsible)

    assert Case.objects.get().title == case.title


def test_words_of_a_case_that_has_ended_stay(case):
    Case.objects.update(state="closed")
    case.refresh_from_db()

    with pytest.raises(CaseHasEnded):
        edit_case(case, **words(), revision=1, by=case.responsible)


def test_edited_case_leaves_a_trace_of_the_fields_and_not_of_the_words(case):
    edit_case(case, **words(summary="Tuan Fulan."), revision=1, by=case.responsible)

    entry = AuditEntry.objects.get()
    assert (Case.objects.get().title, case.revision) == ("Pokok baru", 2)
    assert (entry.verb, entry.data) == (
        "foreigners.edit_case",
        {"changed": ["title", "summary"]},
    )


def test_conflict_shows_both_texts_and_lets_them_be_saved_again(client, case):
    client.force_login(case.responsible)
    sent = {"title": "Tulisan saya", "summary": "Uraian saya", "revision": 1}
    edit_case(
        case,
        **words(title="Tulisan orang lain"),
        revision=1,
        by=UserFactory(agency=case.office.agency),
    )

    refused = client.post(url("case_edit", case.pk), sent)
    page = refused.content.decode()
    again = client.post(url("case_edit", case.pk), {**sent, "revision": 2})

    assert refused.status_code == 409
    assert "Tulisan orang lain" in page
    assert 'value="Tulisan saya"' in page
    assert again.status_code == 302
    assert Case.objects.get().title == "Tulisan saya"


@pytest.mark.parametrize("title", ["", "x" * 151])
def test_title_that_cannot_be_kept_comes_back(client, case, title):
    client.force_login(case.responsible)

    response = client.post(
        url("case_edit", case.pk), {"title": title, "revision": 1, "summary": "Isi"}
    )

    assert response.status_code == 422
    assert "Isi</textarea>" in response.content.decode()


@pytest.mark.parametrize("to", ["biasa", "rahasia"])
@pytest.mark.parametrize("reason", ["", "perlu", " " * 20])
def test_class_moves_neither_up_nor_down_without_a_reason(client, case, to, reason):
    client.force_login(case.responsible)

    response = client.post(
        url("case_classify", case.pk),
        {"classification": to, "reason": reason, "revision": 1},
    )

    assert response.status_code == 422
    assert Case.objects.get().classification == "terbatas"
    with pytest.raises(ReasonMissing):
        classify_case(
            case, classification=to, reason=reason, revision=1, by=case.responsible
        )


def test_changed_class_is_kept_with_its_reason(case):
    classify_case(
        case,
        classification="rahasia",
        reason=REASON,
        revision=case.revision,
        by=case.responsible,
    )

    entry = AuditEntry.objects.get()
    assert Case.objects.get().classification == "rahasia"
    assert (entry.reason, entry.data) == (
        REASON,
        {"before": "terbatas", "after": "rahasia"},
    )


def test_class_that_somebody_changed_meanwhile_is_not_written_over(
    client, case, people
):
    client.force_login(case.responsible)
    sent = {"classification": "biasa", "reason": REASON, "revision": 1}
    classify_case(
        case,
        classification="rahasia",
        reason=REASON,
        revision=1,
        by=people["section_head"],
    )

    refused = client.post(url("case_classify", case.pk), sent)
    page = refused.content.decode()

    assert refused.status_code == 409
    assert f"{REASON}</textarea>" in page
    assert "Yang tersimpan sekarang" in page
    assert Case.objects.get().classification == "rahasia"

    again = client.post(url("case_classify", case.pk), {**sent, "revision": 2})

    assert again.status_code == 302
    assert Case.objects.get().classification == "biasa"


def test_conflict_shows_nothing_of_a_case_that_was_closed_to_its_reader(client, case):
    other = UserFactory(agency=case.office.agency)
    client.force_login(other)
    Case.objects.update(revision=2)
    sent = {"classification": "biasa", "reason": REASON, "revision": 1}
    before = client.post(url("case_classify", case.pk), sent)

    Case.objects.update(classification="rahasia")

    assert before.status_code == 409
    assert client.post(url("case_classify", case.pk), sent).status_code == 404


def test_assignment_that_somebody_changed_meanwhile_is_not_written_over(
    client, case, people
):
    theirs, ours = UserFactory.create_batch(2, agency=case.office.agency)
    head = people["section_head"]
    client.force_login(head)
    assign_case(case, responsible=theirs, assigned=[], revision=1, by=people["chief"])
    sent = {"responsible": ours.pk, "assigned": [head.pk], "revision": 1}

    refused = client.post(url("case_assign", case.pk), sent)
    page = refused.content.decode()

    assert refused.status_code == 409
    assert f'value="{ours.pk}" selected' in page
    assert theirs.name in page
    case.refresh_from_db()
    assert (case.responsible, list(case.assigned.all())) == (theirs, [])

    again = client.post(url("case_assign", case.pk), {**sent, "revision": 2})

    assert again.status_code == 302
    case.refresh_from_db()
    assert (case.responsible, list(case.assigned.all())) == (ours, [head])


def test_officer_who_closes_a_case_to_themselves_is_led_to_the_list(
    client, case, people
):
    other = UserFactory(agency=case.office.agency)
    client.force_login(other)

    response = client.post(
        url("case_classify", case.pk),
        {"classification": "rahasia", "reason": REASON, "revision": 1},
    )

    assert response["Location"] == url("cases")
    assert client.get(case.get_absolute_url()).status_code == 404


def test_officer_assigns_nobody_not_even_themselves(client, case, people):
    client.force_login(case.responsible)

    response = client.post(
        url("case_assign", case.pk),
        {
            "responsible": case.responsible.pk,
            "assigned": [case.responsible.pk],
            "revision": 1,
        },
    )

    assert response.status_code == 403
    assert not Case.objects.get().assigned.exists()


def test_case_is_assigned_to_people_of_the_office_alone(client, case, people):
    client.force_login(people["section_head"])

    response = client.post(
        url("case_assign", case.pk), {"responsible": UserFactory().pk, "revision": 1}
    )

    assert response.status_code == 422
    assert Case.objects.get().responsible == case.responsible


def test_assigned_officer_opens_the_secret_case(case, people):
    classify_case(
        case,
        classification="rahasia",
        reason=REASON,
        revision=case.revision,
        by=case.responsible,
    )
    other = UserFactory(agency=case.office.agency)
    before = Case.objects.visible_to(other).exists()

    assign_case(
        case,
        responsible=people["section_head"],
        assigned=[other],
        revision=case.revision,
        by=people["section_head"],
    )

    assert not before
    assert Case.objects.visible_to(other).exists()
    assert not Case.objects.visible_to(people["officer"]).exists()
    assert AuditEntry.objects.filter(verb="foreigners.assign_case").exists()


def test_first_allegation_is_the_main_one_and_none_is_named_twice(case):
    first, second = ViolationFactory(code="A"), ViolationFactory(code="B")

    add_violation(case, first, by=case.responsible)
    add_violation(case, second, by=case.responsible)
    with pytest.raises(AlreadyAlleged):
        add_violation(case, second, by=case.responsible)

    rows = CaseViolation.objects.values_list("violation__code", "is_main")
    assert (list(rows), case.revision) == ([("A", True), ("B", False)], 3)


def test_allegation_is_not_taken_back_without_a_reason(client, case):
    row = CaseViolationFactory(case=case)
    client.force_login(case.responsible)

    response = client.post(
        url("case_remove_violation", case.pk, row.pk), {"reason": "salah"}
    )

    assert response.status_code == 422
    assert CaseViolation.objects.exists()
    with pytest.raises(ReasonMissing):
        remove_violation(row, reason="salah", by=case.responsible)


def test_next_allegation_becomes_the_main_one(client, case):
    main = CaseViolationFactory(case=case, violation=ViolationFactory(code="A"))
    CaseViolationFactory(case=case, violation=ViolationFactory(code="B"), is_main=False)
    client.force_login(case.responsible)

    client.post(
        url("case_remove_violation", case.pk, main.pk), {"reason": "Keliru dicatat."}
    )

    row = CaseViolation.objects.get()
    assert (row.violation.code, row.is_main) == ("B", True)
    assert Case.objects.get().revision == 2


def test_allegation_of_another_case_is_not_there(client, case):
    other = CaseViolationFactory()
    client.force_login(case.responsible)

    response = client.post(
        url("case_remove_violation", case.pk, other.pk), {"reason": REASON}
    )

    assert response.status_code == 404
    assert CaseViolation.objects.exists()


def test_only_violations_in_force_are_offered(client, case):
    now = ViolationFactory(code="KINI")
    Violation.objects.create(
        code="LAMA",
        name="Lama",
        article="1",
        source="uji",
        valid_to=timezone.localdate().replace(year=2020),
    )
    client.force_login(case.responsible)

    page = client.get(case.get_absolute_url())
    refused = client.post(
        url("case_add_violation", case.pk),
        {"violation": Violation.objects.get(code="LAMA").pk},
    )
    client.post(url("case_add_violation", case.pk), {"violation": now.pk})

    assert "KINI" in page.content.decode()
    assert "LAMA" not in page.content.decode()
    assert refused.status_code == 422
    assert CaseViolation.objects.get().violation == now


@pytest.mark.parametrize("typed", ["OA-{pk}", " oa-{pk} ", "ZZ00A1234", "zz 00a-1234"])
def test_person_is_found_by_an_exact_number_and_listed_as_such(client, case, typed):
    document = TravelDocumentFactory(foreigner__office=case.office, number="ZZ00A1234")
    client.force_login(case.responsible)

    response = client.post(
        url("case_find_person", case.pk),
        {"number": typed.format(pk=document.foreigner_id)},
    )

    reading = Reading.objects.get(verb="listed")
    assert document.foreigner.name in response.content.decode()
    assert "ZZ00A1234" not in response.content.decode().replace(typed, "")
    assert reading.foreigner == document.foreigner


@pytest.mark.parametrize(
    "typed", ["ZZ00A123", "OA-999999", "'; --", "‮OA-1", "OA-" + "9" * 30]
)
def test_number_that_is_almost_right_finds_nobody(client, case, typed):
    TravelDocumentFactory(foreigner__office=case.office, number="ZZ00A1234")
    client.force_login(case.responsible)

    response = client.post(url("case_find_person", case.pk), {"number": typed})

    assert response.context["found"] == []
    assert response.status_code == 200


def test_person_of_another_office_is_neither_found_nor_added(client, case):
    foreign = TravelDocumentFactory(number="ZZ00A1234").foreigner
    client.force_login(case.responsible)

    found = client.post(url("case_find_person", case.pk), {"number": "ZZ00A1234"})
    added = client.post(
        url("case_add_person", case.pk), {"foreigner": foreign.pk, "role": "terduga"}
    )

    assert found.context["found"] == []
    assert added.status_code == 404
    assert not CasePerson.objects.exists()


def test_person_enters_the_case_under_the_identity_of_today(client, case):
    foreigner = ForeignerFactory(office=case.office, name="NAMA KINI")
    client.force_login(case.responsible)
    data = {"foreigner": foreigner.pk, "role": "saksi"}

    client.post(url("case_add_person", case.pk), data)
    again = client.post(url("case_add_person", case.pk), data, follow=True)

    person = CasePerson.objects.get()
    assert (person.role, person.identity["name"]) == ("saksi", "NAMA KINI")
    assert "sudah tercatat" in again.content.decode()


def test_search_by_number_never_stands_in_an_address(client, case):
    TravelDocumentFactory(foreigner__office=case.office, number="ZZ00A1234")
    client.force_login(case.responsible)

    response = client.get(url("case_find_person", case.pk), {"number": "ZZ00A1234"})

    assert response.context["found"] is None


def test_person_joins_no_case_that_has_ended(client, case):
    Case.objects.update(state="closed")
    foreigner = ForeignerFactory(office=case.office)
    client.force_login(case.responsible)

    response = client.post(
        url("case_add_person", case.pk),
        {"foreigner": foreigner.pk, "role": "terduga"},
        follow=True,
    )

    assert "sudah berakhir" in response.content.decode()
    assert not CasePerson.objects.exists()


def test_same_person_twice_is_one_candidate(client, case):
    document = TravelDocumentFactory(foreigner__office=case.office, number="ZZ00A1234")
    CasePersonFactory(case=case, foreigner=document.foreigner)
    TravelDocumentFactory(
        foreigner=document.foreigner, number="ZZ00A1234", issuer__code="JPN"
    )
    client.force_login(case.responsible)

    response = client.post(url("case_find_person", case.pk), {"number": "ZZ00A1234"})

    assert response.context["found"] == [document.foreigner]
