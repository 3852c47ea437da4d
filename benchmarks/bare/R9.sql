SELECT CASE invitation.role WHEN 'anggota' THEN 'anggota/' ELSE 'tamu/' END || invitation.agency_id,
    coalesce(line.state, ''), count(*)
FROM meetings_meeting AS meeting
JOIN meetings_invitation AS invitation ON invitation.meeting_id = meeting.id AND invitation.sent_at IS NOT NULL
LEFT JOIN meetings_attendance AS line ON line.invitation_id = invitation.id
WHERE meeting.office_id = %(office)s AND meeting.starts_at >= %(begins)s AND meeting.starts_at < %(after)s
    AND meeting.state IN ('in_session', 'minutes', 'review', 'approved')
GROUP BY 1, 2
