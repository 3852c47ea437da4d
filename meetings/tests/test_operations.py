import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, UserFactory
from documents.services.uploads import UploadRefused
from foreigners.models import Finding
from foreigners.services.reporting import Said, edit_finding, hand_in
from meetings.models import Meeting, Operation, OperationPlace
from meetings.services.operations import (
    NoteMissing,
    OperationAhead,
    OperationCancelled,
    OperationChanged,
    PlaceHasResult,
    ResultContradicted,
    TooManyPhotos,
    add_place,
    drop_place,
    edit_place,
    move_place_up,
    record_result,
    save_operation,
    start_place_finding,
)
from meetings.tests.factories import InvitationFactory, MeetingFactory
from meetings.tests.test_photos import picture

pytestmark = pytest.mark.django_db

OPERATION = Meeting.Kind.JOINT_OPERATION


@pytest.fixture
def meeting():
    return MeetingFactory(in_session=True, kind=OPERATION)


@pytest.fixture
def officer(meeting, client):
    client.force_login(meeting.created_by)
    return meeting.created_by


def place_of(meeting, name="Gudang Contoh"):
    return add_place(
        meeting,
        place=name,
        region=None,
        team="Kanim, Polres",
        planned_at=dt.time(9),
        by=meeting.created_by,
    )


def result_of(place, result, **changes):
    said = {
        "revision": place.revision,
        "result": result,
        "visited_at": dt.time(9, 30),
        "note": "",
        "photos": [],
        "by": place.meeting.created_by,
    }
    record_result(place, **said | changes)


def test_stopped_place_says_why(meeting):
    place = place_of(meeting)

    with pytest.raises(NoteMissing):
        result_of(place, "berhenti", note="  ")

    assert not OperationPlace.objects.get().is_visited


def test_nihil_is_refused_while_a_finding_of_the_place_was_handed_in(meeting):
    place = place_of(meeting)
    finding = start_place_finding(place, key=uuid.uuid4(), by=meeting.created_by)
    said = Said(activity="Bekerja.", place="Gudang", seen_on=meeting.day)
    edit_finding(finding, said=said, revision=1, by=meeting.created_by)
    hand_in(finding, revision=finding.revision, by=meeting.created_by)
    place.refresh_from_db()

    with pytest.raises(ResultContradicted, match="bukan nihil"):
        result_of(place, "nihil")


def test_findings_are_no_result_without_a_finding(meeting):
    with pytest.raises(ResultContradicted, match="Belum ada temuan"):
        result_of(place_of(meeting), "temuan")


def test_result_of_an_operation_that_lies_ahead_is_refused():
    meeting = MeetingFactory(kind=OPERATION)
    place = place_of(meeting)

    for act in (
        lambda: result_of(place, "nihil"),
        lambda: start_place_finding(place, key=uuid.uuid4(), by=meeting.created_by),
    ):
        with pytest.raises(OperationAhead):
            act()

    assert not Finding.objects.exists()


def test_cancelled_operation_is_not_written(meeting):
    place = place_of(meeting)
    Meeting.objects.update(state="cancelled", cancel_reason="Cuaca buruk.")
    place, meeting = OperationPlace.objects.get(), Meeting.objects.get()

    for act in (
        lambda: place_of(meeting),
        lambda: result_of(place, "nihil"),
        lambda: drop_place(place, by=meeting.created_by),
        lambda: save_operation(
            meeting, revision=1, by=meeting.created_by, purpose="Lain"
        ),
    ):
        with pytest.raises(OperationCancelled):
            act()


def test_two_officers_on_one_place_do_not_overwrite_each_other(meeting):
    place = place_of(meeting)
    stale = OperationPlace.objects.get()
    result_of(place, "nihil")

    with pytest.raises(OperationChanged):
        result_of(stale, "berhenti", note="Hujan lebat.")

    assert OperationPlace.objects.get().result == "nihil"


def test_two_officers_on_one_report_do_not_overwrite_each_other(meeting):
    by = meeting.created_by
    save_operation(meeting, revision=1, by=by, purpose="Pertama")

    with pytest.raises(OperationChanged):
        save_operation(meeting, revision=1, by=by, purpose="Kedua")

    assert Operation.objects.get().purpose == "Pertama"


