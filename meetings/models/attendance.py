import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.invitation import Invitation
from meetings.models.meeting import Meeting

if TYPE_CHECKING:
    from agencies.models import User

GRACE = dt.timedelta(minutes=15)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: "User") -> Self:
        """The office sees the sheet; a liaison the line of their own agency."""
        visible = self.filter(meeting__in=Meeting.objects.visible_to(user))
        return visible if user.is_immigration else visible.filter(agency=user.agency_id)

    def came(self) -> Self:
        return self.filter(state__in=Attendance.CAME)

    def for_list(self) -> Self:
        return self.select_related("agency__type", "invitation").prefetch_related(
            "agency__names"
        )


class Attendance(models.Model):
    """One line of the attendance sheet: who came for whom, and how we know.

    Unknown until somebody says otherwise; unknown is neither present nor absent.
    """

    class State(models.TextChoices):
        UNKNOWN = "", _("Belum diketahui")
        PRESENT = "hadir", _("Hadir")
        REPRESENTED = "diwakilkan", _("Diwakilkan")
        EXCUSED = "izin", _("Izin")
        ABSENT = "tidak_hadir", _("Tidak hadir")

    CAME = (State.PRESENT, State.REPRESENTED)

    class Method(models.TextChoices):
        LINK = "tautan", _("Tautan pribadi")
        LOGIN = "akun", _("Akun penghubung")
        OFFICER = "petugas", _("Petugas")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    # Empty for a walk-in: a guest whom nobody invited.
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, related_name="attendance"
    )
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("instansi"),
    )
    agency_text = models.CharField(_("instansi (tamu)"), max_length=150, blank=True)
    person = models.CharField(_("nama"), max_length=120, blank=True)
    person_rank = models.CharField(_("pangkat/golongan"), max_length=80, blank=True)
    person_nip = models.CharField(_("NIP/NRP"), max_length=18, blank=True)
    person_post = models.CharField(_("jabatan"), max_length=120, blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    state = models.CharField(
        _("kehadiran"), max_length=12, choices=State, blank=True, default=""
    )
    reason = models.TextField(_("alasan"), blank=True)
    arrived_at = models.DateTimeField(_("datang"), null=True, blank=True)
    left_at = models.DateTimeField(_("pulang"), null=True, blank=True)
    method = models.CharField(_("cara"), max_length=10, choices=Method, blank=True)
    recorded_at = models.DateTimeField(null=True, editable=False)
    recorded_by = models.ForeignKey(
        "agencies.User", models.PROTECT, null=True, editable=False, related_name="+"
    )
    signature = models.ForeignKey(
        "documents.Upload", models.PROTECT, null=True, related_name="+"
    )
    # Made with the form: the same check-in sent again counts once.
    nonce = models.UUIDField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = [F("invitation").asc(nulls_last=True), "agency__type__order", "pk"]
        verbose_name = _("kehadiran")
        verbose_name_plural = _("daftar hadir")
        constraints = [
            models.UniqueConstraint(
                name="check_in_counts_once_per_meeting", fields=["meeting", "nonce"]
            ),
            models.CheckConstraint(
                name="attendance_is_for_an_agency_or_a_named_body",
                condition=Q(agency__isnull=False) | ~Q(agency_text=""),
            ),
            models.CheckConstraint(
                name="nobody_leaves_before_arriving",
                condition=Q(left_at=None)
                | Q(arrived_at=None)
                | Q(left_at__gte=F("arrived_at")),
            ),
            models.CheckConstraint(
                name="known_attendance_says_how_and_when",
                condition=Q(state="", method="", recorded_at=None)
                | ~Q(state="") & ~Q(method="") & Q(recorded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency or self.agency_text}: {self.get_state_display()}"

    @property
    def is_walk_in(self) -> bool:
        return self.invitation_id is None

    @property
    def is_late(self) -> bool:
        """Arrived after the session was opened, with grace for the queue at the door."""
        begun = self.meeting.opened_at or self.meeting.starts_at
        return self.arrived_at is not None and self.arrived_at > begun + GRACE

    @property
    def is_known(self) -> bool:
        return self.state != self.State.UNKNOWN

    @property
    def came(self) -> bool:
        return self.state in self.CAME

    def body_on(self, day: dt.date) -> str:
        """The agency under the name it had that day, or the guest's own words."""
        return self.agency.name_on(day) if self.agency else self.agency_text


class AttendanceSheet(models.Model):
    """The paper on which a meeting's attendance is printed: one blank, one filled."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="attendance_sheets"
    )
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("lembar daftar hadir")
        verbose_name_plural = _("lembar daftar hadir")
        constraints = [
            models.UniqueConstraint(
                name="attendance_sheet_once_per_kind", fields=["meeting", "kind"]
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
