from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foreigners.models import Statement
from foreigners.services.settling import LEAST_REASON


class SettleForm(forms.Form):
    """Which statement holds; ``seen`` are those that the page showed."""

    kept = forms.ModelChoiceField(Statement.objects.none(), label=_("Yang dipakai"))
    reason = forms.CharField(
        label=_("Alasan"),
        min_length=LEAST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.ModelMultipleChoiceField(
        Statement.objects.none(), widget=forms.MultipleHiddenInput
    )

    def __init__(
        self, *args: object, choices: QuerySet[Statement], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("kept", "seen"):
            self.fields[name].queryset = choices  # type: ignore[attr-defined]
