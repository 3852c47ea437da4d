"""Two records made one on a ground, and made two again as they were."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from agencies.models import AuditEntry
from agencies.tests.factories import UserFactory
from documents.tests.factories import DocumentVersionFactory
from foreigners.models import (
    Case,
    CasePaper,
    FindingPerson,
    Foreigner,
    Merge,
    NameKey,
    Reading,
    Settlement,
    Verdict,
)
from foreigners.queries.identity import with_exact_number
from foreigners.services.identifying import bump
from foreigners.services.judging import GroundMissing, judge, proposals_for
from foreigners.services.matching import Wanted, find_candidates, index_names
from foreigners.services.merging import (
    AlreadyMerged,
    MergeCollision,
    NotJudgedSame,
    links,
    merge,
    undo_merge,
)
from foreigners.tests.factories import (
    CaseFactory,
    CasePersonFactory,
    FindingFactory,
    ForeignerFactory,
    GuaranteeFactory,
    OtherNameFactory,
    ProtectionFactory,
    StatementFactory,
    StayPermitFactory,
    TravelDocumentFactory,
)
from timpora.vault import keyed_hash

pytestmark = pytest.mark.django_db

GROUND = "Paspor lama dan baru diperlihatkan bersama."
# Of the log; and the counters of cases, which only grow: a receipt stays stale.
APART = {"agencies.AuditEntry", "agencies.AuditHead", "foreigners.Reading"}
APART |= {"foreigners.Merge", "foreigners.Verdict", "sessions.Session"}


@pytest.fixture
def officer():
    return UserFactory()


@pytest.fixture
def pair(officer):
    """Two records with the same passport; the second one has a link of every kind."""
    office = officer.agency.office
    kept = ForeignerFactory(office=office, name="MUHAMMAD RIZWAN", birth_year=1985)
    gone = ForeignerFactory(office=office, name="MOHAMED RIZVAN", birth_year=1986)
    for person in (kept, gone):
        TravelDocumentFactory(foreigner=person, number="ZZ00A0001")
    TravelDocumentFactory(foreigner=gone, number="ZZ00A0002")
    StayPermitFactory(foreigner=gone)
    GuaranteeFactory(foreigner=gone)
    OtherNameFactory(foreigner=gone, name="محمد")
    said = StatementFactory(foreigner=gone)
    Settlement.objects.create(
        foreigner=gone, subject=said.subject, kept=said, seen=[said.pk],
        reason="Dilihat langsung.", settled_by=officer,
    )  # fmt: skip
    ProtectionFactory(foreigner=gone, determined_by=officer)
    CasePersonFactory(
        foreigner=gone, case=CaseFactory(office=office, responsible=officer)
    )
    FindingPerson.objects.create(
        finding=FindingFactory(office=office), foreigner=gone, name="Rizwan"
    )
    paper = CasePaper.objects.create(
        case=Case.objects.get(),
        document=DocumentVersionFactory(document__office=office).document,
    )
    paper.persons.add(gone)
    ForeignerFactory(office=office, merged_into=gone)
    for person in (kept, gone):
        index_names(person)
    return kept, gone


def judged(pair, officer, answer="sama"):
    one, other = (Foreigner.objects.get(pk=person.pk) for person in pair)
    revisions = (one.revision, other.revision)
    judge(one, other, answer=answer, ground=GROUND, revisions=revisions, by=officer)
    return one, other


def merged(pair, officer, basis="dokumen"):
    kept, gone = judged(pair, officer)
    return merge(kept, gone, basis=basis, ground=GROUND, by=officer)


def snapshot():
    """Every row of every table, but of the log."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in APART:
            continue
        left_out = {"revision"} if model is Case else set()
        rows[model._meta.label] = sorted(
            (
                {k: v for k, v in row.items() if k not in left_out}
                for row in model._base_manager.values()
            ),
            key=lambda row: str(row[model._meta.pk.attname]),
        )
    return rows


def rows_of(person):
    return {
        f"{model._meta.label}.{link.name}": model._base_manager.filter(
            **{link.name: person}
        ).count()
        for model, link in links()
    }


def test_world_of_these_tests_has_a_link_of_every_kind(pair):
    _kept, gone = pair

    assert [name for name, count in rows_of(gone).items() if not count] == []


def test_every_foreign_key_to_a_person_moves_or_is_said_to_stay():
    everywhere = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Foreigner
    }
    moving = {f"{model._meta.label}.{link.name}" for model, link in links()}

    assert everywhere - moving == {
        "foreigners.Reading.foreigner",
        "foreigners.Merge.kept",
        "foreigners.Merge.gone",
        "foreigners.Verdict.first",
        "foreigners.Verdict.second",
    }


