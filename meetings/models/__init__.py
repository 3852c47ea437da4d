from meetings.models.attendance import Attendance, AttendanceSheet
from meetings.models.circulation import Circulation
from meetings.models.feed import CalendarFeed
from meetings.models.followup import FollowUp, Progress
from meetings.models.invitation import Invitation
from meetings.models.meeting import (
    AgendaItem,
    Material,
    Meeting,
    MeetingTemplate,
    Photo,
)
from meetings.models.minutes import Entry, Minutes
from meetings.models.operation import Operation, OperationPlace
from meetings.models.review import Consent, Objection

__all__ = [
    "AgendaItem",
    "Attendance",
    "AttendanceSheet",
    "CalendarFeed",
    "Circulation",
    "Consent",
    "Entry",
    "FollowUp",
    "Invitation",
    "Material",
    "Meeting",
    "MeetingTemplate",
    "Minutes",
    "Objection",
    "Operation",
    "OperationPlace",
    "Photo",
    "Progress",
]
