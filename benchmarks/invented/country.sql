-- A country of offices and what they did, as rows of the schema that `migrate` made.
-- Each number is drawn by draw(row, salt), so the same seed makes the same country.
-- Columns that are not named have the defaults of their models (invented/country.py).

CREATE FUNCTION draw(n bigint, salt integer) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (hashint8extended(n, %(seed)s * 1000 + salt) & 1048575)::double precision / 1048576;

CREATE FUNCTION pick(n bigint, salt integer, most integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN floor(draw(n, salt) * most)::integer;

CREATE FUNCTION one_of(n bigint, salt integer, words text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN words[1 + pick(n, salt, cardinality(words))];

-- Keys grow with the rows: those of a year stand together, as they do in an office.
CREATE FUNCTION key_of(kind integer, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (lpad(to_hex(kind), 8, '0') || lpad(to_hex(n), 24, '0'))::uuid;

CREATE FUNCTION regency_of(office integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (11 + (office - 1) / 20)::text || '.' || lpad((1 + mod(office - 1, 20))::text, 2, '0');

CREATE FUNCTION village_of(office integer, district integer, village integer) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regency_of(office) || '.' || lpad((district + 1)::text, 2, '0') || '.' || (2001 + village);

CREATE FUNCTION agency_of(office integer, place integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 1000 + office * 40 + place;

CREATE FUNCTION user_of(office integer, place bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN office * 10 + place;

-- Where: a regency for each office, ten kecamatan in it, ten kelurahan in each of them.
INSERT INTO agencies_region (code, name, level)
SELECT (11 + n)::text, 'Provinsi Contoh ' || n, 'provinsi'
FROM generate_series(0, (%(offices)s - 1) / 20) AS n;

INSERT INTO agencies_region (code, name, level, parent_id)
SELECT regency_of(k), 'Kabupaten Contoh ' || k, 'kabupaten_kota', left(regency_of(k), 2)
FROM generate_series(1, %(offices)s) AS k;

INSERT INTO agencies_region (code, name, level, parent_id)
SELECT left(village_of(k, d, 0), 8), 'Kecamatan Contoh ' || d, 'kecamatan', regency_of(k)
FROM generate_series(1, %(offices)s) AS k, generate_series(0, 9) AS d;

INSERT INTO agencies_region (code, name, level, parent_id)
SELECT village_of(k, d, v), 'Kelurahan Contoh ' || v, 'kelurahan_desa', left(village_of(k, d, v), 8)
FROM generate_series(1, %(offices)s) AS k, generate_series(0, 9) AS d, generate_series(0, 9) AS v;

-- Who: the offices, forty agencies around each, their people, and a paper and a proof
-- that stand behind everything that has to be written or proven.
INSERT INTO agencies_agency (id, type_id, name, short_name)
SELECT k, 'KANIM', 'Kantor Imigrasi Contoh ' || k, 'Kanim ' || k
FROM generate_series(1, %(offices)s) AS k;

INSERT INTO agencies_office (agency_id, unit_code, city, letterhead, address)
SELECT k, 'WIM.' || k, 'Contoh', 'KANTOR IMIGRASI CONTOH', 'Jalan Contoh Nomor 1'
FROM generate_series(1, %(offices)s) AS k;

INSERT INTO agencies_office_work_regions (office_id, region_id)
SELECT k, regency_of(k) FROM generate_series(1, %(offices)s) AS k;

INSERT INTO agencies_agency (id, type_id, name, short_name, keeper_id)
SELECT agency_of(k, j), codes[1 + mod(j, cardinality(codes))], 'Instansi Contoh ' || j, 'Instansi ' || j, k
FROM generate_series(1, %(offices)s) AS k, generate_series(0, 39) AS j,
    (SELECT array_agg(code ORDER BY code) AS codes FROM agencies_agencytype WHERE code <> 'KANIM') AS types;

INSERT INTO agencies_agencyname (agency_id, name, short_name, valid_to)
SELECT id, name || ' (nama lama)', short_name || ' lama', '2022-12-31'
FROM agencies_agency WHERE draw(id, 1) < 0.1;

INSERT INTO agencies_user (id, email, name, agency_id, role)
SELECT user_of(k, place), 'orang' || place || '@kanim' || k || '.example', 'Orang Contoh ' || place, k, role
FROM generate_series(1, %(offices)s) AS k,
    unnest(ARRAY['chief', 'section_head', 'officer', 'officer', 'officer', 'officer', 'administrator', 'auditor'])
    WITH ORDINALITY AS people (role, place);

INSERT INTO agencies_user (id, email, name, agency_id, role)
SELECT user_of(k, 9), 'penghubung@kanim' || k || '.example', 'Penghubung Contoh', agency_of(k, 0), 'liaison'
FROM generate_series(1, %(offices)s) AS k;

INSERT INTO agencies_team (id, office_id, name, level)
SELECT 2 * k - 1 + d, k, 'Tim Pora ' || k, CASE d WHEN 0 THEN 'kabupaten_kota' ELSE 'kecamatan' END
FROM generate_series(1, %(offices)s) AS k, generate_series(0, 1) AS d;

INSERT INTO documents_document (id, office_id, kind, title, dated_on)
SELECT k, k, 'notula', 'Berkas contoh', %(since)s FROM generate_series(1, %(offices)s) AS k;

INSERT INTO documents_documentversion (id, document_id, snapshot, template, template_revision, verify_code)
SELECT k, k, '{}', 'contoh', '', 'contoh-' || k FROM generate_series(1, %(offices)s) AS k;

INSERT INTO documents_upload (id, kind, name, mime, file, sha256, size)
SELECT k, 'pdf', 'bukti.pdf', 'application/pdf', 'bukti', repeat('0', 64), 1
FROM generate_series(1, %(offices)s) AS k;

-- The ways that cases take: state after state, in days since the registration.
CREATE TABLE way (name text, place integer, before text, after text, days integer);

INSERT INTO way VALUES
    ('tak', 1, 'reported', 'verification', 3), ('tak', 2, 'verification', 'examination', 10),
    ('tak', 3, 'examination', 'conference', 20), ('tak', 4, 'conference', 'decided', 25),
    ('tak', 5, 'decided', 'window', 28), ('tak', 6, 'window', 'execution', 60),
    ('tak', 7, 'execution', 'closed', 70),
    ('projustisia', 1, 'reported', 'verification', 3), ('projustisia', 2, 'verification', 'examination', 10),
    ('projustisia', 3, 'examination', 'conference', 20), ('projustisia', 4, 'conference', 'prosecution', 25),
    ('projustisia', 5, 'prosecution', 'closed', 240),
    ('nihil', 1, 'reported', 'verification', 3), ('nihil', 2, 'verification', 'not_proven', 15),
    ('limpah', 1, 'reported', 'referred', 5),
    ('teguran', 1, 'reported', 'verification', 3), ('teguran', 2, 'verification', 'closed', 14),
    ('pelindungan', 1, 'reported', 'verification', 3), ('pelindungan', 2, 'verification', 'protection', 12);

-- Offices are of unlike size: the first has five times the cases of an average one.
CREATE UNLOGGED TABLE plan AS
SELECT n, 1 + floor(%(offices)s * power(draw(n, 10), 1.5))::integer AS office,
    %(since)s::date + (n * %(days)s / %(cases)s)::integer AS day,
    CASE WHEN way < 0.45 THEN 'tak' WHEN way < 0.53 THEN 'projustisia' WHEN way < 0.68 THEN 'nihil'
        WHEN way < 0.78 THEN 'limpah' WHEN way < 0.98 THEN 'teguran' ELSE 'pelindungan' END AS way,
    0.6 + draw(n, 12) AS pace, draw(n, 13) < 0.25 AS is_pair
FROM (SELECT n, draw(n, 11) AS way FROM generate_series(1, %(cases)s::bigint) AS n) AS drawn;

CREATE UNLOGGED TABLE step AS
SELECT plan.n, plan.office, way.name AS way, way.place, way.before, way.after,
    plan.day + interval '1 day' * (way.days * plan.pace)::integer + interval '3 hours' AS at
FROM plan JOIN way ON way.name = plan.way
WHERE plan.day + (way.days * plan.pace)::integer <= %(until)s;

ANALYZE plan, step;

INSERT INTO foreigners_case (id, office_id, number, title, region_id, classification, state, state_since,
    registered_on, responsible_id, created_by_id)
SELECT n, office, 'K-' || n, 'Pokok perkara contoh',
    CASE WHEN draw(n, 20) < 0.97 THEN village_of(office, pick(n, 21, 10), pick(n, 22, 10)) END,
    CASE WHEN draw(n, 23) < 0.02 THEN 'rahasia' ELSE 'terbatas' END,
    coalesce(last.after, 'reported'), coalesce(last.at, day + interval '1 hour'), day,
    user_of(office, 3 + pick(n, 24, 4)), user_of(office, 3 + pick(n, 24, 4))
FROM plan LEFT JOIN (SELECT DISTINCT ON (n) n, after, at FROM step ORDER BY n, place DESC) AS last USING (n)
ORDER BY n;

INSERT INTO foreigners_caseevent (case_id, action, from_state, to_state, reason, receipt, receipt_sha256, at, by_id)
SELECT n, after, before, after, 'contoh', '{}', repeat('0', 64), at, user_of(office, 2)
FROM step ORDER BY at, n, place;

INSERT INTO foreigners_hold (case_id, kind, ground, since, until, by_id)
SELECT n, one_of(n, 30, ARRAY['instansi', 'orang', 'hukum']), 'contoh', day + interval '4 days',
    CASE WHEN draw(n, 31) < 0.9 THEN day + interval '9 days' END, user_of(office, 2)
FROM plan WHERE draw(n, 32) < 0.03 ORDER BY n;

-- Whom it is about: one person in each case, in every fourth a second one.
CREATE UNLOGGED TABLE person AS
SELECT n, n AS id, office, day, way FROM plan
UNION ALL SELECT n, %(cases)s + n, office, day, way FROM plan WHERE is_pair;

INSERT INTO foreigners_foreigner (id, office_id, key, name, sex, birth_year, nationality_id)
SELECT id, office, key_of(1, id), 'ORANG ' || id,
    CASE WHEN draw(id, 40) < 0.62 THEN 'L' WHEN draw(id, 40) < 0.98 THEN 'P' ELSE 'X' END,
    1955 + pick(id, 41, 50), one_of(id, 42, %(nationalities)s)
FROM person ORDER BY id;

INSERT INTO foreigners_statement (foreigner_id, subject, value, region_id, agency_id, stated_on, until)
SELECT id, 'alamat', 'Jalan Contoh', village_of(office, pick(id, 43 + turn, 10), pick(id, 45 + turn, 10)), office,
    day + 200 * turn, CASE WHEN draw(id, 47 + turn) < 0.4 THEN day + 200 * turn + pick(id, 49, 700) END
FROM person, generate_series(0, 1) AS turn
WHERE draw(id, 50 + turn) < CASE turn WHEN 0 THEN 0.93 ELSE 0.2 END AND day + 200 * turn <= %(until)s
ORDER BY day, id;

INSERT INTO foreigners_statement (foreigner_id, subject, value, agency_id, stated_on)
SELECT id, 'pekerjaan', 'Pekerjaan contoh', agency_of(office, pick(id, 52, 40)), day
FROM person WHERE draw(id, 53) < 0.2 ORDER BY day, id;

INSERT INTO foreigners_staypermit (foreigner_id, kind_id, state, starts_on, ends_on)
SELECT id, kinds[1 + pick(id, 54 + turn, 5)], CASE WHEN draw(id, 56) < 0.95 THEN 'berlaku' ELSE 'dibatalkan' END,
    day - 300 + 360 * turn, day - 300 + 360 * turn + 180 + pick(id, 57, 700)
FROM person, generate_series(0, 1) AS turn,
    (SELECT array_agg(id ORDER BY id) AS kinds FROM foreigners_permitkind
     WHERE code IN ('ITK', 'ITAS', 'ITAP', 'BVK', 'UNHCR')) AS known
WHERE draw(id, 58 + turn) < CASE turn WHEN 0 THEN 0.85 ELSE 0.3 END
ORDER BY day, id;

INSERT INTO foreigners_caseperson (id, case_id, foreigner_id, role, identity, added_by_id)
SELECT id, n, id, CASE WHEN draw(id, 60) < 0.93 THEN 'terduga' WHEN draw(id, 60) < 0.97 THEN 'saksi' ELSE 'korban' END,
    '{}', user_of(office, 3)
FROM person ORDER BY id;

INSERT INTO foreigners_caseviolation (case_id, violation_id, is_main)
SELECT n, ids[1 + mod(pick(n, 61, 19) + 7 * turn, cardinality(ids))], turn = 0
FROM plan, generate_series(0, 1) AS turn,
    (SELECT array_agg(id ORDER BY id) AS ids FROM foreigners_violation WHERE path <> 'nihil') AS known
WHERE draw(n, 62 + turn) < CASE turn WHEN 0 THEN 0.98 ELSE 0.2 END
ORDER BY n;

INSERT INTO foreigners_finding (office_id, reporter_id, key, number, reported_on, region_id, activity, state, case_id, created_by_id)
SELECT office, agency_of(office, pick(n, 70 + turn, 40)), key_of(2, 4 * n + turn), 'T-' || n || '-' || turn, day - 2 + turn,
    village_of(office, pick(n, 21, 10), pick(n, 22, 10)), 'contoh',
    (ARRAY['accepted', 'joined', 'outside', 'submitted'])[1 + turn], CASE WHEN turn < 2 THEN n END, user_of(office, 9)
FROM plan, generate_series(0, 3) AS turn
WHERE draw(n, 74 + turn) < (ARRAY[0.75, 0.1, 0.15, 0.01])[1 + turn]
ORDER BY n, turn;

-- What was done in them.
INSERT INTO foreigners_order (id, case_id, exception, task, place, check_on, issued_on, signed_by_id, version_id, created_by_id)
SELECT n, n, CASE WHEN is_caught THEN 'tertangkap' ELSE '' END, 'contoh', 'contoh', checked,
    CASE WHEN is_issued THEN CASE WHEN is_caught THEN checked + pick(n, 80, 3) ELSE checked - pick(n, 81, 2) END END,
    CASE WHEN is_issued THEN user_of(office, 1) END, CASE WHEN is_issued THEN office END, user_of(office, 3)
FROM (SELECT n, office, at::date AS checked, draw(n, 82) < 0.06 AS is_caught, draw(n, 83) < 0.97 AS is_issued
      FROM step WHERE after = 'verification') AS checked ORDER BY n;

INSERT INTO foreigners_conference (case_id, planned_at, place, chair_id, quorum, state, outcome, held_at, version_id, created_by_id)
SELECT n, at, 'contoh', user_of(office, 2), 3, 'held', CASE way WHEN 'tak' THEN 'tak' ELSE 'projustisia' END,
    at, office, user_of(office, 3)
FROM step WHERE after IN ('decided', 'prosecution') AND draw(n, 84) < 0.98 ORDER BY n;

INSERT INTO foreigners_measure (id, case_id, person_id, kind_id, content, reason, state, decided_on, decided_by_id, version_id,
    served_on, service_proof_id, execution, executed_on, execution_proof_id, drafted_by_id)
SELECT row_number() OVER (ORDER BY decided, person, turn), n, person, kinds[1 + pick(person, 85 + turn, cardinality(kinds))],
    'contoh', 'contoh', CASE WHEN decided + 3 <= %(until)s THEN 'served' ELSE 'decided' END, decided, user_of(office, 1), office,
    CASE WHEN decided + 3 <= %(until)s THEN decided + 3 END, CASE WHEN decided + 3 <= %(until)s THEN office END,
    CASE WHEN is_executed THEN 'penuh' ELSE '' END, CASE WHEN is_executed THEN decided + 40 END,
    CASE WHEN is_executed THEN office END, user_of(office, 3)
FROM (SELECT step.n, step.office, step.at::date AS decided, person.id AS person, turn,
        draw(person.id, 87) < 0.85 AND step.at::date + 40 <= %(until)s AS is_executed
      FROM step JOIN person USING (n), generate_series(0, 1) AS turn
      WHERE step.after = 'decided' AND draw(person.id, 88 + turn) < CASE turn WHEN 0 THEN 1 ELSE 0.4 END) AS decisions,
    (SELECT array_agg(id ORDER BY id) AS kinds FROM foreigners_measurekind) AS known;

INSERT INTO foreigners_objection (id, measure_id, received_on, reasons, is_late, late_reason, decided_on, outcome, recorded_by_id)
SELECT measure.id, measure.id, received, 'contoh', received > served_on + 30, CASE WHEN received > served_on + 30 THEN 'contoh' ELSE '' END,
    CASE WHEN received + 20 <= %(until)s AND draw(measure.id, 92) < 0.9 THEN received + pick(measure.id, 93, 20) END,
    CASE WHEN received + 20 <= %(until)s AND draw(measure.id, 92) < 0.9 THEN 'ditolak' ELSE '' END, drafted_by_id
FROM (SELECT *, served_on + pick(id, 91, 34) AS received FROM foreigners_measure) AS measure
WHERE served_on IS NOT NULL AND draw(id, 90) < 0.06 AND received <= %(until)s ORDER BY received, id;

INSERT INTO foreigners_prosecution (id, case_id, order_number, ordered_on, investigator_id, spdp_sent_on, created_by_id)
SELECT n, n, 'SP-' || n, at::date, user_of(office, 3), CASE WHEN draw(n, 94) < 0.97 THEN at::date + pick(n, 95, 9) END, user_of(office, 3)
FROM step WHERE after = 'prosecution' ORDER BY n;

INSERT INTO foreigners_stageevent (prosecution_id, stage, "on", note, by_id)
SELECT prosecution.id, reached.stage, ordered_on + days, '', investigator_id
FROM foreigners_prosecution AS prosecution,
    (VALUES ('penuntutan', 60), ('sidang', 120), ('putusan', 180)) AS reached (stage, days)
WHERE ordered_on + days <= %(until)s ORDER BY ordered_on + days, prosecution.id;

UPDATE foreigners_prosecution AS prosecution SET stage = last.stage
FROM (SELECT DISTINCT ON (prosecution_id) prosecution_id, stage FROM foreigners_stageevent ORDER BY prosecution_id, id DESC) AS last
WHERE last.prosecution_id = prosecution.id;

INSERT INTO foreigners_referral (case_id, agency_id, reason, card, content, state, receipt_number, sent_at, sent_by_id)
SELECT n, agency_of(office, pick(n, 96, 40)), 'contoh', 'contoh', 'contoh',
    CASE WHEN draw(n, 97) < 0.9 THEN 'diterima' ELSE 'dikirim' END, 'contoh', at, user_of(office, 2)
FROM step WHERE after = 'referred' ORDER BY at;

-- What ran meanwhile. A clock that is due in the future runs; of the others some ended late.
INSERT INTO foreigners_clock (case_id, rule_id, order_id, measure_id, objection_id, prosecution_id, started_on, due_on, state, ended_on)
SELECT case_id, rule.id, order_id, measure_id, objection_id, prosecution_id, since, since + days,
    CASE WHEN since + days > %(until)s THEN 'berjalan' WHEN is_forgotten THEN 'terlambat' ELSE 'terpenuhi' END,
    CASE WHEN since + days <= %(until)s AND NOT is_forgotten THEN since + pick(key, 98, days + 2) END
FROM (
    SELECT 'order_after_exception' AS code, case_id, id AS order_id, NULL::bigint AS measure_id, NULL::bigint AS objection_id,
        NULL::bigint AS prosecution_id, check_on AS since, 1 AS days, 4 * id AS key, draw(id, 99) < 0.002 AS is_forgotten
    FROM foreigners_order WHERE exception <> ''
    UNION ALL SELECT 'objection', case_id, NULL, id, NULL, NULL, served_on, 30, 4 * id + 1, false
    FROM foreigners_measure WHERE served_on IS NOT NULL
    UNION ALL SELECT code, case_id, NULL, NULL, objection.id, NULL, received_on, days, 4 * objection.id + 2, draw(objection.id, 100) < 0.01
    FROM foreigners_objection AS objection JOIN foreigners_measure AS measure ON measure.id = measure_id,
        (VALUES ('forward', 7), ('minister', 14)) AS asked (code, days)
    UNION ALL SELECT 'spdp', case_id, NULL, NULL, NULL, id, ordered_on, 7, 4 * id + 3, draw(id, 101) < 0.01
    FROM foreigners_prosecution
) AS started JOIN foreigners_clockrule AS rule ON rule.code = started.code
ORDER BY since;

-- What the teams did together: meetings, who was invited and came, what was said.
CREATE UNLOGGED TABLE gathering AS
SELECT n, 1 + pick(n, 110, %(offices)s) AS office, draw(n, 111) < 0.3 AS is_district,
    CASE WHEN draw(n, 112) < 0.1 THEN 'operasi_gabungan' WHEN draw(n, 112) < 0.8 THEN 'rapat_koordinasi'
        WHEN draw(n, 112) < 0.9 THEN 'rapat_penguatan' ELSE 'sosialisasi' END AS kind,
    %(since)s::date + interval '1 day' * (n * %(days)s / %(meetings)s)::integer + interval '1 hour' * (1 + pick(n, 113, 7)) AS at,
    CASE WHEN draw(n, 114) < 0.05 THEN 'cancelled' WHEN n > %(meetings)s * 0.995 THEN 'minutes'
        WHEN n > %(meetings)s * 0.99 THEN 'review' ELSE 'approved' END AS state
FROM generate_series(1, %(meetings)s::bigint) AS n;

INSERT INTO meetings_meeting (id, office_id, kind, title, team_id, level, venue, starts_at, ends_at, state, cancel_reason,
    uid, form_token, created_by_id)
SELECT n, office, kind, 'Rapat contoh ' || n, 2 * office - 1 + is_district::integer,
    CASE WHEN is_district THEN 'kecamatan' ELSE 'kabupaten_kota' END, 'Aula contoh', at, at + interval '2 hours', state,
    CASE state WHEN 'cancelled' THEN 'contoh' ELSE '' END, key_of(3, n), key_of(4, n), user_of(office, 3)
FROM gathering ORDER BY n;

INSERT INTO meetings_meeting_scope_regions (meeting_id, region_id)
SELECT n, CASE WHEN is_district THEN left(village_of(office, mod(pick(n, 115, 10) + turn, 10), 0), 8) ELSE regency_of(office) END
FROM gathering, generate_series(0, 1) AS turn
WHERE turn = 0 OR is_district AND draw(n, 116) < 0.3 ORDER BY n;

INSERT INTO meetings_agendaitem (id, meeting_id, "order", kind, title)
SELECT 3 * n + place, n, place, (ARRAY['sambutan', 'pertukaran_informasi', 'kesimpulan'])[1 + place], 'Acara contoh'
FROM gathering, generate_series(0, 2) AS place ORDER BY n, place;

INSERT INTO meetings_invitation (id, meeting_id, agency_id, role, addressee, sent_at, token)
SELECT (n - 1) * %(lines)s + line, n, agency_of(office, mod(pick(n, 117, 40) + line, 40)),
    CASE WHEN line <= %(lines)s * 0.8 THEN 'anggota' WHEN line < %(lines)s - 1 THEN 'tamu' ELSE 'narasumber' END,
    'Kepala Contoh', at - interval '7 days', 'contoh-' || lpad(((n - 1) * %(lines)s + line)::text, 12, '0')
FROM gathering, generate_series(1, %(lines)s - 1) AS line ORDER BY n, line;

INSERT INTO meetings_attendance (id, meeting_id, invitation_id, agency_id, agency_text, person, state, method, recorded_at)
SELECT id, n, CASE WHEN line < %(lines)s THEN id END,
    CASE WHEN line < %(lines)s THEN agency_of(office, mod(pick(n, 117, 40) + line, 40)) END,
    CASE WHEN line < %(lines)s THEN '' ELSE 'Tamu contoh' END, 'Orang contoh', said,
    CASE said WHEN '' THEN '' ELSE 'tautan' END, CASE said WHEN '' THEN NULL ELSE at END
FROM (SELECT gathering.*, line, (n - 1) * %(lines)s + line AS id,
        CASE WHEN state = 'cancelled' THEN '' WHEN came < 0.6 THEN 'hadir' WHEN came < 0.75 THEN 'diwakilkan'
            WHEN came < 0.83 THEN 'izin' WHEN came < 0.95 THEN 'tidak_hadir' ELSE '' END AS said
      FROM gathering, generate_series(1, %(lines)s) AS line, LATERAL (SELECT draw((n - 1) * %(lines)s + line, 118) AS came) AS drawn
     ) AS lines ORDER BY id;

INSERT INTO meetings_minutes (id, meeting_id, version, reason, state, approved_at, approved_by_id, circulation_id)
SELECT 2 * n + turn, n, 1 + turn, CASE turn WHEN 0 THEN '' ELSE 'contoh' END,
    CASE state WHEN 'approved' THEN 'approved' WHEN 'review' THEN 'review' ELSE 'draft' END,
    CASE state WHEN 'approved' THEN at + interval '9 days' END, CASE state WHEN 'approved' THEN user_of(office, 1) END,
    CASE state WHEN 'approved' THEN office END
FROM gathering, generate_series(0, 1) AS turn
WHERE state <> 'cancelled' AND (turn = 0 OR state = 'approved' AND draw(n, 119) < 0.04) ORDER BY n, turn;

INSERT INTO meetings_entry (minutes_id, item_id, key, "order", kind, agency_id, text, classification)
SELECT minutes.id, 3 * n + 1, key_of(5, 8 * n + line), line, one_of(8 * n + line, 120, ARRAY['pernyataan', 'pernyataan', 'temuan', 'keputusan', 'pertanyaan']),
    CASE WHEN draw(8 * n + line, 121) < 0.9 THEN agency_of(office, pick(8 * n + line, 122, 40)) END, 'Uraian contoh',
    one_of(8 * n + line, 123, ARRAY['biasa', 'biasa', 'biasa', 'terbatas', 'rahasia'])
FROM meetings_minutes AS minutes JOIN gathering ON n = meeting_id, generate_series(0, 7) AS line
ORDER BY minutes.id, line;

INSERT INTO meetings_followup (office_id, team_id, origin_id, key, text, owner_id, due_on, state, created_on, done_on)
SELECT office, 2 * office - 1 + is_district::integer, n, key_of(6, 2 * n + turn), 'Tindak lanjut contoh',
    agency_of(office, pick(2 * n + turn, 124, 40)), due, said, at::date, CASE said WHEN 'done' THEN at::date + took END
FROM (SELECT gathering.*, turn, at::date + 14 + pick(2 * n + turn, 125, 30) AS due, pick(2 * n + turn, 126, 60) AS took,
        CASE WHEN draw(2 * n + turn, 127) < 0.04 THEN 'cancelled'
            WHEN draw(2 * n + turn, 127) < 0.9 AND at::date + pick(2 * n + turn, 126, 60) <= %(until)s THEN 'done'
            ELSE 'open' END AS said
      FROM gathering, generate_series(0, 1) AS turn WHERE state <> 'cancelled') AS duties
ORDER BY n, turn;

INSERT INTO meetings_operation (meeting_id) SELECT n FROM gathering WHERE kind = 'operasi_gabungan' ORDER BY n;

INSERT INTO meetings_operationplace (meeting_id, "order", place, region_id, result, visited_at, note)
SELECT n, place, 'Tempat contoh ' || place,
    CASE WHEN draw(8 * n + place, 128) < 0.95 THEN village_of(office, pick(8 * n + place, 129, 10), pick(8 * n + place, 130, 10)) END,
    found, CASE found WHEN '' THEN NULL ELSE at END, 'contoh'
FROM (SELECT gathering.*, place, one_of(8 * n + place, 131, ARRAY['nihil', 'nihil', 'nihil', 'temuan', 'temuan', 'berhenti', '']) AS found
      FROM gathering, generate_series(1, 6) AS place WHERE kind = 'operasi_gabungan' AND state <> 'cancelled') AS visits
ORDER BY n, place;

DROP TABLE gathering, person, step, plan, way;

DROP FUNCTION one_of, pick, draw, key_of, regency_of, village_of, agency_of, user_of;