# --- refusals ------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["beda", "belum", None])
def test_nothing_is_merged_without_the_verdict_same(officer, pair, answer):
    if answer:
        judged(pair, officer, answer)

    with pytest.raises(NotJudgedSame):
        merge(*pair, basis="dokumen", ground=GROUND, by=officer)

    assert Foreigner.objects.get(pk=pair[1].pk).merged_into is None


def test_verdict_on_older_data_is_none(officer, pair):
    kept, gone = judged(pair, officer)
    bump(gone)
    gone.refresh_from_db()

    with pytest.raises(NotJudgedSame):
        merge(kept, gone, basis="dokumen", ground=GROUND, by=officer)


@pytest.mark.parametrize("ground", ["", "sama", "Jelas Muhammad Rizwan juga."])
def test_merge_needs_a_ground_that_names_nobody(officer, pair, ground):
    kept, gone = judged(pair, officer)

    with pytest.raises(GroundMissing):
        merge(kept, gone, basis="dokumen", ground=ground, by=officer)


@pytest.mark.parametrize("basis", ["nama", "", "lahir"])
def test_name_is_no_basis_and_a_basis_must_be_in_the_records(officer, pair, basis):
    kept, gone = judged(pair, officer)

    with pytest.raises(GroundMissing):
        merge(kept, gone, basis=basis, ground=GROUND, by=officer)

    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("births", "is_basis"),
    [
        (((1985, 4, 12), (1985, 4, 12)), True),
        (((1985, 4, None), (1985, 4, None)), False),
        (((1985, 4, 12), (1985, 4, 13)), False),
        (((None, None, None), (None, None, None)), False),
    ],
)
def test_birth_date_is_a_basis_when_it_is_whole_and_the_same(
    officer, pair, births, is_basis
):
    for person, (year, month, day) in zip(pair, births, strict=True):
        Foreigner.objects.filter(pk=person.pk).update(
            birth_year=year, birth_month=month, birth_day=day
        )

    if is_basis:
        merged(pair, officer, "lahir")
    else:
        with pytest.raises(GroundMissing):
            merged(pair, officer, "lahir")
    assert Merge.objects.exists() is is_basis


def test_document_basis_needs_a_number_that_both_have(officer, pair):
    pair[0].travel_documents.all().delete()

    with pytest.raises(GroundMissing):
        merged(pair, officer)


def test_two_parties_of_one_case_are_not_made_one(officer, pair):
    CasePersonFactory(foreigner=pair[0], case=Case.objects.get(), role="saksi")
    kept, gone = judged(pair, officer)
    before = snapshot()

    with pytest.raises(MergeCollision, match="kasus yang sama"):
        merge(kept, gone, basis="dokumen", ground=GROUND, by=officer)

    assert snapshot() == before


def test_record_is_merged_once(officer, pair):
    merged(pair, officer)
    kept, gone = pair

    with pytest.raises((AlreadyMerged, NotJudgedSame)):
        merge(kept, gone, basis="dokumen", ground=GROUND, by=officer)


# --- the merge -----------------------------------------------------------------------


def test_merge_moves_every_link_and_names_its_officer(officer, pair):
    kept, gone = pair
    done = merged(pair, officer)

    left = {name: count for name, count in rows_of(gone).items() if count}
    # The passport that both have stays behind: it is the same fact.
    assert left == {"foreigners.TravelDocument.foreigner": 1}
    assert set(done.moved) == set(rows_of(gone))
    assert (done.merged_by, done.basis, done.kept, done.gone) == (
        officer,
        "dokumen",
        kept,
        gone,
    )
    entry = AuditEntry.objects.get(verb="foreigners.merge")
    assert (entry.actor, entry.reason) == (officer, GROUND)
    assert "RIZ" not in str(entry.data)


def test_merged_person_is_found_under_both_names_and_opens_from_the_old_address(
    client, officer, pair
):
    kept, gone = pair
    merged(pair, officer)
    client.force_login(officer)

    found = client.post(
        reverse("foreigners:person_search"),
        {"name": "MOHAMED RIZVAN", "birth_year": "1986"},
    ).context["found"]
    response = client.get(gone.get_absolute_url())

    assert [one.person for one in found] == [kept]
    assert response.url == kept.get_absolute_url()


