import datetime as dt
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from agencies.models import AuditEntry
from agencies.tests.factories import AgencyFactory, OfficeFactory, UserFactory
from documents.services.storing import stored
from documents.services.uploads import UploadRefused
from foreigners.models import Finding, FindingEvent
from foreigners.services.reporting import (
    AlreadyReceived,
    CardNotYours,
    FindingChanged,
    FindingIncomplete,
    FindingNotWritable,
    PersonSaid,
    Said,
    TooManyFiles,
    complete_finding,
    discard_draft,
    draft_finding,
    edit_finding,
    hand_in,
    remove_file,
    report_finding,
)
from foreigners.services.triage import return_finding
from foreigners.tests.factories import FindingFactory, FindingPersonFactory, proof
from timpora.vault import keyed_hash, unseal

pytestmark = pytest.mark.django_db

SEEN = Said(
    activity="Tiga orang memasang mesin.",
    place="Gudang Contoh",
    seen_on=dt.date(2026, 3, 9),
)


@pytest.fixture
def office():
    return OfficeFactory()


@pytest.fixture
def liaison(office):
    return UserFactory(liaison=True, agency=AgencyFactory(keeper=office))


def card(office, by, said=SEEN, **changes):
    fields = {"key": uuid.uuid4(), "office": office, "origin": "instansi", "by": by}
    return {**fields, "said": said, **changes}


def photo_with_position(colour="red"):
    picture = Image.new("RGB", (40, 30), colour)
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (6.0, 0.0, 0.0)
    exif[0x010F] = "Kamera Contoh"
    content = BytesIO()
    picture.save(content, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", content.getvalue(), "image/jpeg")


def returned(finding):
    head = UserFactory(agency=finding.office.agency, role="section_head")
    return_finding(
        finding, reason="Tempatnya belum jelas.", revision=finding.revision, by=head
    )
    return finding


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"activity": "  "}, "kegiatan yang dilihat"),
        ({"place": ""}, "tempat atau kelurahan"),
        ({"seen_on": None}, "tanggal kejadian"),
        ({"seen_on": timezone.localdate() + dt.timedelta(days=2)}, "belum tiba"),
    ],
)
def test_finding_that_says_not_what_where_or_when_is_not_handed_in(
    office, liaison, missing, sentence
):
    said = Said(**{**SEEN.__dict__, **missing})

    with pytest.raises(FindingIncomplete, match=sentence):
        report_finding(**card(office, liaison, said))

    assert not Finding.objects.exists()


def test_finding_handed_in_has_a_number_an_event_and_no_person(office, liaison):
    finding = report_finding(**card(office, liaison))

    year = timezone.localdate().year
    assert (finding.state, finding.number) == ("submitted", f"TM-0001/{year}")
    assert finding.reporter == liaison.agency
    assert not finding.named_persons.exists()
    assert list(FindingEvent.objects.values_list("state", "reason", "by")) == [
        ("submitted", "", liaison.pk)
    ]
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "foreigners.draft_finding",
        "foreigners.hand_in_finding",
    ]


def test_card_sent_twice_makes_one_finding_and_takes_one_number(office, liaison):
    sent = card(
        office, liaison, Said(**SEEN.__dict__ | {"persons": [PersonSaid(name="A B")]})
    )

    first, second = report_finding(**sent), report_finding(**sent)

    assert first == second
    assert Finding.objects.get().named_persons.count() == 1
    assert FindingEvent.objects.count() == 1


def test_card_that_says_something_else_after_it_was_received_is_refused(
    office, liaison
):
    sent = card(office, liaison)
    first = report_finding(**sent)
    changed = Said(**SEEN.__dict__ | {"activity": "Empat orang memasang mesin."})

    with pytest.raises(AlreadyReceived, match=first.number):
        report_finding(**sent | {"said": changed})

    assert Finding.objects.get().activity == SEEN.activity


def test_card_delivered_late_does_not_hand_in_what_was_returned(office, liaison):
    sent = card(office, liaison)
    returned(report_finding(**sent))

    report_finding(**sent)

    assert Finding.objects.get().state == "returned"


def test_key_of_somebody_else_s_card_is_refused(office, liaison):
    sent = card(office, liaison)
    report_finding(**sent)

    with pytest.raises(CardNotYours):
        report_finding(**sent | {"by": UserFactory(liaison=True)})


def test_draft_saved_twice_is_one_draft_with_its_persons_once(office, liaison):
    said = Said(activity="Catatan", persons=[PersonSaid(name="A B")])
    sent = card(office, liaison, said)

    draft_finding(**sent)
    draft_finding(**sent)

    draft = Finding.objects.get()
    assert (draft.state, draft.number) == ("draft", "")
    assert draft.named_persons.count() == 1


def test_two_writers_of_a_draft_do_not_overwrite_each_other(office, liaison):
    draft = draft_finding(**card(office, liaison))
    edit_finding(draft, said=Said(activity="Pertama"), revision=1, by=liaison)

    with pytest.raises(FindingChanged):
        edit_finding(draft, said=Said(activity="Kedua"), revision=1, by=liaison)

    assert Finding.objects.get().activity == "Pertama"


def test_finding_handed_in_can_t_be_written_even_through_a_stale_object(
    office, liaison
):
    stale = report_finding(**card(office, liaison))

    for act in (
        lambda: edit_finding(stale, said=SEEN, revision=stale.revision, by=liaison),
        lambda: hand_in(stale, revision=stale.revision, by=liaison),
        lambda: discard_draft(stale, revision=stale.revision, by=liaison),
        lambda: remove_file(stale, proof(), by=liaison),
    ):
        with pytest.raises(FindingNotWritable):
            act()

    assert Finding.objects.get().state == "submitted"


