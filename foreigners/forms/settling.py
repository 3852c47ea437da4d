from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foreigners.models import Statement
from foreigners.services.settling import LEAST_REASON


class SettleForm(forms.Form):
    """Which statement holds; ``upto`` is the newest one that the page showed."""

    kept = forms.ModelChoiceField(Statement.objects.none(), label=_("Yang dipakai"))
    reason = forms.CharField(
        label=_("Alasan"),
        min_length=LEAST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    upto = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, *args: object, choices: QuerySet[Statement], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kept"].queryset = choices  # type: ignore[attr-defined]