def test_nihil_is_a_result_with_its_hour(meeting):
    place = place_of(meeting)

    result_of(place, "nihil")

    place = OperationPlace.objects.get()
    assert place.is_visited
    assert timezone.localtime(place.visited_at).time() == dt.time(9, 30)
    assert AuditEntry.objects.filter(verb="meetings.record_result").count() == 1


def test_place_with_a_result_stays_on_the_list(meeting):
    visited, planned = place_of(meeting), place_of(meeting, "Restoran")
    result_of(visited, "nihil")

    with pytest.raises(PlaceHasResult):
        drop_place(visited, by=meeting.created_by)
    drop_place(planned, by=meeting.created_by)

    assert OperationPlace.objects.get() == visited


def test_places_are_put_in_order(meeting):
    for name in ("A", "B", "C"):
        place_of(meeting, name)
    last = OperationPlace.objects.get(place="C")

    move_place_up(last, by=meeting.created_by)
    move_place_up(last, by=meeting.created_by)
    move_place_up(last, by=meeting.created_by)

    assert [place.place for place in OperationPlace.objects.all()] == ["C", "A", "B"]


def test_one_tap_starts_a_finding_with_place_and_day(meeting):
    place = place_of(meeting)

    finding = start_place_finding(place, key=uuid.uuid4(), by=meeting.created_by)

    place.refresh_from_db()
    assert (finding.state, finding.origin) == ("draft", "operasi")
    assert (finding.place, finding.seen_on) == ("Gudang Contoh", meeting.day)
    assert (place.result, list(place.findings.all())) == ("temuan", [finding])


def test_same_tap_twice_is_one_draft_and_wipes_nothing(meeting):
    place, key, by = place_of(meeting), uuid.uuid4(), meeting.created_by
    finding = start_place_finding(place, key=key, by=by)
    said = Said(activity="Tiga orang memasang mesin.")
    edit_finding(finding, said=said, revision=1, by=by)

    assert start_place_finding(place, key=key, by=by) == finding
    assert Finding.objects.get().activity == "Tiga orang memasang mesin."


def test_what_is_no_photo_is_refused_with_the_whole_result(meeting):
    place = place_of(meeting)
    trap = SimpleUploadedFile("trap.jpg", b"%PDF-1.7", "image/jpeg")

    with pytest.raises(UploadRefused, match=r"trap\.jpg"):
        result_of(place, "nihil", photos=[trap])
    with pytest.raises(TooManyPhotos):
        result_of(OperationPlace.objects.get(), "nihil", photos=[picture()] * 7)

    assert not OperationPlace.objects.get().is_visited


def test_edited_place_keeps_its_result(meeting):
    place = place_of(meeting)
    result_of(place, "nihil")

    edit_place(
        place, revision=place.revision, by=meeting.created_by, place="Gudang Dua"
    )

    place = OperationPlace.objects.get()
    assert (place.place, place.result) == ("Gudang Dua", "nihil")


def page_of(meeting):
    return reverse("meetings:operation", args=[meeting.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("section_head", 200),
        ("chief", 200),
        ("auditor", 200),
        ("administrator", 403),
        ("liaison", 403),
        ("stranger", 404),
        ("uninvited", 404),
    ],
)
def test_who_sees_where_an_operation_goes(client, meeting, who, status):
    place_of(meeting)
    user = {
        "liaison": lambda: UserFactory(
            liaison=True, agency=InvitationFactory(meeting=meeting, sent=True).agency
        ),
        "uninvited": lambda: UserFactory(liaison=True),
        "stranger": UserFactory,
    }.get(who, lambda: UserFactory(agency=meeting.office.agency, role=who))()
    client.force_login(user)

    assert client.get(page_of(meeting)).status_code == status


def test_only_a_joint_operation_has_the_page_and_the_tab(client):
    meeting = MeetingFactory(in_session=True)
    client.force_login(meeting.created_by)

    assert client.get(page_of(meeting)).status_code == 404
    detail = client.get(meeting.get_absolute_url()).content.decode()
    assert page_of(meeting) not in detail
    Meeting.objects.update(kind=OPERATION)
    assert page_of(meeting) in client.get(meeting.get_absolute_url()).content.decode()


