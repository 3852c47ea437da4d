"""The law as the administrator keeps it: one entry a kind, the views of the masters."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.masters import Master, Register
from agencies.models import User
from foreigners.forms.law import (
    ClockRuleForm,
    GroundForm,
    MeasureKindForm,
    NationalityForm,
    PermitKindForm,
    SettingForm,
    TariffForm,
    ViolationForm,
    VisaIndexForm,
)
from foreigners.models import (
    ClockRule,
    Ground,
    MeasureKind,
    Nationality,
    PermitKind,
    Setting,
    Tariff,
    Violation,
    VisaIndex,
)
from foreigners.services.lawkeeping import OPEN_FIELDS, is_used, keep_law_row

FROM, TO = (_("Sejak"), "valid_from"), (_("Sampai"), "valid_to")


def settings_of(user: User) -> Any:
    """The choices of the user's own office and those that stand for all."""
    return Setting.objects.filter(
        Q(office=user.office_id) | Q(office=None)
    ).select_related("office__agency")


dated = partial(
    Master,
    keep=keep_law_row,
    mark="certainty",
    has_successors=True,
    is_fixed=is_used,
    open_fields=OPEN_FIELDS,
)

LAW: dict[str, Master] = {
    "dasar-hukum": dated(
        title=_("Dasar hukum"),
        form=GroundForm,
        rows=lambda user: Ground.objects.all(),
        columns=((_("Pasal"), "article"), (_("Peraturan"), "instrument"), (_("Dipakai untuk"), "get_code_display"), FROM, TO),
        search=("code__icontains", "article__icontains", "instrument__icontains"),
    ),
    "pelanggaran": dated(
        title=_("Katalog pelanggaran"),
        form=ViolationForm,
        rows=lambda user: Violation.objects.select_related("refer_to"),
        columns=((_("Pelanggaran"), "__str__"), (_("Pasal"), "article"), (_("Jalur"), "get_path_display"), FROM, TO),
        search=("code__icontains", "name__icontains", "article__icontains"),
    ),
    "jenis-tindakan": dated(
        title=_("Jenis tindakan"),
        form=MeasureKindForm,
        rows=lambda user: MeasureKind.objects.all(),
        columns=((_("Tindakan"), "__str__"), (_("Pasal"), "article"), (_("Kolom laporan"), "report_column"), FROM, TO),
        search=("code__icontains", "name__icontains"),
    ),
    "tarif": dated(
        title=_("Tarif biaya beban"),
        form=TariffForm,
        rows=lambda user: Tariff.objects.newest_first(),
        columns=((_("Tarif per hari"), "__str__"), FROM, TO, (_("Sumber"), "source")),
        search=("source__icontains",),
    ),
    "tenggat": dated(
        title=_("Aturan tenggat"),
        form=ClockRuleForm,
        rows=lambda user: ClockRule.objects.all(),
        columns=((_("Tenggat"), "name"), (_("Lama"), "length"), (_("Satuan"), "get_unit_display"), (_("Pasal"), "article"), (_("Bila habis"), "get_end_display"), FROM, TO),
        search=("code__icontains", "name__icontains"),
    ),
    "pilihan": dated(
        title=_("Pilihan hukum"),
        form=SettingForm,
        rows=settings_of,
        columns=((_("Pilihan"), "get_code_display"), (_("Nilai"), "value"), (_("Kantor"), "office"), FROM, TO),
        search=("code__icontains", "note__icontains"),
        owner="office_id",
    ),
    "jenis-izin-tinggal": dated(
        title=_("Jenis izin tinggal"),
        form=PermitKindForm,
        rows=lambda user: PermitKind.objects.all(),
        columns=((_("Kode"), "code"), (_("Nama"), "name"), FROM, TO),
        search=("code__icontains", "name__icontains"),
    ),
    "indeks-visa": dated(
        title=_("Indeks visa"),
        form=VisaIndexForm,
        rows=lambda user: VisaIndex.objects.all(),
        columns=((_("Indeks"), "code"), (_("Nama"), "name"), (_("Hari"), "days"), FROM, TO),
        search=("code__icontains", "name__icontains"),
    ),
    "kewarganegaraan": Master(
        title=_("Kewarganegaraan"),
        form=NationalityForm,
        rows=lambda user: Nationality.objects.all(),
        columns=((_("Nama"), "name"), (_("Kode"), "code"), (_("Sumber"), "source")),
        search=("code__icontains", "name__icontains"),
        may_add=False,
    ),
}  # fmt: skip

LAW_REGISTER = Register(
    title=_("Data hukum"),
    masters=LAW,
    permission="foreigners.keep_law",
    urls="foreigners:law",
    home="foreigners:law",
)
