import datetime as dt
import gzip
import html
import re
import uuid
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEntry, Region
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from foreigners.models import Finding, FindingPerson
from foreigners.services.reporting import Said, edit_finding
from foreigners.tests.factories import FindingFactory, FindingPersonFactory, proof
from foreigners.tests.test_reporting import photo_with_position

pytestmark = pytest.mark.django_db

NEW = reverse("foreigners:finding_new")
NO_PERSONS = {"orang-TOTAL_FORMS": "0", "orang-INITIAL_FORMS": "0"}


def village(code, name, parent, aliases=""):
    return Region.objects.create(
        code=code,
        name=name,
        parent=parent,
        aliases=aliases,
        level=Region.Level.VILLAGE,
    )


@pytest.fixture
def office():
    office = OfficeFactory()
    city = Region.objects.create(
        code="36.72", name="Kota Cilegon", level="kabupaten_kota"
    )
    districts = {
        name: Region.objects.create(
            code=code, name=name, level="kecamatan", parent=city
        )
        for code, name in [("36.72.08", "Citangkil"), ("36.72.02", "Cilegon")]
    }
    village("36.72.08.1001", "Warnasari", districts["Citangkil"], "Warna Sari")
    village("36.72.08.1009", "Sukamaju", districts["Citangkil"])
    village("36.72.02.1009", "Sukamaju", districts["Cilegon"])
    other = Region.objects.create(code="36.04.01", name="Anyar", level="kecamatan")
    village("36.04.01.2001", "Anyar", other)
    office.work_regions.add(city)
    return office


@pytest.fixture
def liaison(office, client):
    user = UserFactory(liaison=True, agency=AgencyFactory(keeper=office))
    client.force_login(user)
    return user


def typed(office, /, **changes):
    return {
        "key": str(uuid.uuid4()),
        "revision": "0",
        "office": office.pk,
        "activity": "Tiga orang memasang mesin.",
        "place": "Gudang Contoh",
        "region": "",
        "seen_on": timezone.localdate().isoformat(),
        "classification": "terbatas",
        **NO_PERSONS,
        **changes,
    }


def text_of(response):
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"activity": ""}, "Tulis kegiatan yang dilihat."),
        ({"place": ""}, "Isi tempat atau kelurahan/desa."),
        ({"seen_on": ""}, "Isi tanggal kejadian."),
        ({"seen_on": "2026-02-30"}, "tanggal yang valid"),
        ({"seen_on": "2999-01-01"}, "Tanggal ini belum tiba."),
        ({"region": "Anyar"}, "tidak ada di wilayah kerja"),
        ({"region": "Sukamaju"}, "Ada beberapa"),
        ({"person_count": "-1"}, "lebih besar dari atau sama dengan 0"),
        ({"latitude": "6"}, "Isi lintang dan bujur"),
        ({"latitude": "91", "longitude": "1"}, "sama dengan 90"),
        ({"activity": "x" * 10_001}, "10000"),
        ({"activity": "a\x00b"}, "karakter null"),
        ({"classification": "emas"}, "emas"),
        ({"office": "999999"}, "pilihan yang valid"),
        ({"key": "bukan-uuid"}, "UUID"),
    ],
)
def test_wrong_card_comes_back_with_what_was_typed(
    client, office, liaison, changes, sentence
):
    kept = changes.get("activity", "Tiga orang memasang mesin.")

    response = client.post(NEW, typed(office, **changes))

    assert response.status_code == 422
    page = text_of(response)
    assert sentence.casefold() in page.split("<main", 1)[1].casefold()
    assert kept.replace("\x00", "") in page.replace("\x00", "")
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    "region",
    ["Warnasari, Citangkil", "warnasari", "WARNA  SARI", "36.72.08.1001"],
)
def test_village_is_found_by_label_name_alias_or_code(client, office, liaison, region):
    client.post(NEW, typed(office, region=region, place=""))

    assert Finding.objects.get().region_id == "36.72.08.1001"


