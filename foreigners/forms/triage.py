import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import FILTER
from agencies.models import Agency, User
from foreigners.models import Case, Finding, Foreigner, Violation
from foreigners.services.triage import SHORTEST_REASON


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=SHORTEST_REASON,
        max_length=4000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GroundForm(forms.Form):
    ground = reason_field(
        _("Dasar dugaan"),
        _("Perbuatan mana yang diduga melanggar, dan mengapa. Tanpa asal negara."),
    )


class DecisionForm(forms.Form):
    """A decision over the finding as it was read: ``revision`` says which."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = reason_field(_("Alasan"))

    def __init__(self, *args: Any, finding: Finding, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": finding.revision})
        # Five of these forms stand on one page.
        kwargs.setdefault("auto_id", f"{type(self).__name__}_%s")
        super().__init__(*args, **kwargs)
        self.finding = finding
        self.user = user


class ReturnForm(DecisionForm):
    reason = reason_field(
        _("Yang perlu dilengkapi"),
        _("Dibaca instansi pelapor; jangan menulis data dari sumber lain."),
    )


class OutsideForm(DecisionForm):
    pass


class ReferForm(DecisionForm):
    to = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Dilimpahkan kepada"),
        help_text=_("Instansi itu membaca uraian dan tempat, bukan nama dan foto."),
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = (  # type: ignore[attr-defined]
            Agency.objects.active_on(timezone.localdate())
            .exclude(pk=self.finding.office_id)
            .exclude(type="KANIM")
        )


class JoinForm(DecisionForm):
    case = forms.CharField(
        label=_("Nomor kasus"),
        max_length=30,
        widget=forms.TextInput(attrs={"list": "kasus", "autocomplete": "off"}),
    )
    field_order = ("case", "reason")

    def clean_case(self) -> Case:
        number = self.cleaned_data["case"].strip()
        cases = Case.objects.visible_to(self.user) | Case.objects.sealed_for(self.user)
        case = cases.filter(number__iexact=number).first()
        if case is None:
            raise forms.ValidationError(
                _("Tidak ada kasus dengan nomor ini. Contoh: K-0001/2026.")
            )
        return case


class AcceptForm(DecisionForm):
    title = forms.CharField(
        label=_("Pokok perkara"),
        max_length=150,
        help_text=_("Tanpa nama orang."),
    )
    main = forms.ModelChoiceField(
        Violation.objects.none(), label=_("Dugaan pelanggaran")
    )
    others = forms.ModelMultipleChoiceField(
        Violation.objects.none(),
        label=_("Dugaan lain"),
        required=False,
        widget=forms.SelectMultiple(attrs=FILTER),
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Petugas penanggung jawab")
    )
    field_order = ("title", "main", "others", "responsible", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        catalogue = Violation.objects.on(timezone.localdate()).exclude(
            path=Violation.Path.NIL
        )
        workers = User.objects.working_at(self.user.agency_id).exclude(
            role=User.Role.CHIEF
        )
        offered = {"main": catalogue, "others": catalogue, "responsible": workers}
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        main = cleaned.pop("main", None)
        others = cleaned.pop("others", [])
        if main is not None:
            cleaned["violations"] = [main, *(one for one in others if one != main)]
        return cleaned


class LinkForm(forms.Form):
    foreigner = forms.CharField(label=_("Nomor register (OA-…)"), max_length=20)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_foreigner(self) -> Foreigner:
        typed = re.fullmatch(
            r"(?:OA-)?(\d{1,9})", self.cleaned_data["foreigner"].upper()
        )
        people = Foreigner.objects.visible_to(self.user)
        found = people.filter(pk=typed[1]).first() if typed else None
        if found is None:
            raise forms.ValidationError(
                _("Tidak ada orang dengan nomor register ini. Contoh: OA-12.")
            )
        return found
