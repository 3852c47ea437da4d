WITH due AS (
    SELECT owner_id::text AS owner, CASE WHEN state = 'cancelled' THEN 'batal'
        WHEN done_on <= least(due_on, %(last)s) THEN 'tepat'
        WHEN done_on <= %(last)s THEN 'terlambat' ELSE 'belum' END AS standing, done_on - created_on AS days
    FROM meetings_followup
    WHERE office_id = %(office)s AND due_on BETWEEN %(first)s AND %(last)s
)
SELECT owner, standing, count(*)::float FROM due GROUP BY 1, 2
UNION ALL
SELECT owner, 'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY days)
FROM due WHERE standing IN ('tepat', 'terlambat') GROUP BY 1
