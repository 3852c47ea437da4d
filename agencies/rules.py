"""Who may do what to people and agencies. When it is possible is the services' business."""

import rules

from agencies.models import User


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.role == User.Role.ADMINISTRATOR


@rules.predicate
def is_auditor(user: User) -> bool:
    return user.role == User.Role.AUDITOR


@rules.predicate
def is_section_head(user: User) -> bool:
    return user.role == User.Role.SECTION_HEAD


@rules.predicate
def is_chief(user: User) -> bool:
    return user.role == User.Role.CHIEF


@rules.predicate
def is_liaison(user: User) -> bool:
    return user.is_liaison


@rules.predicate
def works_on_content(user: User) -> bool:
    return user.works_on_content


rules.add_perm("agencies.manage_masters", is_administrator)
rules.add_perm("agencies.view_audit", is_auditor | is_section_head | is_chief)
