"""Who may do what to findings, persons and cases. When it is possible is the services'
business."""

import rules
from django.db.models import Q

from agencies.models import User
from agencies.rules import is_auditor, is_chief, is_section_head, works_on_content
from foreigners.models import Case, CasePerson, Foreigner

# --- persons -------------------------------------------------------------------------


@rules.predicate
def is_of_persons_office(user: User, person: Foreigner) -> bool:
    return user.office_id == person.office_id


@rules.predicate
def works_on_a_case_of(user: User, person: Foreigner) -> bool:
    """Responsible for or assigned to a case of the person that they may see."""
    return (
        CasePerson.objects.filter(
            foreigner=person, case__in=Case.objects.visible_to(user)
        )
        .filter(Q(case__responsible=user) | Q(case__assigned=user))
        .exists()
    )


works_on_person = works_on_content & is_of_persons_office

rules.add_perm("foreigners.list_persons", works_on_content)
rules.add_perm("foreigners.register_person", works_on_content)
rules.add_perm("foreigners.edit_person", works_on_person)
rules.add_perm("foreigners.unmask_person", works_on_person)
rules.add_perm("foreigners.judge_same", works_on_person)
rules.add_perm("foreigners.merge_persons", works_on_person)
rules.add_perm("foreigners.settle_statements", works_on_person)
# Facts of health and harm are for those on duty (design 8, features B4 105).
rules.add_perm(
    "foreigners.read_protection",
    works_on_person & (is_section_head | is_chief | works_on_a_case_of),
)
rules.add_perm("foreigners.read_access_log", is_auditor)
