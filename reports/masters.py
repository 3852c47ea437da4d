"""What an office plans, as dated rows: one entry a kind, the views of the masters."""

from django.utils.translation import gettext_lazy as _

from agencies.masters import Master, Register
from reports.forms.targets import TargetForm
from reports.models import Target

PLANS: dict[str, Master] = {
    "target": Master(
        title=_("Target tahunan"),
        about=_("Tindakan administratif yang direncanakan setahun"),
        form=TargetForm,
        rows=lambda user: Target.objects.visible_to(user),
        columns=((_("Tahun"), "year"), (_("Target"), "measures"), (_("Ditetapkan"), "set_on"), (_("Dasar"), "ground")),
        search=("year__icontains", "ground__icontains"),
        owner="office_id",
    ),
}  # fmt: skip

PLAN_REGISTER = Register(
    title=_("Dasbor"),
    masters=PLANS,
    permission="reports.keep_targets",
    urls="reports:plan",
    home="reports:dashboard",
)
