WITH standing AS (
    SELECT file.registered_on, coalesce(last.to_state, 'reported') AS state, last.at
    FROM foreigners_case AS file
    LEFT JOIN LATERAL (
        SELECT to_state, at FROM foreigners_caseevent
        WHERE case_id = file.id AND at < %(after)s ORDER BY id DESC LIMIT 1
    ) AS last ON true
    WHERE file.office_id = %(office)s AND file.registered_on <= %(last)s
), aged AS (
    SELECT state, CASE WHEN state IN ('referred', 'not_proven', 'closed')
        THEN (at AT TIME ZONE %(zone)s)::date ELSE %(last)s END - registered_on AS age
    FROM standing
    WHERE state NOT IN ('referred', 'not_proven', 'closed') OR at >= %(begins)s
)
SELECT state, CASE WHEN age <= 30 THEN '30' WHEN age <= 60 THEN '60' WHEN age <= 90 THEN '90' ELSE 'lebih' END, count(*)
FROM aged GROUP BY 1, 2
