from django.db import models
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """One e-mail that is owed to one address; sent once, by a task that claims the row.

    ``attachments`` is a list of ``{"name", "mime"}`` with either ``"text"`` or ``"path"``
    (a file of the storage). ``key`` names the occasion: the same occasion never mails
    twice.
    """

    key = models.CharField(max_length=120, unique=True)
    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, null=True, related_name="+"
    )
    to = models.EmailField(_("kepada"))
    subject = models.CharField(_("perihal"), max_length=200)
    body = models.TextField(_("isi"))
    attachments = models.JSONField(default=list)
    queued_at = models.DateTimeField(auto_now_add=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(_("terkirim"), null=True)
    # After the last attempt nobody tries again: the sender sees the reason.
    failed_at = models.DateTimeField(_("gagal"), null=True)
    error = models.CharField(_("sebab"), max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                name="notification_owed",
                fields=["leased_until"],
                condition=models.Q(sent_at=None, failed_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.subject
