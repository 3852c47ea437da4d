"""The kinds of master data that an administrator keeps: one entry each, one set of views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.forms.masters import (
    AgencyForm,
    AgencyNameForm,
    DecreeForm,
    HolidayForm,
    MasterForm,
    MembershipForm,
    RegionForm,
    SignerForm,
    TeamForm,
)
from agencies.models import (
    Agency,
    AgencyName,
    Decree,
    Holiday,
    Membership,
    Region,
    Signer,
    Team,
    User,
)
from agencies.services.free_days import keep_holiday, remove_holiday
from agencies.services.masters import keep_row, remove_row


class Keep(Protocol):
    """Writes a row that is still as ``seen``, or says why not; may answer with what else
    has changed by it."""

    def __call__(
        self, row: Any, *, values: dict[str, Any], seen: str, by: User
    ) -> str | None: ...


class Remove(Protocol):
    """Takes a row out; may answer with what else has changed by it."""

    def __call__(self, row: Any, *, by: User) -> str | None: ...


@dataclass(frozen=True, kw_only=True)
class Master:
    """A list and its form: ``rows`` is what the user's office keeps.

    ``columns`` are pairs of heading and attribute, ``search`` are lookups, ``owner`` is the
    field that a new row gets the office in. ``mark`` is a field whose choice stands as a
    badge beside the first column. A row for which ``is_fixed`` says so keeps everything
    but ``open_fields``; what changes it is a successor, made from it. ``related`` names
    the kinds whose rows belong to a row of this one, and by which field.
    """

    title: Any
    about: Any = ""
    form: type[MasterForm]
    rows: Callable[[User], QuerySet[Any]]
    columns: tuple[tuple[Any, str], ...]
    search: tuple[str, ...]
    owner: str = ""
    may_add: bool = True
    may_remove: bool = False
    keep: Keep = keep_row
    remove: Remove = remove_row
    mark: str = ""
    has_successors: bool = False
    is_fixed: Callable[[Any], bool] = lambda row: False
    open_fields: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Register:
    """Kinds of rows under one permission; ``urls`` begins the names of their addresses
    (``agencies:master`` for ``agencies:master_list``), ``home`` is the page above them.
    """

    title: Any
    masters: dict[str, Master]
    permission: str
    urls: str
    home: str


MASTERS: dict[str, Master] = {
    "instansi": Master(
        title=_("Instansi"),
        about=_("Nama resmi, singkatan, surel, wilayah"),
        form=AgencyForm,
        rows=lambda user: Agency.objects.kept_by(user).select_related("type", "region"),
        columns=((_("Nama"), "name"), (_("Jenis"), "type"), (_("Wilayah"), "region"), (_("Surel"), "email")),
        search=("name__icontains", "short_name__icontains", "names__name__icontains"),
        owner="keeper_id",
        related=(("nama-terdahulu", "agency"), ("keanggotaan", "agency")),
    ),
    "nama-terdahulu": Master(
        title=_("Nama terdahulu instansi"),
        about=_("Surat memuat nama yang berlaku pada tanggalnya"),
        form=AgencyNameForm,
        rows=lambda user: AgencyName.objects.filter(agency__in=Agency.objects.kept_by(user)).select_related("agency"),
        columns=((_("Nama"), "name"), (_("Kini"), "agency"), (_("Sampai"), "valid_to")),
        search=("name__icontains", "agency__name__icontains"),
        may_remove=True,
    ),
    "tim": Master(
        title=_("Tim"),
        about=_("Tingkat dan wilayah kerja"),
        form=TeamForm,
        rows=lambda user: Team.objects.visible_to(user),
        columns=((_("Nama"), "name"), (_("Tingkat"), "get_level_display"), (_("Aktif"), "is_active")),
        search=("name__icontains",),
        owner="office_id",
        related=(("sk", "team"), ("keanggotaan", "team")),
    ),
    "sk": Master(
        title=_("Surat keputusan (SK) tim"),
        about=_("Nomor dan masa berlaku"),
        form=DecreeForm,
        rows=lambda user: Decree.objects.filter(team__in=Team.objects.visible_to(user)).select_related("team"),
        columns=((_("Nomor"), "number"), (_("Tim"), "team"), (_("Sejak"), "valid_from"), (_("Sampai"), "valid_to")),
        search=("number__icontains", "team__name__icontains"),
    ),
    "keanggotaan": Master(
        title=_("Keanggotaan tim"),
        about=_("Siapa duduk di tim mana, sejak kapan"),
        form=MembershipForm,
        rows=lambda user: Membership.objects.filter(team__in=Team.objects.visible_to(user)).select_related("team", "agency"),
        columns=((_("Instansi"), "agency"), (_("Tim"), "team"), (_("Kedudukan"), "get_role_display"), (_("Sejak"), "valid_from"), (_("Sampai"), "valid_to")),
        search=("agency__name__icontains", "team__name__icontains"),
    ),
    "penanda-tangan": Master(
        title=_("Penanda tangan"),
        about=_("Nama, NIP, dan kapasitas di bawah surat"),
        form=SignerForm,
        rows=lambda user: Signer.objects.filter(office=user.office_id),
        columns=((_("Nama"), "name"), (_("Jabatan"), "post"), (_("Kapasitas"), "get_capacity_display"), (_("Sampai"), "valid_to")),
        search=("name__icontains", "post__icontains"),
        owner="office_id",
    ),
    "hari-libur": Master(
        title=_("Hari libur"),
        about=_("Menentukan hari kerja, masa tinjauan, dan tenggat yang berjalan"),
        form=HolidayForm,
        rows=lambda user: Holiday.objects.order_by("-date"),
        columns=((_("Tanggal"), "date"), (_("Nama"), "name"), (_("Jenis"), "get_kind_display")),
        search=("name__icontains", "date__icontains"),
        may_remove=True,
        keep=keep_holiday,
        remove=remove_holiday,
    ),
    "wilayah": Master(
        title=_("Wilayah"),
        about=_("Nama lain yang dipakai orang"),
        form=RegionForm,
        rows=lambda user: Region.objects.all(),
        columns=((_("Kode"), "code"), (_("Nama"), "name"), (_("Nama lain"), "aliases")),
        search=("name__icontains", "aliases__icontains", "code__startswith"),
        may_add=False,
    ),
}  # fmt: skip

OFFICE_REGISTER = Register(
    title=_("Kelola"),
    masters=MASTERS,
    permission="agencies.manage_masters",
    urls="agencies:master",
    home="agencies:overview",
)
