SELECT nationality.name, kind.code, count(*)
FROM foreigners_measure AS measure
JOIN foreigners_case AS file ON file.id = measure.case_id AND file.office_id = %(office)s
JOIN foreigners_measurekind AS kind ON kind.id = measure.kind_id
JOIN foreigners_caseperson AS subject ON subject.id = measure.person_id
JOIN foreigners_foreigner AS person ON person.id = subject.foreigner_id
JOIN foreigners_nationality AS nationality ON nationality.code = person.nationality_id
WHERE measure.decided_on BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2
