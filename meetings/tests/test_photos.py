from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.services.uploads import accept_picture, accept_slides
from meetings.models import Material, Minutes, Photo
from meetings.services.entries import MinutesClosed
from meetings.services.materials import MaterialsClosed, add_material, delete_material
from meetings.services.photos import TooManyPhotos, add_photos, delete_photo
from meetings.tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    MinutesFactory,
)

pytestmark = pytest.mark.django_db
PHOTO_QUERIES = 10
MATERIAL_QUERIES = 6


@pytest.fixture
def minutes():
    return MinutesFactory()


@pytest.fixture
def officer(minutes):
    return minutes.meeting.created_by


def picture(name="foto.png"):
    made = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(made, "PNG")
    return SimpleUploadedFile(name, made.getvalue(), "image/png")


def slides():
    made = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(made)
    return SimpleUploadedFile("paparan.pdf", made.getvalue(), "application/pdf")


def photo_of(minutes, order=1):
    upload = accept_picture(picture(), by=None)
    return Photo.objects.create(
        meeting=minutes.meeting, upload=upload, caption=f"Foto {order}", order=order
    )


def material_of(minutes, classification):
    return Material.objects.create(
        item=AgendaItemFactory(meeting=minutes.meeting),
        upload=accept_slides(slides(), by=None),
        classification=classification,
    )


def photos_page(minutes):
    return reverse("meetings:photos", args=[minutes.meeting_id])


def test_minutes_that_circulate_take_no_photo(minutes, officer):
    photo = photo_of(minutes)
    Minutes.objects.update(state="review")

    with pytest.raises(MinutesClosed):
        add_photos(minutes, photos=[picture()], caption="Pembukaan", by=officer)
    with pytest.raises(MinutesClosed):
        delete_photo(minutes, photo, by=officer)

    assert Photo.objects.get() == photo


def test_forty_photos_are_enough(minutes, officer):
    with pytest.raises(TooManyPhotos, match="40"):
        add_photos(minutes, photos=[picture()] * 41, caption="Semua", by=officer)

    assert not Photo.objects.exists()


def test_no_material_reaches_a_meeting_in_review(minutes, officer):
    material = material_of(minutes, "biasa")
    minutes.meeting.state = "review"
    minutes.meeting.save()

    with pytest.raises(MaterialsClosed):
        add_material(material.item, file=slides(), classification="biasa", by=officer)
    with pytest.raises(MaterialsClosed):
        delete_material(material, by=officer)

    assert Material.objects.count() == 1


def test_one_bad_file_among_several_photos_keeps_all_out(client, minutes, officer):
    client.force_login(officer)
    bad = SimpleUploadedFile("jebakan.svg", b"<svg onload='x'/>", "image/svg+xml")

    response = client.post(
        photos_page(minutes), {"photos": [picture(), bad], "caption": "Pembukaan"}
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "jebakan.svg: Berkas ini bukan foto" in html
    assert 'value="Pembukaan"' in html
    assert not Photo.objects.exists()


@pytest.mark.parametrize("caption", ["", "   ", "x" * 201])
def test_a_photo_needs_a_caption(client, minutes, officer, caption):
    client.force_login(officer)

    response = client.post(
        photos_page(minutes), {"photos": [picture()], "caption": caption}
    )

    assert response.status_code == 422
    assert not Photo.objects.exists()


def test_photos_are_added_ordered_captioned_and_removed(client, minutes, officer):
    client.force_login(officer)
    client.post(
        photos_page(minutes), {"photos": [picture(), picture()], "caption": "A"}
    )
    first, second = Photo.objects.all()

    def edit(photo, data):
        args = [minutes.meeting_id, photo.pk]
        return client.post(reverse("meetings:photo_edit", args=args), data)

    edit(second, {"caption": "B"})
    edit(second, {"caption": "B", "naik": ""})
    refused = edit(second, {"caption": ""})
    edit(first, {"hapus": ""})

    assert refused.status_code == 422
    assert list(Photo.objects.values_list("caption", flat=True)) == ["B"]
    assert Minutes.objects.get().revision == 5


@pytest.mark.parametrize(
    ("classification", "came", "status"),
    [
        ("biasa", False, 200),
        ("terbatas", False, 404),
        ("terbatas", True, 200),
        ("rahasia", True, 404),
    ],
)
def test_which_material_an_agency_may_open(
    client, minutes, classification, came, status
):
    line = AttendanceFactory(invitation__meeting=minutes.meeting, present=came)
    material = material_of(minutes, classification)
    client.force_login(UserFactory(liaison=True, agency=line.agency))
    args = [minutes.meeting_id, material.pk]

    response = client.get(reverse("meetings:material_file", args=args))
    response.getvalue()
    listed = client.get(reverse("meetings:materials", args=[minutes.meeting_id]))

    assert response.status_code == status
    assert ("paparan.pdf" in listed.content.decode()) == (status == 200)
    opened = AuditEntry.objects.filter(verb="meetings.download_material")
    assert opened.count() == (status == 200)


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("review", 200)])
def test_an_agency_sees_photos_with_the_minutes(client, minutes, state, status):
    photo = photo_of(minutes)
    Minutes.objects.update(state=state)
    line = AttendanceFactory(invitation__meeting=minutes.meeting, present=True)
    client.force_login(UserFactory(liaison=True, agency=line.agency))
    args = [minutes.meeting_id, photo.pk]

    response = client.get(reverse("meetings:photo_file", args=args))
    response.getvalue()

    assert response.status_code == status


def test_a_material_is_handed_in_and_taken_back(client, minutes, officer):
    client.force_login(officer)
    item = AgendaItemFactory(meeting=minutes.meeting)
    url = reverse("meetings:materials", args=[minutes.meeting_id])
    data = {"item": item.pk, "classification": "terbatas"}

    foreign = client.post(
        url, data | {"item": AgendaItemFactory().pk, "file": slides()}
    )
    trap = SimpleUploadedFile("x.pptx", b"PK\x03\x04 rusak")
    refused = client.post(url, data | {"file": trap})
    client.post(url, data | {"file": slides()})
    material = Material.objects.get()
    args = [minutes.meeting_id, material.pk]
    removed = client.post(reverse("meetings:material_delete", args=args))

    assert (foreign.status_code, refused.status_code) == (422, 422)
    assert (material.item, material.classification) == (item, "terbatas")
    assert removed.status_code == 302
    assert not Material.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_files_ask_the_same_number_of_questions(
    client, minutes, officer, count, django_assert_num_queries
):
    for order in range(count):
        photo_of(minutes, order)
        material_of(minutes, "biasa")
    client.force_login(officer)

    with django_assert_num_queries(PHOTO_QUERIES):
        client.get(photos_page(minutes))
    with django_assert_num_queries(MATERIAL_QUERIES):
        client.get(reverse("meetings:materials", args=[minutes.meeting_id]))
