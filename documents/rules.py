"""Who may open a paper. That it exists at all is ``visible_to``'s answer."""

import rules

from agencies.models import User
from agencies.rules import is_auditor, is_liaison, works_on_content
from documents.models import Document


@rules.predicate
def is_of_the_office(user: User, document: Document) -> bool:
    return user.office_id == document.office_id


# The auditor sees that a paper exists, with number and hash, and not what it says.
rules.add_perm("documents.read", works_on_content & is_of_the_office | is_liaison)
rules.add_perm("documents.see_numbers", works_on_content | is_auditor)
rules.add_perm("documents.void_number", works_on_content)
rules.add_perm("documents.list", works_on_content | is_auditor | is_liaison)
rules.add_perm("documents.retry", works_on_content & is_of_the_office)
