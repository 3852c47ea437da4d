"""Who may do what to findings, persons and cases. When it is possible, services say."""

import rules

from agencies.models import User
from agencies.rules import is_auditor, is_chief, is_section_head, works_on_content
from foreigners.models import Case


@rules.predicate
def is_of_the_case_s_office(user: User, case: Case) -> bool:
    return user.office_id == case.office_id


# Cases. That a case may be seen is ``Case.objects.visible_to``'s answer; which step a
# role may take stands in the table of transitions.
rules.add_perm("foreigners.list_cases", works_on_content | is_auditor)
rules.add_perm("foreigners.read_case", works_on_content & is_of_the_case_s_office)
rules.add_perm("foreigners.work_case", works_on_content & is_of_the_case_s_office)
rules.add_perm(
    "foreigners.assign_case", (is_section_head | is_chief) & is_of_the_case_s_office
)
rules.add_perm("foreigners.list_sealed", is_section_head | is_chief)
