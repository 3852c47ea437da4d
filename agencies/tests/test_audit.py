"""The audit stays as it was written, and shows when it did not."""

from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from agencies.middleware import canonical
from agencies.models import AuditEntry, AuditHead
from agencies.queries.audit_chain import beyond_the_heads, broken_links, heads
from agencies.services.audit import acting_from, digest_of, record
from agencies.tests.factories import OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db

guards = import_module("agencies.migrations.0002_audit_stays_as_written")


@pytest.fixture
def chain():
    """Five lines of one office, beside another office's."""
    officer = UserFactory()
    for number in range(5):
        record(
            officer, "tests.act", officer, office_id=officer.office_id, number=number
        )
    record(None, "tests.act", officer, office_id=OfficeFactory().pk)
    return AuditEntry.objects.filter(office=officer.office_id)


@pytest.fixture
def unguarded(chain):
    """The same lines in the hands of somebody who may drop triggers."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for statement in guards.SQLITE_UNDO if sqlite else guards.POSTGRESQL_UNDO:
            cursor.execute(statement)
    return chain


def found():
    """Where something is wrong, as positions, and what, as sentences."""
    findings = [f for head in heads() for f in broken_links(head)]
    findings += beyond_the_heads()
    return [(finding.position, finding.says) for finding in findings]


def test_database_refuses_to_change_a_line(chain):
    with (
        pytest.raises(IntegrityError, match="tidak dapat diubah"),
        transaction.atomic(),
    ):
        chain.filter(position=2).update(reason="Lain.")

    assert not chain.exclude(reason="").exists()


def test_database_refuses_to_delete_a_line(chain):
    with (
        pytest.raises(IntegrityError, match="tidak dapat diubah"),
        transaction.atomic(),
    ):
        chain.filter(position=5).delete()

    assert chain.count() == 5


def test_untouched_chains_are_whole_and_their_heads_told(chain, capsys):
    call_command("audit", "verify")

    told = capsys.readouterr().out
    assert found() == []
    for head in AuditHead.objects.all():
        assert f"{head.chain}: {head.position} baris utuh, kepala {head.digest}" in told


@pytest.mark.parametrize(
    "change",
    [
        {"reason": "Lain."},
        {"data": {"number": 7}},
        {"actor": None},
        {"at": "2020-01-01T00:00:00Z"},
        {"digest": "0" * 64},
    ],
)
def test_changed_line_is_found(unguarded, change):
    unguarded.filter(position=3).update(**change)

    positions = [position for position, _says in found()]
    assert positions[0] == 3


def test_changed_line_whose_digest_was_computed_anew_is_found_by_the_next(unguarded):
    entry = unguarded.get(position=3)
    entry.data = {"number": 7}
    unguarded.filter(position=3).update(data=entry.data, digest=digest_of(entry))

    ((position, says),) = found()
    assert position == 4
    assert "tidak menyambung" in says


def test_changed_last_line_whose_digest_was_computed_anew_is_found_by_the_head(
    unguarded,
):
    entry = unguarded.get(position=5)
    entry.data = {"number": 7}
    unguarded.filter(position=5).update(data=entry.data, digest=digest_of(entry))

    assert found() == [(5, "baris terakhir bukan yang dicatat kepala rantai.")]


@pytest.mark.parametrize(
    ("gone", "first", "last"), [([1], 1, 1), ([3, 4], 3, 4), ([4, 5], 4, 5)]
)
def test_deleted_lines_are_found_wherever_they_stood(unguarded, gone, first, last):
    unguarded.filter(position__in=gone).delete()

    assert found() == [(first, f"baris dihapus (no. {first} sampai {last}).")]


def test_chain_that_was_emptied_is_found(unguarded):
    unguarded.all().delete()

    assert found() == [(1, "baris dihapus (no. 1 sampai 5).")]


def test_chain_whose_head_was_deleted_is_found(unguarded):
    AuditHead.objects.filter(chain=unguarded[0].chain).delete()

    assert [position for position, _says in found()] == [1, 2, 3, 4, 5]


def test_line_inserted_between_two_is_found(unguarded):
    for position in (5, 4, 3):
        unguarded.filter(position=position).update(position=F("position") + 1)
    forged = unguarded.get(position=2)
    forged.pk, forged.position, forged.previous = None, 3, forged.digest
    forged.digest = digest_of(forged)
    forged.save(force_insert=True)

    assert {position for position, _says in found()} == {4, 5, 6}


def test_line_inserted_at_the_end_is_found(unguarded):
    forged = unguarded.get(position=5)
    forged.pk, forged.position, forged.previous = None, 6, forged.digest
    forged.digest = digest_of(forged)
    forged.save(force_insert=True)

    assert found() == [(6, "baris disisipkan di luar kepala rantai.")]


def test_two_lines_that_changed_places_are_found(unguarded):
    unguarded.filter(position=2).update(position=99)
    unguarded.filter(position=4).update(position=2)
    unguarded.filter(position=99).update(position=4)

    assert {2, 4} <= {position for position, _says in found()}


def test_finding_is_told_with_its_place_and_ends_the_command_in_error(
    unguarded, capsys
):
    unguarded.filter(position=3).delete()

    with pytest.raises(CommandError, match="1 temuan") as refusal:
        call_command("audit", "verify")

    assert refusal.value.returncode == 1
    assert f"{unguarded[0].chain} no. 3: baris dihapus" in capsys.readouterr().out


def test_only_a_chain_of_the_installation_has_no_office(chain):
    record(None, "tests.act", UserFactory(), office_id=None)

    assert found() == []
    assert AuditHead.objects.filter(chain="installation").exists()


@pytest.mark.parametrize(
    "address", ["10.0.0.9", "::ffff:10.0.0.9", "2001:DB8:0:0::1", "fe80::1%eth0", ""]
)
def test_line_is_whole_whatever_the_address_looks_like(chain, address):
    token = acting_from.set(canonical(address) or None)
    try:
        record(None, "tests.act", UserFactory(), office_id=chain[0].office_id)
    finally:
        acting_from.reset(token)

    assert found() == []


@pytest.mark.parametrize(
    "text",
    ["Ñandú “kutip” \u202e\n\t", "💥", "\ud83d".encode(errors="replace").decode()],
)
def test_line_is_whole_whatever_was_written(chain, text):
    record(
        None,
        "tests.act",
        UserFactory(),
        office_id=chain[0].office_id,
        reason=text,
        before={text: [1, 2.5, None, True]},
    )

    assert found() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "after a flush"])
def test_refusal_outlives_a_test_with_real_transactions(turn):
    record(None, "tests.act", UserFactory(), office_id=None)

    with pytest.raises(IntegrityError):
        AuditEntry.objects.all().delete()
