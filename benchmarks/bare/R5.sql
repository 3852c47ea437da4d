SELECT nationality.name, permit || '/' || sex, count(*)
FROM present
JOIN foreigners_nationality AS nationality ON nationality.code = present.nationality_id
GROUP BY 1, 2