def test_village_that_two_districts_have_is_taken_by_its_label(client, office, liaison):
    client.post(NEW, typed(office, region="Sukamaju, Cilegon"))

    assert Finding.objects.get().region_id == "36.72.02.1009"


def test_card_offers_the_villages_of_the_work_area_without_any_script(
    client, office, liaison
):
    page = text_of(client.get(NEW))

    assert 'list="kelurahan"' in page
    assert '<option value="Warnasari, Citangkil">' in page
    assert "Anyar" not in page
    assert f'value="{timezone.localdate().isoformat()}"' in page


def test_no_template_asks_for_a_nationality(client, office, liaison):
    page = text_of(client.get(NEW)).lower()

    for word in ("kewarganegaraan", "asal negara", "agama", "suku"):
        assert word not in page


def test_card_becomes_a_finding_and_says_its_number(client, office, liaison):
    response = client.post(
        NEW, typed(office, latitude="-6.01234", longitude="106.05678"), follow=True
    )

    finding = Finding.objects.get()
    assert response.redirect_chain == [(finding.get_absolute_url(), 302)]
    assert f"diterima dengan nomor {finding.number}" in text_of(response)
    assert (finding.origin, finding.reporter) == ("instansi", liaison.agency)
    assert str(finding.latitude) == "-6.01234"


def test_card_with_persons_and_photo(client, office, liaison):
    client.post(
        NEW,
        typed(
            office,
            photos=[photo_with_position(), photo_with_position("blue")],
            **{
                "orang-TOTAL_FORMS": "2",
                "orang-0-name": "CONTOH KIM",
                "orang-0-document_number": "ZZ00A0001",
                "orang-1-name": "",
            },
        ),
    )

    finding = Finding.objects.get()
    assert [person.name for person in finding.named_persons.all()] == ["CONTOH KIM"]
    assert finding.files.count() == 2


def test_file_that_is_not_what_it_says_is_named_and_the_words_stay(
    client, office, liaison
):
    trap = SimpleUploadedFile("jebakan.jpg", b"MZ\x90\x00", "image/jpeg")

    response = client.post(NEW, typed(office, photos=[trap]))

    assert response.status_code == 422
    assert "jebakan.jpg" in text_of(response)
    assert "Tiga orang memasang mesin." in text_of(response)
    assert not Finding.objects.exists()


def test_same_card_twice_leads_to_the_same_finding(client, office, liaison):
    card = typed(office)

    first, second = client.post(NEW, card), client.post(NEW, card)

    assert first.url == second.url
    assert Finding.objects.count() == 1


def test_changed_card_after_receipt_is_a_conflict_and_can_go_as_a_new_one(
    client, office, liaison
):
    card = typed(office)
    client.post(NEW, card)

    response = client.post(NEW, {**card, "activity": "Kini empat orang."})

    assert response.status_code == 409
    page = text_of(response)
    assert "Kini empat orang." in page
    assert Finding.objects.get().number in page
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    client.post(NEW, {**card, "activity": "Kini empat orang.", "key": key})
    assert Finding.objects.count() == 2


def test_draft_needs_one_word_and_stays_with_its_writer(client, office, liaison):
    empty = client.post(
        NEW, typed(office, activity="", place="", seen_on="", simpan="1")
    )
    kept = client.post(NEW, typed(office, place="", seen_on="", simpan="1"))

    assert empty.status_code == 422
    finding = Finding.objects.get()
    assert kept.url == finding.get_absolute_url()
    assert (finding.state, finding.number) == ("draft", "")


def test_agency_in_no_team_learns_whom_to_ask(client):
    client.force_login(UserFactory(liaison=True))

    response = client.get(NEW)

    assert response.status_code == 200
    assert "belum tercatat dalam tim" in text_of(response)
    assert "<form method" not in text_of(response).split("<main", 1)[1]


