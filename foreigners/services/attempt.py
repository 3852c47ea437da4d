"""A step that somebody wants to take: the case, the day, the person, and what they find.

Whatever a condition looks at is read here, once for all conditions of all steps.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from foreigners.models import (
    Admonition,
    Case,
    CaseEvent,
    CaseGuarantor,
    CasePerson,
    CaseViolation,
    Clock,
    Conference,
    Examination,
    Ground,
    Measure,
    Objection,
    Order,
    Prosecution,
    Referral,
    StayPermit,
)

REOPEN = "reopen"


@dataclass(frozen=True)
class Attempt:
    """``by`` is None when the law itself moves the case, or when nobody is asked for."""

    case: Case
    on: dt.date
    by: User | None = None

    @property
    def decider(self) -> User | None:
        """The chief who asks; anybody else who looks at the case decides nothing."""
        by = self.by
        return by if by and by.role == User.Role.CHIEF else None

    @cached_property
    def grounds(self) -> dict[str, Ground]:
        """The article in force on the day under each code; the newest where two overlap."""
        rows = Ground.objects.on(self.on).order_by("valid_from", "pk")
        return {row.code: row for row in rows}

    @cached_property
    def events(self) -> list[CaseEvent]:
        return list(self.case.events.all())

    @cached_property
    def reopened_at(self) -> dt.datetime | None:
        """When the present round began; None in the first."""
        moments = [event.at for event in self.events if event.action == REOPEN]
        return max(moments, default=None)

    def is_of_this_round(self, moment: dt.datetime) -> bool:
        return self.reopened_at is None or moment >= self.reopened_at

    @cached_property
    def all_orders(self) -> list[Order]:
        return list(self.case.orders.all())

    @cached_property
    def new_orders(self) -> list[Order]:
        """Of this round alone."""
        return [one for one in self.all_orders if self.is_of_this_round(one.created_at)]

    @property
    def orders(self) -> list[Order]:
        """Of this round; a case that was just reopened still stands on the ones before."""
        if self.case.state == Case.State.REOPENED:
            return self.all_orders
        return self.new_orders

    @cached_property
    def persons(self) -> list[CasePerson]:
        return list(
            self.case.persons.select_related("foreigner__nationality").prefetch_related(
                "foreigner__protections"
            )
        )

    @cached_property
    def subjects(self) -> list[CasePerson]:
        return [p for p in self.persons if p.role == CasePerson.Role.SUBJECT]

    @cached_property
    def guarantors(self) -> list[CaseGuarantor]:
        return list(self.case.guarantors.select_related("guarantor"))

    @cached_property
    def violations(self) -> list[CaseViolation]:
        return list(self.case.violations.select_related("violation"))

    @cached_property
    def warnings(self) -> list[Admonition]:
        return list(self.case.warnings.all())

    @cached_property
    def referrals(self) -> list[Referral]:
        return list(self.case.referrals.select_related("agency"))

    @cached_property
    def prosecutions(self) -> list[Prosecution]:
        return list(self.case.prosecutions.all())

    @cached_property
    def examinations(self) -> list[Examination]:
        return list(self.case.examinations.select_related("person"))

    @cached_property
    def conference(self) -> Conference | None:
        """The newest that was not cancelled: the outcome of an earlier round is spent."""
        standing = self.case.conferences.exclude(state=Conference.State.CANCELLED)
        return standing.order_by("-pk").first()

    @cached_property
    def all_measures(self) -> list[Measure]:
        """Each with its kind and its person, whose gate is known already; who drafted it
        matters to whoever decides alone."""
        persons = {person.pk: person for person in self.persons}
        rows = self.case.measures.select_related("kind")
        if self.decider:
            rows = rows.prefetch_related("drafters")
        measures = list(rows)
        for measure in measures:
            measure.person = persons[measure.person_id]
        return measures

    @cached_property
    def measures(self) -> list[Measure]:
        """Those on the way of the case; a detention outside the conference has its own."""
        return [m for m in self.all_measures if not m.is_outside_conference]

    @cached_property
    def standing_measures(self) -> list[Measure]:
        return [
            measure
            for measure in self.measures
            if measure.state != Measure.State.ANNULLED
            and not (measure.is_draft and measure.kind.detains)
        ]

    @cached_property
    def detentions(self) -> list[Measure]:
        return [m for m in self.all_measures if m.kind.detains]

    @cached_property
    def drafted_detentions(self) -> list[Measure]:
        """Each with what is known of the person's permits and documents."""
        drafts = [m for m in self.detentions if m.is_draft]
        if drafts:
            prefetch_related_objects(
                [person.foreigner for person in self.persons],
                Prefetch("stay_permits", StayPermit.objects.select_related("kind")),
                "travel_documents",
            )
        return drafts

    @cached_property
    def objections(self) -> list[Objection]:
        measures = {measure.pk: measure for measure in self.measures}
        objections = list(Objection.objects.filter(measure__in=measures))
        for objection in objections:
            objection.measure = measures[objection.measure_id]
        return objections

    @cached_property
    def open_objections(self) -> list[Objection]:
        return [objection for objection in self.objections if objection.is_open]

    @cached_property
    def clocks(self) -> list[Clock]:
        return list(self.case.clocks.select_related("rule", "measure__kind", "person"))

    def clocks_called(self, code: str) -> list[Clock]:
        return [clock for clock in self.clocks if clock.rule.code == code]


def role_names(roles: frozenset[User.Role]) -> str:
    """“Petugas atau Kepala Seksi”, in the order of the roles; the system has none."""
    names = [str(role.label) for role in User.Role if role in roles]
    return str(_(" atau ")).join(names) or str(_("sistem, menurut hukum"))
