WITH present AS (
    SELECT person.nationality_id, person.sex, address.region_id, coalesce(permit.code, 'tanpa') AS permit
    FROM foreigners_foreigner AS person
    CROSS JOIN LATERAL (
        SELECT region_id FROM foreigners_statement AS stated
        WHERE foreigner_id = person.id AND subject = 'alamat' AND region_id IS NOT NULL
            AND stated_on <= %(last)s AND (until IS NULL OR until >= %(last)s)
            AND NOT EXISTS (
                SELECT FROM foreigners_measure AS removal
                JOIN foreigners_measurekind AS kind ON kind.id = removal.kind_id AND kind.removes
                JOIN foreigners_caseperson AS subject ON subject.id = removal.person_id
                WHERE subject.foreigner_id = person.id AND removal.execution = 'penuh'
                    AND removal.executed_on BETWEEN stated.stated_on AND %(last)s
            )
        ORDER BY stated_on DESC, id DESC LIMIT 1
    ) AS address
    LEFT JOIN LATERAL (
        SELECT kind.code FROM foreigners_staypermit AS held
        JOIN foreigners_permitkind AS kind ON kind.id = held.kind_id
        WHERE held.foreigner_id = person.id AND held.state = 'berlaku'
            AND (starts_on IS NULL OR starts_on <= %(last)s) AND (ends_on IS NULL OR ends_on >= %(last)s)
        ORDER BY ends_on DESC NULLS FIRST, held.id DESC LIMIT 1
    ) AS permit ON true
    WHERE person.office_id = %(office)s AND person.merged_into_id IS NULL
)
