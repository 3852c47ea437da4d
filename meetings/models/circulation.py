from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.minutes import Minutes


class Circulation(models.Model):
    """That the circulation copy of one version of minutes was sent to one agency.

    Sent once; a mail that failed for good may be followed by another.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="circulations")
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+", verbose_name=_("instansi")
    )
    notification = models.ForeignKey(
        "agencies.Notification", models.PROTECT, null=True, related_name="+"
    )
    tries = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(_("dikirim"))
    asked_by = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("salinan edaran")
        verbose_name_plural = _("salinan edaran")
        constraints = [
            models.UniqueConstraint(
                name="minutes_circulate_once_to_an_agency",
                fields=["minutes", "agency"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.agency_id}"
