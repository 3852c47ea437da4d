import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import Team
from documents.models import Classification
from timpora.dates import local_date

if TYPE_CHECKING:
    import datetime as dt

    from agencies.models import User
    from meetings.models.minutes import Minutes


class Kind(models.TextChoices):
    """What the office calls the event (domain: flow as practised)."""

    COORDINATION = "rapat_koordinasi", _("Rapat koordinasi")
    FORMATION = "rapat_pembentukan", _("Rapat pembentukan")
    STRENGTHENING = "rapat_penguatan", _("Rapat penguatan")
    INTERNAL = "rdk", _("Rapat dalam kantor (RDK)")
    OUTREACH = "sosialisasi", _("Sosialisasi")
    JOINT_OPERATION = "operasi_gabungan", _("Operasi gabungan")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: "User") -> Self:
        """The office's own people see its meetings; a liaison those that invite their
        agency, from the moment the invitation is sent."""
        if user.is_immigration:
            return self.filter(office=user.office_id)
        # An agency is invited once to a meeting, so the join doubles no row.
        return self.filter(
            invitations__agency=user.agency_id, invitations__sent_at__isnull=False
        )

    def for_list(self) -> Self:
        """Everything that one row of the list shows, in two queries."""
        return self.select_related("team", "office__agency").prefetch_related(
            "scope_regions"
        )

    def upcoming(self, at: "dt.datetime") -> Self:
        return self.filter(
            ends_at__gte=at, state__in=[Meeting.State.INVITED, Meeting.State.IN_SESSION]
        ).order_by("starts_at")


