SELECT extract(year FROM measure.decided_on)::text,
    CASE WHEN measure.decided_on < %(first)s THEN 'sebelum' ELSE 'periode' END, count(*)
FROM foreigners_measure AS measure
JOIN foreigners_case AS file ON file.id = measure.case_id AND file.office_id = %(office)s
WHERE measure.decided_on BETWEEN date_trunc('year', %(first)s::date)::date AND %(last)s
GROUP BY 1, 2
