from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Verdict(models.Model):
    """Whether two records are one person: same, not the same, can't tell; remembered."""

    class Answer(models.TextChoices):
        SAME = "sama", _("Orang yang sama")
        NOT_SAME = "beda", _("Bukan orang yang sama")
        UNCLEAR = "belum", _("Tidak dapat dipastikan")

    first = models.ForeignKey("foreigners.Foreigner", models.CASCADE, related_name="+")
    second = models.ForeignKey("foreigners.Foreigner", models.CASCADE, related_name="+")
    answer = models.CharField(_("putusan"), max_length=5, choices=Answer)
    ground = models.TextField(_("dasar"))
    # Revisions that were compared: the pair is proposed again when either changed.
    first_revision = models.PositiveIntegerField()
    second_revision = models.PositiveIntegerField()
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="verdict_pairs_are_ordered", condition=Q(first__lt=F("second"))
            )
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class Merge(models.Model):
    """Two records made one, with every link that moved, so that it can be undone."""

    class Basis(models.TextChoices):
        """A name is none: it proposes, and never decides."""

        DOCUMENT = "dokumen", _("Nomor dokumen perjalanan yang sama")
        BIRTH_DATE = "lahir", _("Tanggal lahir lengkap yang sama")

    kept = models.ForeignKey(
        "foreigners.Foreigner", models.PROTECT, related_name="merges"
    )
    gone = models.ForeignKey("foreigners.Foreigner", models.PROTECT, related_name="+")
    basis = models.CharField(_("dasar"), max_length=7, choices=Basis)
    ground = models.TextField(_("penjelasan"))
    # {"foreigners.CasePerson.foreigner": [pk, …], …}: what pointed at ``gone``.
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(auto_now_add=True)
    merged_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, related_name="+"
    )
    undo_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_record_is_merged_once_at_a_time",
                fields=["gone"],
                condition=Q(undone_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"penggabungan {self.pk}"
