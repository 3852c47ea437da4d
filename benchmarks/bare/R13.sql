WITH checked AS (
    SELECT CASE orders.exception WHEN '' THEN 'perintah' ELSE 'menyusul' END AS step,
        issued_on <= CASE orders.exception WHEN '' THEN check_on ELSE (
            SELECT due_on FROM foreigners_clock WHERE order_id = orders.id ORDER BY id LIMIT 1) END AS kept
    FROM foreigners_order AS orders
    JOIN foreigners_case AS file ON file.id = orders.case_id AND file.office_id = %(office)s
    WHERE check_on BETWEEN %(first)s AND %(last)s
), decided AS (
    SELECT measure.served_on <= %(last)s AS served, EXISTS (
        SELECT FROM foreigners_conference AS conference
        WHERE conference.case_id = measure.case_id AND conference.state = 'held'
            AND (conference.held_at AT TIME ZONE %(zone)s)::date <= measure.decided_on) AS conferred
    FROM foreigners_measure AS measure
    JOIN foreigners_case AS file ON file.id = measure.case_id AND file.office_id = %(office)s
    WHERE measure.decided_on BETWEEN %(first)s AND %(last)s
), contested AS (
    SELECT NOT objection.is_late AS filed, objection.decided_on IS NOT NULL AND NOT EXISTS (
        SELECT FROM foreigners_clock WHERE objection_id = objection.id
            AND (ended_on > due_on OR state = 'terlambat')) AS answered
    FROM foreigners_objection AS objection
    JOIN foreigners_measure AS measure ON measure.id = objection.measure_id
    JOIN foreigners_case AS file ON file.id = measure.case_id AND file.office_id = %(office)s
    WHERE objection.received_on BETWEEN %(first)s AND %(last)s
), opened AS (
    SELECT spdp_sent_on <= (SELECT due_on FROM foreigners_clock
        WHERE prosecution_id = prosecution.id ORDER BY id LIMIT 1) AS kept
    FROM foreigners_prosecution AS prosecution
    JOIN foreigners_case AS file ON file.id = prosecution.case_id AND file.office_id = %(office)s
    WHERE ordered_on BETWEEN %(first)s AND %(last)s
), told AS (
    SELECT step, kept FROM checked
    UNION ALL SELECT step, kept FROM decided, LATERAL (VALUES ('gelar', conferred), ('sampai', served)) AS two (step, kept)
    UNION ALL SELECT step, kept FROM contested, LATERAL (VALUES ('diajukan', filed), ('diputus', answered)) AS two (step, kept)
    UNION ALL SELECT 'spdp', kept FROM opened
)
SELECT step, CASE WHEN kept THEN 'ya' ELSE 'tidak' END, count(*) FROM told GROUP BY 1, 2
