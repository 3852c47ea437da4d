SELECT coalesce(left(visit.region_id, 8), ''), visit.result, count(*)
FROM meetings_meeting AS meeting
JOIN meetings_operationplace AS visit ON visit.meeting_id = meeting.id AND visit.result <> ''
WHERE meeting.office_id = %(office)s AND meeting.starts_at >= %(begins)s AND meeting.starts_at < %(after)s
    AND meeting.state IN ('in_session', 'minutes', 'review', 'approved')
GROUP BY 1, 2
