"""A dashboard taken out as PDF: the page's own numbers and pictures, and whose they are."""

import json
import uuid
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from agencies.models import Region, User
from agencies.tests.factories import RegionFactory, UserFactory
from documents.services.storing import stored
from foreigners.models import Case
from foreigners.tests.factories import CaseFactory, FindingFactory
from meetings.tests.factories import AttendanceFactory, FollowUpFactory, MeetingFactory
from reports.exports import PAGES
from reports.models import Export
from reports.queries.dashboard_outlook import DaysRefused
from reports.services.exporting import ExportRefused, request_export, write_file
from timpora.tests.judges import complaints

pytestmark = pytest.mark.django_db

BACKWARDS = "periode=bebas&sejak=2026-07-31&sampai=2026-07-01"


@pytest.fixture
def chief():
    chief = UserFactory(role=User.Role.CHIEF)
    office = chief.agency.office
    city = RegionFactory()
    office.work_regions.add(city)
    district = RegionFactory(
        code="36.72.01", name="Cibeber", level=Region.Level.DISTRICT, parent=city
    )
    CaseFactory(office=office, region=district)
    FindingFactory(office=office, region=district)
    meeting = MeetingFactory(team__office=office, in_session=True)
    AttendanceFactory(invitation__meeting=meeting, invitation__sent=True, present=True)
    FollowUpFactory(origin=meeting)
    return chief


def drawn(user, kind="dasbor", query="") -> bytes:
    export = request_export(
        kind=kind, query=query, form="pdf", reason="", key=uuid.uuid4(), by=user
    )
    write_file(export.pk)
    export.refresh_from_db()
    assert (export.state, export.error) == ("ready", "")
    return stored(export.file).read_bytes()


def text_of(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def data_of(content: bytes) -> dict:
    with pikepdf.open(BytesIO(content)) as pdf:
        return json.loads(pdf.attachments["data.json"].get_file().read_bytes())


def told(cells) -> list[str]:
    return [str(cell.text) for cell in cells]


@pytest.mark.parametrize(
    ("kind", "who"), [("dasbor", "chief"), ("dasbor", "liaison"), ("peta", "chief")]
)
def test_paper_tells_what_the_page_tells(client, chief, kind, who):
    user = chief if who == "chief" else UserFactory(liaison=True)
    client.force_login(user)
    shown = client.get(reverse(PAGES[kind].page)).context["sections"]

    content = drawn(user, kind)

    text, data = text_of(content), data_of(content)
    assert [
        (part["title"], part["heads"], part["rows"], part["total"])
        for part in data["sections"]
    ] == [
        (str(one.title), list(map(str, one.heads)), list(map(told, one.rows)), told(one.total))
        for one in shown
    ]  # fmt: skip
    for section in shown:
        assert " ".join(str(section.title).split()) in text
    assert str(user.agency) in text
    assert user.name in text
    assert "Bukan surat resmi" in text


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("kind", PAGES)
def test_paper_is_pdf_a_and_pdf_ua(chief, tmp_path, kind):
    assert complaints(drawn(chief, kind), tmp_path) == []


def test_picture_is_the_one_of_the_page_and_has_words(client, chief):
    client.force_login(chief)
    shown = client.get(reverse("reports:dashboard")).context["sections"]
    pictured = [section for section in shown if section.picture]

    content = drawn(chief)

    with pikepdf.open(BytesIO(content)) as pdf:
        words = [
            str(part.Alt)
            for part in pdf.objects
            if isinstance(part, pikepdf.Dictionary) and "/Alt" in part
        ]
    assert pictured
    for section in pictured:
        assert any(word.startswith(section.picture.title) for word in words)


def test_edition_for_outside_hides_small_numbers_on_paper_too(chief):
    assert "< 5" in text_of(drawn(chief, "peta"))


def test_sealed_case_is_counted_on_no_paper(chief):
    before = data_of(drawn(chief))["sections"]
    Case.objects.update(sealed_at="2026-01-05T00:00:00Z", state="not_proven")
    after = data_of(drawn(chief))["sections"]

    places = [part for part in after if part["title"] == "Peta kecamatan"]
    assert before != after
    assert places[0]["total"][1] == "0"


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_open_the_page_gets_no_paper(client, kind, role):
    user = UserFactory(role=role)
    client.force_login(user)
    may = user.has_perm(PAGES[kind].permission)

    response = client.get(reverse("reports:export_new", args=[kind]))

    assert response.status_code == (200 if may else 403)


@pytest.mark.parametrize(
    ("query", "form", "sentence"),
    [
        (BACKWARDS, "pdf", "mendahului tanggal awal"),
        ("periode=bebas&sejak=2026-07-01", "pdf", "tanggal akhir periode"),
        ("periode=abad", "pdf", "Periode ini tidak dikenal"),
        ("periode=bebas&sejak=kemarin&sampai=besok", "pdf", "Periode ini tidak dikenal"),
        ("", "csv", "tidak ada"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(client, chief, query, form, sentence):
    client.force_login(chief)

    response = client.post(
        reverse("reports:export_new", args=["dasbor"]),
        {"key": str(uuid.uuid4()), "query": query, "form": form},
    )

    assert response.status_code == 422
    assert not Export.objects.exists()
    with pytest.raises((ExportRefused, DaysRefused), match=sentence):
        request_export(
            kind="dasbor", query=query, form=form, reason="", key=uuid.uuid4(), by=chief
        )


def test_page_of_the_dashboard_offers_its_days_as_paper(client, chief):
    client.force_login(chief)
    days = "periode=bebas&sejak=2026-07-01&sampai=2026-07-31"

    page = client.get(f"{reverse('reports:dashboard')}?{days}").content.decode()

    link = f"{reverse('reports:export_new', args=['dasbor'])}?{days}"
    assert link.replace("&", "&amp;") in page
    assert data_of(drawn(chief, query=days))["from"] == "2026-07-01"
