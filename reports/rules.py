"""Who may take out a list; most ask what the list itself asks."""

import rules

# Everybody has a list of meetings; an administrator's says that they exist.
rules.add_perm("reports.export_meetings", rules.is_authenticated)