class Meeting(models.Model):
    """One event that an office convenes; ``state`` moves only through the services.

    Venue and scope are different things: a city's team may meet in the next regency.
    """

    Kind = Kind

    class State(models.TextChoices):
        DRAFT = "draft", _("Draf")
        INVITED = "invited", _("Undangan terkirim")
        IN_SESSION = "in_session", _("Berlangsung")
        MINUTES = "minutes", _("Notula disusun")
        REVIEW = "review", _("Notula ditinjau")
        APPROVED = "approved", _("Notula disahkan")
        CANCELLED = "cancelled", _("Dibatalkan")

    # It took place, whatever became of its minutes.
    HELD = (State.IN_SESSION, State.MINUTES, State.REVIEW, State.APPROVED)

    office = models.ForeignKey(
        "agencies.Office", models.PROTECT, related_name="meetings"
    )
    kind = models.CharField(
        _("jenis kegiatan"), max_length=20, choices=Kind, default=Kind.COORDINATION
    )
    title = models.CharField(_("nama rapat"), max_length=200)
    theme = models.CharField(_("tema"), max_length=250, blank=True)
    team = models.ForeignKey(
        "agencies.Team", models.PROTECT, related_name="meetings", verbose_name=_("tim")
    )
    level = models.CharField(_("tingkat"), max_length=15, choices=Team.Level)
    scope_regions = models.ManyToManyField(
        "agencies.Region",
        related_name="meetings_about",
        verbose_name=_("wilayah yang dibahas"),
    )
    venue = models.CharField(_("tempat"), max_length=200)
    venue_region = models.ForeignKey(
        "agencies.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings_in",
        verbose_name=_("wilayah tempat"),
    )
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    opened_at = models.DateTimeField(_("dibuka"), null=True, editable=False)
    closed_at = models.DateTimeField(_("ditutup"), null=True, editable=False)
    chair = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pimpinan rapat"),
    )
    secretary = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sekretaris"),
    )
    minute_taker = models.ForeignKey(
        "agencies.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("notulis"),
    )
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.OPEN,
    )
    attire = models.CharField(_("pakaian"), max_length=120, blank=True)
    contact = models.CharField(_("narahubung panitia"), max_length=150, blank=True)
    request = models.TextField(
        _("permintaan kepada peserta"),
        blank=True,
        help_text=_("Misalnya data yang perlu dibawa; tercetak pada undangan."),
    )
    legal_bases = models.TextField(
        _("dasar hukum"), blank=True, help_text=_("Satu dasar hukum per baris.")
    )
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_meetings",
        verbose_name=_("rapat sebelumnya"),
    )
    state = models.CharField(
        _("status"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    cancel_reason = models.TextField(_("alasan pembatalan"), blank=True, editable=False)
    # RFC 5545: the UID stays for life, the sequence grows with each change sent out.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    # The same form sent twice makes one meeting.
    form_token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "agencies.User", models.PROTECT, related_name="+", editable=False
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        verbose_name = _("rapat")
        verbose_name_plural = _("rapat")
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="cancelled_meeting_has_a_reason",
                condition=Q(state="cancelled") & ~Q(cancel_reason="")
                | ~Q(state="cancelled") & Q(cancel_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["office", "starts_at"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.pk])

    @property
    def day(self) -> "dt.date":
        """The civil date of the meeting in its office's zone."""
        return local_date(self.starts_at, self.office.time_zone)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_operation(self) -> bool:
        return self.kind == self.Kind.JOINT_OPERATION

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED

    @property
    def day_has_come(self) -> bool:
        return self.office.today >= self.day

    @property
    def takes_attendance(self) -> bool:
        """From the summons until the minutes go out for review."""
        return self.state in {
            self.State.INVITED,
            self.State.IN_SESSION,
            self.State.MINUTES,
        }

    @property
    def takes_check_in(self) -> bool:
        """Until the session closes; the hour at which it starts is the service's."""
        return self.state in {self.State.INVITED, self.State.IN_SESSION}

    @property
    def is_over(self) -> bool:
        """The session is closed: its minutes are on their way to the paper, or there."""
        return self.state in {
            self.State.MINUTES,
            self.State.REVIEW,
            self.State.APPROVED,
        }

    @property
    def takes_minutes(self) -> bool:
        return self.state in {self.State.IN_SESSION, self.State.MINUTES}

    @property
    def current_minutes(self) -> "Minutes | None":
        return self.minutes.order_by("-version").first()


class MeetingTemplate(models.Model):
    """What an office's usual meeting looks like: texts, and a line per agenda item.

    ``agenda`` is a list of ``{"kind", "title", "presenter", "minutes"}``.
    """

    office = models.ForeignKey(
        "agencies.Office", models.CASCADE, related_name="meeting_templates"
    )
    name = models.CharField(_("nama templat"), max_length=100)
    kind = models.CharField(
        _("jenis kegiatan"), max_length=20, choices=Kind, default=Kind.COORDINATION
    )
    title = models.CharField(_("nama rapat"), max_length=200)
    theme = models.CharField(_("tema"), max_length=250, blank=True)
    attire = models.CharField(_("pakaian"), max_length=120, blank=True)
    request = models.TextField(_("permintaan kepada peserta"), blank=True)
    agenda = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]
        verbose_name = _("templat rapat")
        verbose_name_plural = _("templat rapat")

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """One item of the rundown; entries of the minutes stand under it."""

    class Kind(models.TextChoices):
        CARRIED = "tindak_lanjut_lalu", _("Tindak lanjut rapat lalu")
        LAST_MINUTES = "pengesahan_notula_lalu", _("Pengesahan notula rapat lalu")
        OPENING = "sambutan", _("Sambutan dan pembukaan")
        PRESENTATION = "pemaparan", _("Pemaparan materi")
        QUESTIONS = "tanya_jawab", _("Tanya jawab")
        EXCHANGE = "pertukaran_informasi", _("Pertukaran informasi")
        CONCLUSION = "kesimpulan", _("Kesimpulan dan rekomendasi")
        OTHER = "lain", _("Lain-lain")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("urutan"))
    kind = models.CharField(_("jenis acara"), max_length=25, choices=Kind)
    title = models.CharField(_("acara"), max_length=200)
    presenter = models.CharField(_("pelaksana"), max_length=150, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durasi (menit)"), default=15)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("mata acara")
        verbose_name_plural = _("susunan acara")

    def __str__(self) -> str:
        return self.title


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: "User") -> Self:
        """The office's for those who work on content; *biasa* for the invited,
        *terbatas* for those who attended, *rahasia* for no liaison."""
        if user.works_on_content:
            return self.filter(item__meeting__office=user.office_id)
        if not user.is_liaison:
            return self.none()
        attended = Meeting.objects.filter(
            pk=OuterRef("item__meeting"),
            attendances__agency=user.agency_id,
            attendances__state__in=("hadir", "diwakilkan"),
        )
        return self.filter(
            Q(classification=Classification.OPEN)
            | Q(classification=Classification.RESTRICTED) & Exists(attended),
            item__meeting__in=Meeting.objects.visible_to(user),
        )


class Material(models.Model):
    """A presentation file of an agenda item."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="materials")
    upload = models.ForeignKey("documents.Upload", models.PROTECT, related_name="+")
    classification = models.CharField(
        _("klasifikasi"),
        max_length=10,
        choices=Classification,
        default=Classification.OPEN,
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.upload)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: "User") -> Self:
        """The office's for those who work on content; an invited agency sees them with
        the minutes, once these circulate."""
        if user.works_on_content:
            return self.filter(meeting__office=user.office_id)
        if not user.is_liaison:
            return self.none()
        circulated = Meeting.objects.filter(
            pk=OuterRef("meeting"),
            minutes__state__in=("review", "submitted", "approved"),
        )
        return self.filter(
            Exists(circulated), meeting__in=Meeting.objects.visible_to(user)
        )


class Photo(models.Model):
    """A picture of the meeting with its caption, for the photo annex."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="photos")
    upload = models.ForeignKey("documents.Upload", models.PROTECT, related_name="+")
    caption = models.CharField(_("keterangan foto"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.caption
