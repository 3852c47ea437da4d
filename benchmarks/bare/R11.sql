SELECT entry.agency_id::text, entry.classification, count(*)
FROM meetings_meeting AS meeting
JOIN LATERAL (
    SELECT id FROM meetings_minutes WHERE meeting_id = meeting.id ORDER BY version DESC LIMIT 1
) AS minutes ON true
JOIN meetings_entry AS entry ON entry.minutes_id = minutes.id
WHERE meeting.office_id = %(office)s AND meeting.starts_at >= %(begins)s AND meeting.starts_at < %(after)s
    AND meeting.state IN ('in_session', 'minutes', 'review', 'approved')
    AND entry.kind IN ('pernyataan', 'temuan') AND entry.agency_id IS NOT NULL
GROUP BY 1, 2
