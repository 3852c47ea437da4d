"""A copy of the installation comes back whole, or is refused before anything changes."""

import io
import json
import shutil
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from agencies.models import AuditEntry, Logo, Office, User
from agencies.services.audit import record
from agencies.services.backing_up import (
    PASSING,
    back_up,
    kept_models,
    one_moment,
    written_fields,
)
from agencies.services.restoring import (
    BrokenArchive,
    DatabaseInUse,
    OtherKeys,
    OtherVersion,
    restore,
)
from agencies.tests.factories import OfficeFactory, UserFactory
from documents.services.storing import digest, store, stored
from timpora.tests.canaries import build_canaries
from timpora.tests.threads import database_in_a_file, in_own_connection

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def everything():
    """Each row of each table, and each file with its bytes."""
    rows = {
        model._meta.label_lower: [
            [bytes(value) if isinstance(value, memoryview) else value for value in row]
            for row in model._base_manager.order_by("pk").values_list(
                *(column.attname for column in written_fields(model))
            )
        ]
        for model in kept_models()
    }
    root = stored("")
    files = {
        path.relative_to(root): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
    return rows, files


def lose_everything():
    # PostgreSQL empties no table that still has constraints to check.
    connection.check_constraints()
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    shutil.rmtree(stored(""), ignore_errors=True)


@pytest.fixture
def small(tmp_path):
    """The copy of an installation of one person and one file, which is then lost."""
    user = UserFactory()
    record(user, "tests.act", user, office_id=user.office_id)
    store(b"berkas")
    path = back_up(tmp_path / "cadangan").path
    lose_everything()
    return path


def rewritten(path, change):
    """The archive once more, after ``change`` of its members' contents by name."""
    with tarfile.open(path) as archive:
        contents = {
            member.name: archive.extractfile(member).read() for member in archive
        }
    change(contents)
    with tarfile.open(path, "w") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def test_what_is_made_again_on_demand_is_in_no_copy(tmp_path):
    store(b"bundel", folder=PASSING)
    store(b"berkas")

    manifest = back_up(tmp_path / "cadangan").manifest

    names = [name for name in manifest.digests if name.startswith("media/")]
    assert [name.rpartition("/")[2] for name in names] == [digest(b"berkas")]
    assert "documents.dossier" not in manifest.rows


def manifest_says(**values):
    def change(contents):
        manifest = json.loads(contents["manifest.json"])
        manifest["rows"] |= values.pop("rows", {})
        contents["manifest.json"] = json.dumps(manifest | values).encode()

    return change


def test_all_rows_and_files_come_back_as_they_were(tmp_path, capsys):
    build_canaries()
    logo = Logo.objects.create(png=b"\x00\xff\x89PNG")
    Office.objects.update(logo=logo)
    SessionStore().create()
    before = everything()
    call_command("backup", str(tmp_path))
    (copy,) = tmp_path.glob("timpora-*.tar")
    lose_everything()

    call_command("restore", str(copy))

    rows, files = everything()
    assert len(rows["meetings.entry_shared_with"]) > 0
    for label, before_rows in before[0].items():
        assert rows[label] == before_rows, label
    assert files == before[1]
    assert not Session.objects.exists()
    told = capsys.readouterr().out
    assert "baris utuh, kepala" in told
    assert "temuan" not in told


def test_restored_installation_goes_on_with_new_rows(small):
    restore(small)

    user = User.objects.get()
    record(user, "tests.act", user, office_id=user.office_id)

    OfficeFactory()
    assert AuditEntry.objects.count() == 2
    call_command("audit", "verify")


def test_copy_is_for_its_owner_alone_and_nothing_else_is_left(small):
    assert small.stat().st_mode & 0o777 == 0o600
    assert list(small.parent.iterdir()) == [small]


def test_installation_in_use_is_not_overwritten(small):
    UserFactory()

    with pytest.raises(DatabaseInUse):
        restore(small)

    assert User.objects.count() == 1


def test_changed_byte_is_found_before_anything_is_written(small):
    content = bytearray(small.read_bytes())
    content[content.index(b"berkas", content.index(b"media/"))] ^= 1
    small.write_bytes(content)

    with pytest.raises(BrokenArchive, match="media/"):
        restore(small)

    assert not User.objects.exists()
    assert not list(stored("").rglob("*"))


def test_cut_off_copy_is_refused(small):
    content = small.read_bytes()
    small.write_bytes(content[: len(content) // 2])

    with pytest.raises(BrokenArchive):
        restore(small)


@pytest.mark.parametrize("name", ["manifest.json", "rows/agencies.user.jsonl.gz"])
def test_copy_that_lacks_a_file_is_refused(small, name):
    with pytest.raises(BrokenArchive):
        restore(rewritten(small, lambda contents: contents.pop(name)))

    assert not User.objects.exists()


def test_copy_that_holds_more_than_it_says_is_refused(small):
    with pytest.raises(BrokenArchive, match="lain"):
        restore(rewritten(small, lambda contents: contents.update(lain=b"")))


def test_file_that_would_land_elsewhere_is_refused(small, tmp_path):
    def change(contents):
        name = next(name for name in contents if name.startswith("media/"))
        manifest = json.loads(contents["manifest.json"])
        manifest["digests"]["media/../../luar"] = manifest["digests"].pop(name)
        contents["media/../../luar"] = contents.pop(name)
        contents["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(BrokenArchive):
        restore(rewritten(small, change))

    assert not list(tmp_path.rglob("luar"))
    assert not User.objects.exists()


def test_rows_that_are_fewer_than_the_copy_says_are_not_kept(small):
    change = manifest_says(rows={"agencies.user": 2})

    with pytest.raises(BrokenArchive, match="tidak lengkap"):
        restore(rewritten(small, change))

    assert not User.objects.exists()


def test_copy_of_another_version_is_refused(small):
    change = manifest_says(migrations=["agencies.0001_initial"])

    with pytest.raises(OtherVersion):
        restore(rewritten(small, change))


def test_copy_made_under_another_key_is_refused_unless_that_is_lost(small, settings):
    settings.SECRET_KEY = "kunci yang lain" * 3

    with pytest.raises(OtherKeys):
        restore(small)
    assert not User.objects.exists()

    restore(small, keys_are_lost=True)
    assert User.objects.exists()


def test_key_that_was_added_in_front_leaves_older_copies_their_own(tmp_path, settings):
    settings.SECRET_KEY = ["lama"]
    path = back_up(tmp_path).path

    settings.SECRET_KEY = ["baru", "lama"]
    restore(path)
    settings.SECRET_KEY = ["baru"]
    with pytest.raises(OtherKeys):
        restore(path)


def test_file_that_is_no_archive_is_refused_in_words(tmp_path):
    file = tmp_path / "surat.pdf"
    file.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match="tidak dapat dibaca") as refusal:
        call_command("restore", str(file))

    assert refusal.value.returncode == 1


def test_stored_file_that_rotted_is_told_and_copied_all_the_same(tmp_path):
    path = store(b"berkas")
    stored(path).chmod(0o600)
    stored(path).write_bytes(b"rusak")

    with pytest.raises(CommandError, match=path):
        call_command("backup", str(tmp_path / "cadangan"))

    assert len(list((tmp_path / "cadangan").glob("*.tar"))) == 1


def test_folder_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        call_command("backup", str(Path("/dev/null/cadangan")))


@pytest.mark.django_db(transaction=True)
def test_others_go_on_writing_while_the_rows_of_one_moment_are_read(tmp_path):
    UserFactory()

    def read_while_another_writes(thread):
        with one_moment():
            before = User.objects.count()
            thread.submit(in_own_connection, UserFactory).result(timeout=20)
            return before, User.objects.count()

    with database_in_a_file(tmp_path), ThreadPoolExecutor(2) as threads:
        read = threads.submit(in_own_connection, read_while_another_writes, threads)
        seen = read.result(timeout=30)
        after = threads.submit(in_own_connection, User.objects.count).result()

    assert seen == (1, 1)
    assert after == 2
