"""Who may do what to findings, persons and cases: one block a process."""

import rules

from agencies.models import User
from agencies.rules import is_auditor, is_liaison, is_section_head, works_on_content
from foreigners.models import Finding


@rules.predicate
def is_of_its_office(user: User, finding: Finding) -> bool:
    return user.office_id == finding.office_id


@rules.predicate
def reported_it(user: User, finding: Finding) -> bool:
    return user.is_liaison and user.agency_id == finding.reporter_id


@rules.predicate
def office_wrote_it(user: User, finding: Finding) -> bool:
    """The office's own, or what the minutes brought: completed by the office."""
    return finding.origin != Finding.Origin.AGENCY


rules.add_perm("foreigners.list_findings", works_on_content | is_liaison | is_auditor)
rules.add_perm("foreigners.report_finding", works_on_content | is_liaison)
rules.add_perm(
    "foreigners.read_finding", works_on_content & is_of_its_office | is_liaison
)
rules.add_perm(
    "foreigners.edit_finding",
    works_on_content & is_of_its_office & office_wrote_it | reported_it,
)
# The status words are the reporter's, not those of an agency that only reads.
rules.add_perm("foreigners.follow_finding", reported_it)
rules.add_perm("foreigners.triage_finding", is_section_head & is_of_its_office)
rules.add_perm("foreigners.link_finding_person", works_on_content & is_of_its_office)
