from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.masters import MasterForm
from agencies.models import Office
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
from foreigners.queries.choices import CHOICES

DATED = ["valid_from", "valid_to", "source", "certainty"]


class LawForm(MasterForm):
    """A dated row: one code starts once on a day, and once without a day."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("code")
        if code and cleaned.get("valid_from") is None:
            others = self._meta.model._default_manager.filter(
                code=code, valid_from=None
            )
            if isinstance(self.instance, Setting):
                others = others.filter(office=cleaned.get("office"))
            if others.exclude(pk=self.instance.pk).exists():
                self.add_error(
                    "valid_from",
                    _("Kode ini sudah mempunyai baris tanpa tanggal mulai."),
                )
        return cleaned


class GroundForm(LawForm):
    class Meta:
        model = Ground
        fields = ["code", "article", "instrument", "text", *DATED]


class ViolationForm(LawForm):
    class Meta:
        model = Violation
        fields = [
            "code", "name", "article", "report_article", "path", "usual_outcome",
            "allows_warning", "refer_to", *DATED,
        ]  # fmt: skip


class MeasureKindForm(LawForm):
    class Meta:
        model = MeasureKind
        fields = [
            "code", "name", "article", "report_column", "has_period", "period_rule",
            "removes", "detains", "charges", *DATED,
        ]  # fmt: skip

    def clean_period_rule(self) -> str:
        code = self.cleaned_data["period_rule"]
        if code and not ClockRule.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Tidak ada aturan tenggat dengan kode ini."))
        return code


class TariffForm(LawForm):
    class Meta:
        model = Tariff
        fields = ["amount", *DATED]


class ClockRuleForm(LawForm):
    class Meta:
        model = ClockRule
        fields = [
            "code", "name", "length", "unit", "article", "end", "may_pause",
            "most_extensions", "extension_length", "extend_by_days", "remind_before",
            *DATED,
        ]  # fmt: skip

    def narrow(self) -> None:
        """Only codes that somebody starts; a new word here would run for nobody."""
        rules = ClockRule.objects.order_by("code", "valid_from")
        names: dict[str, str] = dict(rules.values_list("code", "name"))
        by_name = sorted((name, code) for code, name in names.items())
        self.fields["code"] = forms.ChoiceField(
            label=_("Tenggat"), choices=[(code, name) for name, code in by_name]
        )

    def clean_remind_before(self) -> str:
        parts = [part.strip() for part in self.cleaned_data["remind_before"].split(",")]
        if not all(part.isdecimal() for part in parts):
            raise forms.ValidationError(
                _("Tulis jumlah hari dipisah koma, misalnya 7,3,1.")
            )
        return ",".join(parts)


class SettingForm(LawForm):
    class Meta:
        model = Setting
        fields = ["office", "code", "value", "note", *DATED]

    def narrow(self) -> None:
        self.offer("office", Office.objects.filter(pk=self.user.office_id))
        self.fields["office"].help_text = _("Kosongkan untuk semua kantor.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code, value = cleaned.get("code"), cleaned.get("value")
        allowed = CHOICES.get(code or "")
        if value and allowed and value not in allowed:
            self.add_error(
                "value", _("Pilihan yang dikenal: %s.") % ", ".join(sorted(allowed))
            )
        elif value and code and allowed is None and not value.isdecimal():
            self.add_error("value", _("Tulis jumlah hari dengan angka."))
        return cleaned


class PermitKindForm(LawForm):
    class Meta:
        model = PermitKind
        fields = ["code", "name", "is_outside_supervision", *DATED]


class VisaIndexForm(LawForm):
    class Meta:
        model = VisaIndex
        fields = ["code", "name", "days", *DATED]


class NationalityForm(MasterForm):
    class Meta:
        model = Nationality
        fields = ["name", "source"]