def test_officer_reports_as_the_office(client, office):
    officer = UserFactory(agency=office.agency)
    client.force_login(officer)

    client.post(NEW, typed(office))

    finding = Finding.objects.get()
    assert (finding.origin, finding.reporter) == ("petugas", office.agency)


def draft_of(office, by, **fields):
    return FindingFactory(
        office=office,
        reporter=by.agency,
        created_by=by,
        state="draft",
        number="",
        **fields,
    )


def test_draft_is_completed_and_handed_in(client, office, liaison):
    draft = draft_of(office, liaison, place="")
    url = reverse("foreigners:finding_edit", args=[draft.pk])

    client.post(url, typed(office, key=str(draft.key), revision="1"))

    finding = Finding.objects.get()
    assert (finding.state, finding.place) == ("submitted", "Gudang Contoh")


def test_stale_card_shows_both_texts_and_overwrites_nothing(client, office, liaison):
    draft = draft_of(office, liaison)
    Finding.objects.update(activity="Tulisan rekan.", revision=2)
    url = reverse("foreigners:finding_edit", args=[draft.pk])

    response = client.post(url, typed(office, key=str(draft.key), revision="1"))

    assert response.status_code == 409
    assert "Tulisan rekan." in text_of(response)
    assert "Tiga orang memasang mesin." in text_of(response)
    assert Finding.objects.get().activity == "Tulisan rekan."


def test_edit_keeps_the_number_that_is_only_shown_masked(client, office, liaison):
    draft = draft_of(office, liaison)
    person = FindingPersonFactory(finding=draft, number="ZZ00A0001")
    url = reverse("foreigners:finding_edit", args=[draft.pk])
    page = text_of(client.get(url))
    sealed = person.document_number_sealed

    client.post(
        url,
        typed(
            office,
            key=str(draft.key),
            revision="1",
            simpan="1",
            **{
                "orang-TOTAL_FORMS": "1",
                "orang-INITIAL_FORMS": "1",
                "orang-0-pk": person.pk,
                "orang-0-name": person.name,
                "orang-0-document_number": "",
            },
        ),
    )

    assert "Z••••001" in page
    assert "ZZ00A0001" not in page
    assert FindingPerson.objects.get().document_number_sealed == sealed


def test_officer_who_may_not_see_the_persons_saves_without_changing_them(
    client, office
):
    writer, officer = (UserFactory(agency=office.agency) for _time in range(2))
    finding = draft_of(office, writer, origin="petugas")
    FindingPersonFactory(finding=finding, name="CONTOH KIM")
    finding.files.add(proof())
    client.force_login(officer)
    url = reverse("foreigners:finding_edit", args=[finding.pk])
    page = text_of(client.get(url))

    client.post(
        url,
        typed(
            office,
            key=str(finding.key),
            revision="1",
            simpan="1",
            **{"orang-TOTAL_FORMS": "1", "orang-0-name": "CONTOH SUSUPAN"},
        ),
    )

    assert "CONTOH KIM" not in page
    assert "bukti.pdf" not in page
    assert [person.name for person in finding.named_persons.all()] == ["CONTOH KIM"]
    assert finding.files.count() == 1
    assert Finding.objects.get().activity == "Tiga orang memasang mesin."


def test_handed_in_finding_has_no_card_any_more(client, office, liaison):
    finding = FindingFactory(office=office, reporter=liaison.agency)
    url = reverse("foreigners:finding_edit", args=[finding.pk])

    response = client.post(url, typed(office, revision="1"), follow=True)

    assert "tidak dapat diubah lagi" in text_of(response)
    assert Finding.objects.get().place == finding.place


@pytest.mark.parametrize(
    "name", ["finding", "finding_edit", "finding_submit", "finding_discard"]
)
def test_liaison_of_another_agency_finds_nothing(client, office, name):
    finding = FindingFactory(office=office, state="returned")
    client.force_login(UserFactory(liaison=True, agency=AgencyFactory(keeper=office)))
    url = reverse(f"foreigners:{name}", args=[finding.pk])
    method = client.get if name in {"finding", "finding_edit"} else client.post

    assert method(url).status_code == 404


