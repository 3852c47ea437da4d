"""Who may do what in a case file. When it is possible is the services' business."""

import rules

from agencies.models import User
from agencies.rules import (
    is_administrator,
    is_chief,
    is_section_head,
    works_on_content,
)
from foreigners.models import Case


@rules.predicate
def is_of_the_office(user: User, case: Case) -> bool:
    return user.office_id == case.office_id


@rules.predicate
def is_on_duty(user: User, case: Case) -> bool:
    """Whose duty the case is: the responsible officer and whoever is assigned to it."""
    return user.pk == case.responsible_id or case.assigned.filter(pk=user.pk).exists()


works = works_on_content & is_of_the_office
heads = (is_section_head | is_chief) & is_of_the_office

# --- measures, objections, clocks, protection ---
rules.add_perm("foreigners.draft_measure", works)
rules.add_perm("foreigners.decide_measure", is_chief & is_of_the_office)
rules.add_perm("foreigners.serve_measure", works)
rules.add_perm("foreigners.choose_early_execution", is_chief & is_of_the_office)
rules.add_perm("foreigners.execute_measure", works)
rules.add_perm("foreigners.review_detention", heads)
rules.add_perm("foreigners.register_objection", works)
rules.add_perm("foreigners.settle_objection", heads)
rules.add_perm("foreigners.compute_overstay", works)
# Facts of health and harm: for those on duty, nobody else of the office.
rules.add_perm("foreigners.read_protection", heads | works & is_on_duty)
rules.add_perm("foreigners.determine_protection", is_section_head & is_of_the_office)
rules.add_perm("foreigners.list_clocks", works_on_content)
rules.add_perm("foreigners.hold_clock", heads)
rules.add_perm("foreigners.extend_clock", is_chief & is_of_the_office)

# --- law ---
rules.add_perm("foreigners.keep_law", is_administrator)
