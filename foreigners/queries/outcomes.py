"""What came of a case, in one word: for the agency that reported and for the recap."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foreigners.models import Case

State = Case.State


class OutcomeClass(models.TextChoices):
    OPEN = "open", _("Dalam pemeriksaan")
    MEASURE = "measure", _("Tindakan administratif")
    PROSECUTION = "prosecution", _("Proses pidana")
    NOT_PROVEN = "not_proven", _("Tidak terbukti")
    PROTECTED = "protected", _("Jalur pelindungan")
    REFERRED = "referred", _("Dilimpahkan ke instansi lain")
    WARNED = "warned", _("Selesai dengan teguran")
    # Of a file that was closed before its steps were kept.
    ENDED = "ended", _("Selesai")


BY_STATE = {
    State.DECIDED: OutcomeClass.MEASURE,
    State.OBJECTION_WINDOW: OutcomeClass.MEASURE,
    State.OBJECTION: OutcomeClass.MEASURE,
    State.EXECUTION: OutcomeClass.MEASURE,
    State.PROSECUTION: OutcomeClass.PROSECUTION,
    State.PROTECTION: OutcomeClass.PROTECTED,
    State.REFERRED: OutcomeClass.REFERRED,
    State.NOT_PROVEN: OutcomeClass.NOT_PROVEN,
}
# A closed case ended by the last step that closed it.
BY_CLOSING_STEP = {
    "warn": OutcomeClass.WARNED,
    "objection_annulled": OutcomeClass.NOT_PROVEN,
    "close": OutcomeClass.MEASURE,
    "close_prosecution": OutcomeClass.PROSECUTION,
    "close_protection": OutcomeClass.PROTECTED,
    "close_referred": OutcomeClass.REFERRED,
}


def outcome_class(case: Case) -> OutcomeClass:
    """The word alone, no personal data; list pages prefetch ``events``."""
    if case.state != State.CLOSED:
        return BY_STATE.get(State(case.state), OutcomeClass.OPEN)
    steps = [event.action for event in case.events.all()]
    closing = [step for step in steps if step in BY_CLOSING_STEP]
    return BY_CLOSING_STEP[closing[-1]] if closing else OutcomeClass.ENDED
