SELECT meeting.level || '/' || coalesce(about.region_id, ''),
    CASE meeting.kind WHEN 'operasi_gabungan' THEN 'operasi/ket' ELSE 'rapat/ket' END,
    string_agg(meeting.title || ', ' || meeting.venue, E'\n' ORDER BY meeting.starts_at, meeting.id)
FROM meetings_meeting AS meeting
LEFT JOIN meetings_meeting_scope_regions AS about ON about.meeting_id = meeting.id
WHERE meeting.office_id = %(office)s AND meeting.starts_at >= %(begins)s AND meeting.starts_at < %(after)s
    AND meeting.state IN ('in_session', 'minutes', 'review', 'approved')
    AND meeting.kind IN ('operasi_gabungan', 'rapat_koordinasi', 'rapat_pembentukan', 'rapat_penguatan')
GROUP BY 1, 2
