"""What the pages' own scripts add: a list that is searched, a file that is dropped."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from agencies.models import Region
from agencies.tests.factories import UserFactory
from documents.services.storing import digest
from documents.tests.factories import DocumentVersionFactory
from meetings.models import Meeting

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def officer(db):
    return UserFactory()


def regions(officer):
    province = Region.objects.create(code="36", name="Banten", level="provinsi")
    city = Region.objects.create(
        code="36.72", name="Kota Cilegon", level="kabupaten_kota", parent=province
    )
    for number, name in enumerate(["Cibeber", "Jombang", "Gerogol"], start=1):
        Region.objects.create(
            code=f"36.72.0{number}", name=name, level="kecamatan", parent=city
        )
    officer.agency.office.work_regions.add(city)


def test_areas_are_found_by_typing_and_chosen_by_ticking(site, officer):
    regions(officer)
    desk = site.visit(officer)
    desk.goto(reverse("meetings:new"))
    areas = desk.get_by_role("group", name="Wilayah yang dibahas")

    areas.get_by_role("searchbox").fill("jom")
    expect(areas.get_by_text("Kec. Cibeber, Kota Cilegon")).to_be_hidden()
    areas.get_by_text("Kec. Jombang, Kota Cilegon").click()

    chosen = desk.locator("#id_scope_regions").evaluate(
        "select => [...select.selectedOptions].map((option) => option.value)"
    )
    assert chosen == ["36.72.02"]
    assert not Meeting.objects.exists()


def test_a_single_choice_keeps_what_is_chosen_while_one_types(site, officer):
    regions(officer)
    desk = site.visit(officer)
    desk.goto(reverse("meetings:new"))
    venue = desk.locator("#id_venue_region")
    venue.select_option("36.72.03")

    desk.locator(".choice-filter").fill("banten")

    assert venue.input_value() == "36.72.03"
    assert venue.locator("option").all_inner_texts() == [
        "---------",
        "Kec. Gerogol, Kota Cilegon",
        "Banten",
    ]


def test_a_dropped_paper_is_verified_and_does_not_leave_the_device(site):
    content = b"%PDF-1.7 contoh"
    DocumentVersionFactory(ready=True, sha256=digest(content))
    desk = site.visit()
    sent = []
    desk.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    desk.goto(reverse("documents:verify"))

    dropped = desk.evaluate_handle(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "notula.pdf", { type: "application/pdf" }));
          return data;
        }""",
        content.decode(),
    )
    desk.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})

    expect(desk.get_by_role("status").filter(has_text="Asli")).to_be_visible()
    assert not any(content in body for body in sent)
