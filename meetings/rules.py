"""Who may do what to a meeting. When it is possible is the services' business."""

import rules

from agencies.models import User
from agencies.rules import (
    is_auditor,
    is_chief,
    is_liaison,
    is_section_head,
    works_on_content,
)
from meetings.models import FollowUp, Invitation, Meeting, Operation


@rules.predicate
def is_of_the_office(user: User, meeting: Meeting) -> bool:
    return user.office_id == meeting.office_id


@rules.predicate
def is_of_the_agency(user: User, invitation: Invitation) -> bool:
    return user.is_liaison and user.agency_id == invitation.agency_id


@rules.predicate
def is_of_inviting_office(user: User, invitation: Invitation) -> bool:
    return user.office_id == invitation.meeting.office_id


@rules.predicate
def owes_it(user: User, follow_up: FollowUp) -> bool:
    return user.is_liaison and user.agency_id == follow_up.owner_id


@rules.predicate
def leads_operation(user: User, meeting: Meeting) -> bool:
    operation = Operation.objects.filter(meeting=meeting).first()
    return operation is not None and operation.leader_id == user.pk


writes = works_on_content & is_of_the_office

rules.add_perm("meetings.create_meeting", works_on_content)
# An administrator sees that a meeting exists, not what it is about (design 4).
rules.add_perm(
    "meetings.view_meeting",
    (works_on_content | is_auditor) & is_of_the_office | is_liaison,
)
rules.add_perm("meetings.edit_meeting", writes)
rules.add_perm("meetings.invite", writes)
rules.add_perm("meetings.answer_invitation", is_of_the_agency)
rules.add_perm("meetings.take_attendance", writes)
rules.add_perm(
    "meetings.view_attendance", (works_on_content | is_auditor) & is_of_the_office
)
rules.add_perm("meetings.check_in", is_liaison)
rules.add_perm("meetings.take_minutes", writes)
rules.add_perm(
    "meetings.read_minutes", works_on_content & is_of_the_office | is_liaison
)
# The same readers as the minutes'; what stands in it is each paper's own answer.
rules.add_perm(
    "meetings.read_dossier", works_on_content & is_of_the_office | is_liaison
)
rules.add_perm("meetings.submit_minutes", is_section_head & is_of_the_office)
rules.add_perm("meetings.approve_minutes", is_chief & is_of_the_office)
rules.add_perm("meetings.circulate_minutes", writes)
rules.add_perm("meetings.contest_minutes", is_liaison)
rules.add_perm("meetings.report_progress", owes_it)
rules.add_perm("meetings.judge_progress", writes)
rules.add_perm("meetings.list_follow_ups", works_on_content | is_auditor | is_liaison)
rules.add_perm("meetings.read_follow_up", works_on_content & is_of_the_office | owes_it)
rules.add_perm(
    "meetings.read_excuse", works_on_content & is_of_inviting_office | is_of_the_agency
)
rules.add_perm(
    "meetings.view_operation", (works_on_content | is_auditor) & is_of_the_office
)
rules.add_perm("meetings.run_operation", writes)
# The team's leader reports to the chief; the section head may report for the team.
rules.add_perm(
    "meetings.issue_operation_report",
    writes & (is_section_head | is_chief | leads_operation),
)
