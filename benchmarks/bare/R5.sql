SELECT nationality.name, coalesce(permit.code, 'tanpa') || '/' || person.sex, count(*)
FROM foreigners_foreigner AS person
CROSS JOIN LATERAL (
    SELECT region_id FROM foreigners_statement
    WHERE foreigner_id = person.id AND subject = 'alamat' AND region_id IS NOT NULL
        AND stated_on <= %(last)s AND (until IS NULL OR until >= %(last)s)
    ORDER BY stated_on DESC, id DESC LIMIT 1
) AS address
LEFT JOIN LATERAL (
    SELECT kind.code FROM foreigners_staypermit AS held
    JOIN foreigners_permitkind AS kind ON kind.id = held.kind_id
    WHERE held.foreigner_id = person.id AND held.state = 'berlaku'
        AND (starts_on IS NULL OR starts_on <= %(last)s) AND (ends_on IS NULL OR ends_on >= %(last)s)
    ORDER BY ends_on DESC NULLS FIRST, held.id DESC LIMIT 1
) AS permit ON true
JOIN foreigners_nationality AS nationality ON nationality.code = person.nationality_id
WHERE person.office_id = %(office)s AND person.merged_into_id IS NULL
GROUP BY 1, 2
