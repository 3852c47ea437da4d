"""Who may read the figures of an office. What they count is ``visible_to``'s answer."""

import rules

from agencies.rules import is_chief, is_liaison, is_section_head, works_on_content

rules.add_perm("reports.view_dashboard", works_on_content | is_liaison)
rules.add_perm("reports.view_map", works_on_content)
rules.add_perm("reports.keep_targets", is_section_head | is_chief)
# Everybody has a list of meetings; an administrator's says that they exist.
rules.add_perm("reports.export_meetings", rules.is_authenticated)
rules.add_perm("reports.export_measures", works_on_content)