def test_draft_is_thrown_away(client, office, liaison):
    draft = draft_of(office, liaison)

    client.post(reverse("foreigners:finding_discard", args=[draft.pk]), {"revision": 1})

    assert not Finding.objects.exists()


@pytest.mark.parametrize("name", ["finding_submit", "finding_discard"])
@pytest.mark.parametrize("sent", [{"revision": 1}, {}])
def test_draft_that_a_colleague_changed_is_read_before_it_goes_anywhere(
    client, office, liaison, name, sent
):
    draft = draft_of(office, liaison)
    edit_finding(draft, said=Said(activity="Ditulis rekan."), revision=1, by=liaison)

    response = client.post(
        reverse(f"foreigners:{name}", args=[draft.pk]), sent, follow=True
    )

    page = text_of(response)
    assert "Rekan Anda menyimpan temuan ini" in page
    assert "Ditulis rekan." in page
    assert Finding.objects.get().state == "draft"


def test_file_is_taken_off_a_draft_and_of_nobody_else_s(client, office, liaison):
    draft, upload = draft_of(office, liaison), proof()
    draft.files.add(upload)
    other = FindingFactory(office=office, state="draft", number="")
    other.files.add(upload)

    def remove(finding):
        return client.post(
            reverse("foreigners:finding_file_remove", args=[finding.pk, upload.pk])
        )

    assert remove(other).status_code == 404
    remove(draft)
    assert (draft.files.count(), other.files.count()) == (0, 1)


def test_file_is_sent_to_whoever_may_read_it_and_noted(client, office, liaison):
    finding, upload = FindingFactory(office=office, reporter=liaison.agency), proof()
    finding.files.add(upload)
    url = reverse("foreigners:finding_file", args=[finding.pk, upload.pk])

    response = client.get(url)

    assert b"".join(response).startswith(b"%PDF")
    assert "attachment" in response["Content-Disposition"]
    entry = AuditEntry.objects.get(verb="foreigners.open_finding_persons")
    assert entry.data == {"fields": ["finding_files"], "upload": upload.pk}
    client.force_login(UserFactory(agency=office.agency))
    assert client.get(url).status_code == 404


def test_doubles_are_asked_for_without_a_name_in_the_address(client, office, liaison):
    FindingFactory(
        office=office,
        reporter=liaison.agency,
        place="Gudang Contoh Raya",
        seen_on=timezone.localdate() - dt.timedelta(days=2),
    )
    url = reverse("foreigners:finding_doubles")

    response = client.post(url, typed(office), headers={"HX-Request": "true"})

    assert "Mungkin sudah pernah dilaporkan" in text_of(response)
    assert client.get(url).status_code == 405
    assert client.post(url, {}).status_code == 200
    assert Finding.objects.count() == 1


@pytest.mark.parametrize("field", ["activity", "place"])
def test_markup_of_a_reporter_never_runs(client, office, liaison, field):
    trap = "<script>alert(1)</script>"

    response = client.post(NEW, typed(office, **{field: trap}), follow=True)

    assert trap not in response.content.decode()
    assert trap in text_of(response)


def test_card_weighs_less_than_100_kilobytes_on_the_way_to_a_phone(
    client, office, liaison
):
    district = Region.objects.get(code="36.72.08")
    for number in range(300):
        village(f"36.72.08.2{number:03}", f"Desa Contoh {number}", district)

    page = client.get(NEW).content

    static = set(re.findall(rb'(?:href|src)="/static/([^"?#]+)', page))
    files = [Path(finders.find(name.decode())).read_bytes() for name in static]
    assert len(files) > 5
    assert sum(len(gzip.compress(part)) for part in [page, *files]) < 100_000
