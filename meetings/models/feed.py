from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeed(models.Model):
    """A person's own calendar at a secret address; whoever has the address reads it.

    The address is kept sealed, so that its owner can copy it again, and found by a keyed
    hash; taking it back deletes the row.
    """

    user = models.OneToOneField(
        "agencies.User", models.CASCADE, related_name="calendar_feed"
    )
    token_sealed = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("dibuat"))
    read_at = models.DateTimeField(_("terakhir dibaca"), null=True)
    # By UID what was last said of an entry, as a digest, how often it changed, and when:
    # a calendar believes a change by its SEQUENCE and DTSTAMP.
    told = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("kalender pribadi")
        verbose_name_plural = _("kalender pribadi")

    def __str__(self) -> str:
        return f"kalender {self.user_id}"
