WITH reached AS (
    SELECT prosecution.case_id, 'sidik' AS stage
    FROM foreigners_prosecution AS prosecution
    WHERE ordered_on BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT prosecution.case_id, event.stage
    FROM foreigners_stageevent AS event
    JOIN foreigners_prosecution AS prosecution ON prosecution.id = event.prosecution_id
    WHERE event."on" BETWEEN %(first)s AND %(last)s AND event.stage IN ('penuntutan', 'sidang')
)
SELECT coalesce(nullif(law.report_article, ''), law.article, ''), stage || '/' || person.sex, count(*)
FROM reached
JOIN foreigners_case AS file ON file.id = reached.case_id AND file.office_id = %(office)s
JOIN foreigners_caseperson AS suspect ON suspect.case_id = file.id AND suspect.role = 'terduga'
JOIN foreigners_foreigner AS person ON person.id = suspect.foreigner_id
LEFT JOIN foreigners_caseviolation AS main ON main.case_id = file.id AND main.is_main
LEFT JOIN foreigners_violation AS law ON law.id = main.violation_id
GROUP BY 1, 2
