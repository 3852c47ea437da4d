"""Who may read, freeze and take out the figures of an office. What they count is
``visible_to``'s answer; whether they may be frozen is the services' business."""

import rules

from agencies.models import User
from agencies.rules import is_chief, is_liaison, is_section_head, works_on_content
from reports.models import Recap


@rules.predicate
def is_of_its_office(user: User, recap: Recap) -> bool:
    return user.office_id == recap.office_id


rules.add_perm("reports.view_dashboard", works_on_content | is_liaison)
rules.add_perm("reports.view_map", works_on_content)
rules.add_perm("reports.keep_targets", is_section_head | is_chief)
# Everybody has a list of meetings; an administrator's says that they exist.
rules.add_perm("reports.export_meetings", rules.is_authenticated)
rules.add_perm("reports.export_measures", works_on_content)
rules.add_perm("reports.open_recap", works_on_content)
rules.add_perm("reports.edit_recap", works_on_content & is_of_its_office)
rules.add_perm("reports.freeze_recap", (is_section_head | is_chief) & is_of_its_office)
