from typing import Any, Self

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    def of_office(self, office_id: int | None) -> Self:
        """The office's own people and the liaisons of the agencies it keeps."""
        return self.filter(
            models.Q(agency=office_id) | models.Q(agency__keeper=office_id)
        )

    def working_at(self, office_id: int | None) -> Self:
        """The office's people who work on content, as long as their account is open."""
        return self.filter(
            agency=office_id, is_active=True, role__in=User.WORKING_ROLES
        )

    def visible_to(self, user: "User") -> Self:
        """Administrators and auditors see their office's accounts, others their own."""
        if user.role in {User.Role.ADMINISTRATOR, User.Role.AUDITOR}:
            return self.of_office(user.office_id)
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        """An account; without a password nobody can log in until a link sets one."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person with one role at one agency. Accounts are never shared."""

    class Role(models.TextChoices):
        LIAISON = "liaison", _("Penghubung")
        OFFICER = "officer", _("Petugas")
        SECTION_HEAD = "section_head", _("Kepala Seksi")
        CHIEF = "chief", _("Kepala Kantor")
        ADMINISTRATOR = "administrator", _("Administrator")
        AUDITOR = "auditor", _("Auditor/Pejabat Pelindungan Data")

    WORKING_ROLES = (Role.OFFICER, Role.SECTION_HEAD, Role.CHIEF)

    email = models.EmailField(_("surel"), unique=True)
    name = models.CharField(_("nama dan gelar"), max_length=120)
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="users",
        verbose_name=_("instansi"),
    )
    role = models.CharField(_("peran"), max_length=15, choices=Role)
    post = models.CharField(_("jabatan"), max_length=120, blank=True)
    rank = models.CharField(_("pangkat/golongan"), max_length=80, blank=True)
    nip = models.CharField(_("NIP/NRP"), max_length=18, blank=True)
    phone = models.CharField(_("telepon"), max_length=40, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    is_staff = models.BooleanField(_("boleh membuka panel teknis"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("akun")
        verbose_name_plural = _("akun")
        constraints = [
            models.CheckConstraint(
                name="email_is_lower_case",
                condition=models.Q(email=Lower("email")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_liaison(self) -> bool:
        return self.role == self.Role.LIAISON

    @property
    def is_immigration(self) -> bool:
        """Everybody but the liaisons belongs to an immigration office."""
        return self.role != self.Role.LIAISON

    @property
    def works_on_content(self) -> bool:
        """Officer, section head or chief: may read what the office wrote."""
        return self.role in self.WORKING_ROLES

    @property
    def office_id(self) -> int | None:
        """An office shares the key of its agency, so this costs no query."""
        return self.agency_id if self.is_immigration else None