@pytest.fixture
def strangers(officer):
    """Two records that share one passport and nothing else."""
    office = officer.agency.office
    kept = ForeignerFactory(office=office, name="ANNA ERIKSSON", birth_year=1985)
    gone = ForeignerFactory(office=office, name="TANAKA HIROSHI", birth_year=1990)
    for person in (kept, gone):
        TravelDocumentFactory(foreigner=person, number="ZZ00A0001")
    TravelDocumentFactory(foreigner=gone, number="ZZ00A0002")
    OtherNameFactory(foreigner=gone, name="김하늘")
    for person in (kept, gone):
        index_names(person)
    return kept, gone


def sought(office, *names, year=None, number=""):
    hashes = frozenset([keyed_hash(number)] if number else [])
    return find_candidates(
        Wanted(office.pk, names=names, birth=(year, None, None), number_hashes=hashes)
    )


@pytest.mark.parametrize(
    ("names", "year", "number"),
    [
        (["TANAKA HIROSHI"], None, ""),
        (["TANAKA HIROSHI"], 1990, ""),
        (["KIM HANEUL"], 1990, ""),
        ([], None, "ZZ00A0002"),
    ],
)
def test_whoever_another_was_merged_into_is_found_by_what_that_record_had(
    officer, strangers, names, year, number
):
    kept, gone = strangers

    def found():
        candidates = sought(kept.office, *names, year=year, number=number)
        return [one.person for one in candidates]

    assert found() == [gone]

    done = merged(strangers, officer)
    assert found() == [kept]

    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)
    assert found() == [gone]


@pytest.mark.parametrize(
    ("name", "year"), [("ANNA ERIKSSON", 1990), ("TANAKA HIROSHI", 1985)]
)
def test_name_of_one_record_goes_with_the_birth_year_of_the_other(
    officer, strangers, name, year
):
    kept, _gone = strangers
    assert sought(kept.office, name, year=year) == []

    done = merged(strangers, officer)
    assert [one.person for one in sought(kept.office, name, year=year)] == [kept]

    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)
    assert sought(kept.office, name, year=year) == []


def test_birth_year_of_a_merged_record_counts_as_the_person_s_own(officer, strangers):
    kept, _gone = strangers
    merged(strangers, officer)
    for _nth in range(20):
        other = ForeignerFactory(
            office=kept.office, name="TANAKA HIROSHII", birth_year=1990
        )
        index_names(other)

    closest = sought(kept.office, "TANAKA HIROSHI", year=1990)[0]

    assert closest.person == kept
    told = [(str(one.field), str(one.how), one.agrees) for one in closest.likenesses]
    assert told == [
        ("Nama lain", "sama persis", True),
        ("Tahun lahir", "sama, pada catatan yang digabungkan", True),
    ]


def test_merged_record_with_the_same_name_makes_nobody_closer(officer, pair):
    kept, gone = pair
    alone = ForeignerFactory(office=kept.office, name="ANNA ERIKSSON", birth_year=1985)
    Foreigner.objects.filter(pk__in=[kept.pk, gone.pk]).update(
        name="ANNA ERIKSSON", birth_year=1985
    )
    for person in (alone, *pair):
        person.refresh_from_db()
        index_names(person)
    merged(pair, officer)

    closeness = {
        one.person: one.closeness
        for one in sought(kept.office, "ANNA ERIKTON", year=1985)
    }

    assert closeness[kept] == closeness[alone]


def test_record_merged_twice_over_still_leads_to_whoever_stayed(officer, strangers):
    kept, _gone = strangers
    last = ForeignerFactory(office=kept.office, name="LI WEI", birth_year=1970)
    TravelDocumentFactory(foreigner=last, number="ZZ00A0001")
    index_names(last)
    merged(strangers, officer)
    done = merged((last, kept), officer)

    assert [one.person for one in sought(kept.office, "TANAKA HIROSHI", year=1990)] == [
        last
    ]

    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)

    assert [one.person for one in sought(kept.office, "TANAKA HIROSHI", year=1990)] == [
        kept
    ]


def test_old_number_of_the_office_leads_to_whoever_stayed(officer, strangers):
    kept, gone = strangers
    done = merged(strangers, officer)

    assert list(with_exact_number(str(gone), user=officer)) == [kept]

    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)

    assert list(with_exact_number(str(gone), user=officer)) == [gone]


def test_look_alikes_are_sought_under_the_merged_name_too(officer, strangers):
    kept, _gone = strangers
    merged(strangers, officer)
    third = ForeignerFactory(office=kept.office, name="TANAKA HIROSHI", birth_year=1985)
    index_names(third)
    kept.refresh_from_db()

    assert [one.person for one, _verdict in proposals_for(kept)] == [third]


def test_merge_makes_receipts_of_the_case_stale(officer, pair):
    before = Case.objects.get().revision

    merged(pair, officer)

    assert Case.objects.get().revision == before + 1