def test_place_of_another_operation_is_not_found(client, meeting, officer):
    other = place_of(MeetingFactory(in_session=True, kind=OPERATION))

    for name in ("operation_place", "operation_result"):
        url = reverse(f"meetings:{name}", args=[meeting.pk, other.pk])
        assert client.get(url).status_code == 404


def test_wrong_place_and_wrong_result_come_back_with_what_was_typed(
    client, meeting, officer
):
    place = place_of(meeting)
    added = client.post(
        reverse("meetings:operation_place_add", args=[meeting.pk]),
        {"place": "Kios Kenari", "region": "Tidak Ada", "planned_at": "25:00"},
    )
    result = client.post(
        reverse("meetings:operation_result", args=[meeting.pk, place.pk]),
        {"revision": "1", "result": "berhenti", "note": ""},
    )

    assert (added.status_code, result.status_code) == (422, 422)
    assert "Kios Kenari" in added.content.decode()
    assert "misalnya cuaca" in result.content.decode()
    assert OperationPlace.objects.count() == 1


def test_place_is_changed_moved_and_dropped_from_its_page(client, meeting, officer):
    first, second = place_of(meeting), place_of(meeting, "Restoran")
    url = reverse("meetings:operation_place", args=[meeting.pk, second.pk])

    client.post(url, {"revision": "1", "place": "Rumah Makan", "team": "Polres"})
    stale = client.post(url, {"revision": "1", "place": "Warung"})
    client.post(url, {"naik": "1"})

    assert stale.status_code == 409
    assert "Warung" in stale.content.decode()
    names = [place.place for place in OperationPlace.objects.all()]
    assert names == ["Rumah Makan", "Gudang Contoh"]
    client.post(url, {"hapus": "1"})
    assert OperationPlace.objects.get() == first


def test_stale_report_shows_both_texts(client, meeting, officer):
    save_operation(meeting, revision=1, by=officer, purpose="Tulisan rekan.")

    response = client.post(
        page_of(meeting), {"revision": "1", "purpose": "Tulisan saya."}
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "Tulisan rekan." in page
    assert "Tulisan saya." in page
    assert Operation.objects.get().purpose == "Tulisan rekan."


def test_tap_leads_to_the_prefilled_card(client, meeting, officer):
    place = place_of(meeting)

    response = client.post(
        reverse("meetings:operation_finding", args=[meeting.pk, place.pk]),
        {"key": str(uuid.uuid4())},
    )

    finding = Finding.objects.get()
    assert response.url == reverse("foreigners:finding_edit", args=[finding.pk])
    card = client.get(response.url).content.decode()
    assert 'value="Gudang Contoh"' in card
    assert finding.get_absolute_url() in client.get(page_of(meeting)).content.decode()


def test_draft_of_a_colleague_of_another_agency_is_not_listed(client, meeting, officer):
    place = place_of(meeting)
    finding = start_place_finding(place, key=uuid.uuid4(), by=officer)
    Finding.objects.update(created_by=UserFactory(liaison=True, agency=AgencyFactory()))

    page = client.get(page_of(meeting)).content.decode()

    assert finding.get_absolute_url() not in page


def test_photo_is_the_office_s(client, meeting, officer):
    place = place_of(meeting)
    result_of(place, "nihil", photos=[picture()])
    args = [meeting.pk, place.pk, place.photos.get().pk]
    url = reverse("meetings:operation_photo", args=args)

    assert b"".join(client.get(url)).startswith(b"\xff\xd8")
    client.post(reverse("meetings:operation_photo_remove", args=args))
    assert not place.photos.exists()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_operation_needs_the_same_queries_for_any_number_of_places(
    client, meeting, officer, rows, django_assert_max_num_queries
):
    for number in range(rows):
        place = place_of(meeting, f"Tempat {number}")
        start_place_finding(place, key=uuid.uuid4(), by=officer)
    client.get(page_of(meeting))

    with django_assert_max_num_queries(20):
        response = client.get(page_of(meeting))

    assert len(response.context["places"]) == rows