def test_returned_finding_goes_back_under_its_number(office, liaison):
    finding = returned(report_finding(**card(office, liaison)))
    number = finding.number

    complete_finding(
        finding,
        said=Said(**SEEN.__dict__ | {"place": "Gudang Contoh, pintu belakang"}),
        revision=finding.revision,
        by=liaison,
    )

    finding = Finding.objects.get()
    assert (finding.state, finding.number) == ("submitted", number)
    assert [event.state for event in finding.events.all()] == [
        "submitted",
        "returned",
        "submitted",
    ]


def test_document_number_is_sealed_hashed_and_masked(office, liaison):
    said = PersonSaid(name="CONTOH KIM", document_number="zz 00-A0001")

    finding = report_finding(
        **card(office, liaison, Said(**SEEN.__dict__ | {"persons": [said]}))
    )

    person = finding.named_persons.get()
    assert unseal(person.document_number_sealed) == "zz 00-A0001"
    assert person.document_number_hash == keyed_hash("ZZ00A0001")
    assert person.document_number_masked == "Z••••001"


def test_writer_who_may_not_see_the_persons_changes_none(office, liaison):
    finding = FindingFactory(office=office, state="draft", number="")
    person = FindingPersonFactory(finding=finding)

    edit_finding(finding, said=Said(activity="Lain"), revision=1, by=liaison)

    person.refresh_from_db()
    assert list(finding.named_persons.all()) == [person]
    assert person.document_number_sealed


def test_person_s_empty_number_keeps_the_one_that_is_kept(office, liaison):
    finding = FindingFactory(office=office, state="draft", number="")
    person = FindingPersonFactory(finding=finding, number="ZZ00A0001")
    said = PersonSaid(pk=person.pk, name="CONTOH BARU")

    edit_finding(finding, said=Said(persons=[said]), revision=1, by=liaison)

    person.refresh_from_db()
    assert (person.name, person.name_key) == ("CONTOH BARU", "baru contoh")
    assert unseal(person.document_number_sealed) == "ZZ00A0001"


def test_person_of_another_finding_is_not_touched_by_its_number(office, liaison):
    other = FindingPersonFactory(name="CONTOH LAIN")
    finding = FindingFactory(office=office, state="draft", number="")
    said = PersonSaid(pk=other.pk, name="CONTOH SUSUPAN", is_dropped=False)

    edit_finding(finding, said=Said(persons=[said]), revision=1, by=liaison)

    other.refresh_from_db()
    assert other.name == "CONTOH LAIN"
    assert finding.named_persons.get().name == "CONTOH SUSUPAN"


def test_dropped_person_is_gone(office, liaison):
    finding = FindingFactory(office=office, state="draft", number="")
    person = FindingPersonFactory(finding=finding)
    said = PersonSaid(pk=person.pk, name=person.name, is_dropped=True)

    edit_finding(finding, said=Said(persons=[said]), revision=1, by=liaison)

    assert not finding.named_persons.exists()


def test_photo_loses_its_position_and_stays_once(office, liaison):
    sent = card(office, liaison)
    for _time in range(2):
        photos = [photo_with_position()]
        draft_finding(**sent | {"said": Said(**SEEN.__dict__ | {"files": photos})})

    upload = Finding.objects.get().files.get()
    with Image.open(stored(upload.file)) as kept:
        assert dict(kept.getexif()) == {}


def test_file_that_is_not_what_it_says_refuses_the_whole_card(office, liaison):
    trap = SimpleUploadedFile("foto.jpg", b"<script>alert(1)</script>", "image/jpeg")

    with pytest.raises(UploadRefused, match=r"foto\.jpg"):
        report_finding(
            **card(office, liaison, Said(**SEEN.__dict__ | {"files": [trap]}))
        )

    assert not Finding.objects.exists()


def test_eleventh_file_is_refused(office, liaison):
    finding = FindingFactory(office=office, state="draft", number="")
    for _number in range(10):
        upload = proof()
        upload.sha256 = uuid.uuid4().hex
        upload.save()
        finding.files.add(upload)

    with pytest.raises(TooManyFiles):
        edit_finding(
            finding, said=Said(files=[photo_with_position()]), revision=1, by=liaison
        )


def test_draft_is_thrown_away_once(office, liaison):
    draft = draft_finding(**card(office, liaison))
    stale = Finding.objects.get()
    discard_draft(draft, revision=1, by=liaison)

    with pytest.raises(FindingNotWritable):
        discard_draft(stale, revision=1, by=liaison)

    assert AuditEntry.objects.filter(verb="foreigners.discard_finding").count() == 1


def test_draft_that_is_thrown_away_leaves_a_line_in_the_audit(office, liaison):
    draft = draft_finding(**card(office, liaison))
    pk = str(draft.pk)

    discard_draft(draft, revision=draft.revision, by=liaison)

    assert not Finding.objects.exists()
    assert AuditEntry.objects.filter(
        verb="foreigners.discard_finding", object_pk=pk
    ).exists()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "'; DROP TABLE foreigners_finding; --",
        "\u202eterbalik\u202c dan \u200fkanan",
        '=HYPERLINK("http://contoh.example")',
        "<img src=x onerror=alert(1)>",
        "عربي 汉字 😀",
    ],
)
def test_hostile_text_is_kept_as_text(office, liaison, text):
    said = Said(**SEEN.__dict__ | {"activity": text})

    report_finding(**card(office, liaison, said))

    assert Finding.objects.get().activity == text