def test_pair_told_apart_is_proposed_again_when_one_of_them_has_grown(officer, pair):
    kept, _gone = pair
    third = ForeignerFactory(
        office=kept.office, name="MUHAMMAD RIZWAN", birth_year=1985
    )
    index_names(third)
    judged((kept, third), officer, "beda")
    assert third not in [one.person for one, _verdict in proposals_for(kept)]

    merged(pair, officer)

    assert third in [one.person for one, _verdict in proposals_for(kept)]


# --- and back ------------------------------------------------------------------------


def test_merge_and_its_undoing_leave_every_row_as_it_was(officer, pair):
    judged(pair, officer)
    before = snapshot()
    counted = Case.objects.get().revision

    done = merge(*pair, basis="dokumen", ground=GROUND, by=officer)
    assert snapshot() != before
    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)

    assert snapshot() == before
    # A receipt that was shown before or between stays stale.
    assert Case.objects.get().revision == counted + 2


def test_undoing_gives_back_what_moved_and_leaves_what_came_since(officer, pair):
    kept, gone = pair
    done = merged(pair, officer)
    since = StatementFactory(foreigner=kept, value="Kepala regu")

    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)

    assert list(kept.statements.all()) == [since]
    assert gone.statements.count() == 1
    assert AuditEntry.objects.filter(verb="foreigners.undo_merge").count() == 1


def test_keys_follow_a_name_that_was_corrected_in_between(officer, pair):
    kept, gone = pair
    done = merged(pair, officer)
    Foreigner.objects.filter(pk=kept.pk).update(name="LI WEI")
    kept.refresh_from_db()
    index_names(kept)
    assert NameKey.objects.filter(foreigner=kept, key="RIS").exists()

    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)

    assert not NameKey.objects.filter(foreigner=kept, key="RIS").exists()
    assert NameKey.objects.filter(foreigner=gone, key="RIS").exists()


@pytest.mark.parametrize("reason", ["", "salah"])
def test_undoing_needs_a_reason(officer, pair, reason):
    done = merged(pair, officer)

    with pytest.raises(GroundMissing):
        undo_merge(done, reason=reason, by=officer)

    assert Merge.objects.get().undone_at is None


def test_merge_is_undone_once(officer, pair):
    done = merged(pair, officer)
    stale = Merge.objects.select_related("kept", "gone").get()
    undo_merge(done, reason="Ternyata dua orang berbeda.", by=officer)

    with pytest.raises(AlreadyMerged):
        undo_merge(stale, reason="Ternyata dua orang berbeda.", by=officer)


def test_later_merge_is_undone_before_an_earlier_one(officer, pair):
    kept, gone = pair
    third = ForeignerFactory(office=kept.office, name="RIZWAN MUHAMMAD")
    TravelDocumentFactory(foreigner=third, number="ZZ00A0001")
    index_names(third)
    before = snapshot()
    first = merged((kept, gone), officer)
    second = merged((third, kept), officer)

    first = Merge.objects.select_related("kept", "gone").get(pk=first.pk)
    with pytest.raises(AlreadyMerged):
        undo_merge(first, reason="Ternyata dua orang berbeda.", by=officer)
    undo_merge(second, reason="Ternyata dua orang berbeda.", by=officer)
    first = Merge.objects.select_related("kept", "gone").get(pk=first.pk)
    undo_merge(first, reason="Ternyata dua orang berbeda.", by=officer)

    assert snapshot() == before


def test_merge_and_undo_through_the_pages(client, officer, pair):
    kept, gone = judged(pair, officer)
    client.force_login(officer)
    pages = [
        reverse("foreigners:compare", args=[kept.pk, gone.pk]),
        reverse("foreigners:merge_persons", args=[kept.pk, gone.pk]),
    ]
    assert "Gabungkan" in client.get(pages[0]).content.decode()

    refused = client.post(pages[1], {"basis": "dokumen", "ground": "ya"})
    client.post(pages[1], {"basis": "dokumen", "ground": GROUND})
    done = Merge.objects.get()
    page = client.get(kept.get_absolute_url()).content.decode()
    client.post(
        reverse("foreigners:unmerge", args=[kept.pk, done.pk]),
        {"reason": "Ternyata dua orang berbeda."},
    )

    assert refused.status_code == 422
    assert f"OA-{gone.pk}" in page
    assert Merge.objects.get().undone_by == officer
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_readings_stay_with_the_record_that_was_read(client, officer, pair):
    kept, gone = pair
    client.force_login(officer)
    client.get(gone.get_absolute_url())

    merged(pair, officer)

    assert Reading.objects.get().foreigner == gone
    assert Verdict.objects.get().second in {kept, gone}
