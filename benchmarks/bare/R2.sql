SELECT coalesce(nullif(law.report_article, ''), law.article, ''), kind.report_column || '/' || person.sex, count(*)
FROM foreigners_measure AS measure
JOIN foreigners_case AS file ON file.id = measure.case_id AND file.office_id = %(office)s
JOIN foreigners_measurekind AS kind ON kind.id = measure.kind_id
JOIN foreigners_caseperson AS subject ON subject.id = measure.person_id
JOIN foreigners_foreigner AS person ON person.id = subject.foreigner_id
LEFT JOIN foreigners_caseviolation AS main ON main.case_id = file.id AND main.is_main
LEFT JOIN foreigners_violation AS law ON law.id = main.violation_id
WHERE measure.decided_on BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2
UNION ALL
SELECT '', 'catatan', count(*)
FROM foreigners_measure AS measure
JOIN foreigners_case AS file ON file.id = measure.case_id AND file.office_id = %(office)s
JOIN foreigners_measurekind AS kind ON kind.id = measure.kind_id AND kind.code = 'f'
WHERE measure.execution = 'penuh' AND measure.executed_on BETWEEN %(first)s AND %(last)s
