SELECT coalesce(law.code, ''), coalesce(left(file.region_id, 8), ''), count(*)
FROM foreigners_case AS file
LEFT JOIN foreigners_caseviolation AS main ON main.case_id = file.id AND main.is_main
LEFT JOIN foreigners_violation AS law ON law.id = main.violation_id
WHERE file.office_id = %(office)s AND file.registered_on BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2
