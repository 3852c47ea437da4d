from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.forms.masters import MasterForm
from reports.models import Target


class TargetForm(MasterForm):
    class Meta:
        model = Target
        fields = ["year", "measures", "set_on", "ground"]

    def narrow(self) -> None:
        self.fields["set_on"].widget = forms.DateInput(
            attrs={"type": "date"}, format="%Y-%m-%d"
        )
        self.fields["year"] = forms.IntegerField(
            label=_("Tahun"), min_value=2000, max_value=2100
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        year, set_on = cleaned.get("year"), cleaned.get("set_on")
        if year is None or set_on is None:
            return cleaned
        others = Target.objects.visible_to(self.user).filter(year=year, set_on=set_on)
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "set_on", _("Target tahun itu dengan tanggal ini sudah tercatat.")
            )
        return cleaned
