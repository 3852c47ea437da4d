"""Two records made one by a named officer on a ground, and made two again."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.audit import record
from foreigners.models import Foreigner, Merge, Reading, TravelDocument, Verdict
from foreigners.services.identifying import touch_cases_of
from foreigners.services.judging import GroundMissing, checked, standing_verdict
from foreigners.services.matching import index_names
from timpora.errors import DomainError

# What was read, judged or merged stays with the record that it was about.
STAYS = (Reading, Merge, Verdict)

Link = tuple[type[models.Model], "models.ForeignKey[Any, Any]"]


class NotJudgedSame(DomainError):
    pass


class MergeCollision(DomainError):
    pass


class AlreadyMerged(DomainError):
    pass


@transaction.atomic
def merge(
    kept: Foreigner, gone: Foreigner, *, basis: str, ground: str, by: User
) -> Merge:
    """Make two records one: every link of ``gone`` moves to ``kept`` and can move back.

    Refuses without a verdict "same" on the records as they are, without a basis that the
    records themselves show, and where both stand in one case.
    """
    ground = checked(ground, kept, gone)
    verdict = standing_verdict(kept, gone)
    if verdict is None or verdict.answer != Verdict.Answer.SAME:
        raise NotJudgedSame(
            _("Putuskan dulu bahwa keduanya orang yang sama, pada data yang sekarang.")
        )
    refuse_without_basis(kept, gone, basis)
    # Writes nothing: takes both rows, so that neither is merged elsewhere meanwhile.
    both = Foreigner.objects.filter(pk__in=[kept.pk, gone.pk], merged_into=None)
    if both.update(revision=F("revision")) != 2:
        raise AlreadyMerged(_("Salah satu catatan ini sudah digabungkan."))
    moved = {
        f"{model._meta.label}.{link.name}": move(model, link, gone, kept)
        for model, link in links()
    }
    Foreigner.objects.filter(pk=gone.pk).update(merged_into=kept)
    done = Merge.objects.create(
        kept=kept,
        gone=gone,
        basis=basis,
        ground=ground,
        moved={label: pks for label, pks in moved.items() if pks},
        merged_by=by,
    )
    index_names(kept)
    touch_cases_of([kept])
    record(
        by,
        "foreigners.merge",
        kept,
        office_id=kept.office_id,
        reason=ground,
        gone=gone.pk,
        basis=basis,
        moved={label: len(pks) for label, pks in done.moved.items()},
    )
    kept.refresh_from_db()
    gone.refresh_from_db()
    return done


def refuse_without_basis(kept: Foreigner, gone: Foreigner, basis: str) -> None:
    """The basis must be in the records, for whoever reads them later."""
    if basis == Merge.Basis.DOCUMENT:
        hashes = kept.travel_documents.values("number_hash")
        if not gone.travel_documents.filter(number_hash__in=hashes).exists():
            raise GroundMissing(
                _(
                    "Tidak ada nomor dokumen yang sama pada keduanya. Catat dulu "
                    "dokumen yang membuktikannya pada kedua orang."
                )
            )
    elif basis == Merge.Basis.BIRTH_DATE:
        births = {
            (one.birth_year, one.birth_month, one.birth_day) for one in (kept, gone)
        }
        if len(births) > 1 or None in births.pop():
            raise GroundMissing(
                _("Tanggal lahir lengkap keduanya tidak sama. Perbaiki dulu datanya.")
            )
    else:
        raise GroundMissing(_("Pilih dasar: dokumen atau tanggal lahir."))


def links() -> Iterator[Link]:
    """Every foreign key of any app that points at a person and moves with them."""
    for model in apps.get_models(include_auto_created=True):
        if model in STAYS:
            continue
        for link in model._meta.concrete_fields:
            if isinstance(link, models.ForeignKey) and link.related_model is Foreigner:
                yield model, link


def move(
    model: type[models.Model],
    link: "models.ForeignKey[Any, Any]",
    source: Foreigner,
    target: Foreigner,
) -> list[int]:
    """Point the rows at the target; a document or paper that both have stays behind."""
    rows = model._base_manager.filter(**{link.name: source})
    double = doubles(model, link, source, target)
    if double and not (model is TravelDocument or model._meta.auto_created):
        raise MergeCollision(
            _(
                "Keduanya tercatat dalam kasus yang sama, jadi belum dapat digabung. "
                "Keluarkan dulu salah satunya dari kasus itu."
            )
        )
    pks = sorted(rows.exclude(pk__in=double).values_list("pk", flat=True))
    model._base_manager.filter(pk__in=pks).update(**{link.name: target})
    return pks


def doubles(
    model: type[models.Model],
    link: "models.ForeignKey[Any, Any]",
    source: Foreigner,
    target: Foreigner,
) -> list[int]:
    """Rows of the source that the target has already, by the table's own constraints."""
    unique = [
        constraint.fields
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ] + list(model._meta.unique_together)
    found: set[int] = set()
    for names in unique:
        if link.name not in names:
            continue
        others = [name for name in names if name != link.name]
        held = set(
            model._base_manager.filter(**{link.name: target}).values_list(*others)
        )
        rows = model._base_manager.filter(**{link.name: source})
        found |= {
            pk for pk, *row in rows.values_list("pk", *others) if tuple(row) in held
        }
    return sorted(found)


@transaction.atomic
def undo_merge(merge: Merge, *, reason: str, by: User) -> None:
    """Make two of one again: each link that had moved goes back to where it was."""
    kept, gone = merge.kept, merge.gone
    reason = checked(reason, kept, gone)
    if kept.merged_into_id is not None:
        raise AlreadyMerged(
            _("Catatan ini sendiri sudah digabungkan. Batalkan penggabungan itu dulu.")
        )
    undone = Merge.objects.filter(pk=merge.pk, undone_at=None).update(
        undone_at=timezone.now(), undone_by=by, undo_reason=reason
    )
    if not undone:
        raise AlreadyMerged(_("Penggabungan ini sudah dibatalkan."))
    Foreigner.objects.filter(pk=gone.pk, merged_into=kept).update(merged_into=None)
    for label, pks in merge.moved.items():
        name, _dot, field = label.rpartition(".")
        apps.get_model(name)._base_manager.filter(pk__in=pks, **{field: kept}).update(
            **{field: gone}
        )
    for person in (kept, gone):
        person.refresh_from_db()
        index_names(person)
    touch_cases_of([kept, gone])
    record(
        by,
        "foreigners.undo_merge",
        kept,
        office_id=kept.office_id,
        reason=reason,
        gone=gone.pk,
    )
    merge.refresh_from_db()
