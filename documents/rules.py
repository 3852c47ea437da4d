"""Who may open a paper. That it exists at all is ``visible_to``'s answer."""

import rules

from agencies.models import User
from agencies.rules import (
    is_administrator,
    is_auditor,
    is_chief,
    is_liaison,
    works_on_content,
)
from documents.models import Document, DocumentVersion, Signature


@rules.predicate
def is_of_the_office(user: User, document: Document) -> bool:
    return user.office_id == document.office_id


@rules.predicate
def is_its_issuer(user: User, version: DocumentVersion) -> bool:
    return user.pk == version.created_by_id


@rules.predicate
def is_chief_of_its_office(user: User, version: DocumentVersion) -> bool:
    return is_chief(user) and user.office_id == version.document.office_id


@rules.predicate
def is_their_seat(user: User, signature: Signature) -> bool:
    return signature.user_id == user.pk


# The auditor sees that a paper exists, with number and hash, and not what it says.
rules.add_perm("documents.read", works_on_content & is_of_the_office | is_liaison)
rules.add_perm("documents.see_numbers", works_on_content | is_auditor)
rules.add_perm("documents.void_number", works_on_content)
rules.add_perm("documents.list", works_on_content | is_auditor | is_liaison)
rules.add_perm("documents.retry", works_on_content & is_of_the_office)
# The office waits for its paper: who asked for it may call it off, and their chief.
rules.add_perm("documents.stop", is_its_issuer | is_chief_of_its_office)
rules.add_perm("documents.manage_certificates", is_administrator)
# Nobody signs for somebody else, whatever their role.
rules.add_perm("documents.sign", is_their_seat)
rules.add_perm("documents.bring_signed", works_on_content & is_of_the_office)
