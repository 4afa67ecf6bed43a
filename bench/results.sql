-- A year that waits to be computed: bench.units units, every item judged by three inspectors with two
-- deductions each, decided by the group.
INSERT INTO unit (id, code, name, short_name, unit_class, kind, active, sort_order,
                  version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), 'U' || n, '第' || n || '局', n || '局',
       (ARRAY['党政机关', '事业单位', '国有企业', '县市区'])[n % 4 + 1], 'unit', true, n,
       1, now(), now(), ''
  FROM generate_series(1, current_setting('bench.units')::int) n;

INSERT INTO inspection_group (id, campaign_id, name, version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), c.id, '第' || n || '组', 1, now(), now(), ''
  FROM campaign c, generate_series(1, 12) n;

INSERT INTO inspection (id, campaign_id, unit_id, group_id, state, visit_place,
                        version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), g.campaign_id, u.id, g.id, 'finalized', '', 1, now(), now(), ''
  FROM unit u JOIN inspection_group g ON g.name = '第' || (u.sort_order % 12 + 1) || '组';

INSERT INTO score_sheet (id, unit_id, inspection_id, inspector_id, state,
                         version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), i.unit_id, i.id, gen_random_uuid(), 'submitted', 1, now(), now(), ''
  FROM inspection i JOIN campaign c ON c.id = i.campaign_id AND c.year = 2026,
       generate_series(1, 3);

INSERT INTO judgement (id, unit_id, sheet_id, criterion_id, doubt, note,
                       version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), s.unit_id, s.id, c.id, false, '', 1, now(), now(), ''
  FROM score_sheet s, criterion c;

INSERT INTO deduction (id, unit_id, judgement_id, clause, times, fact, absence, points, inspector)
SELECT gen_random_uuid(), j.unit_id, j.id, '部分落实、存在明显缺项的，每处', 1,
       '三季度未开展专题学习，查阅记录为空', '缺少三季度学习记录', 0.25, '评分员'
  FROM judgement j, generate_series(1, 2);

INSERT INTO item_decision (id, unit_id, inspection_id, criterion_id, lost, restored, deductions,
                           reason, decided_by, version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), i.unit_id, i.id, c.id, 0.25 * drawn.n, 0,
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'clause', '部分落实、存在明显缺项的，每处', 'times', 1,
                   'fact', '三季度未开展专题学习，查阅记录为空', 'absence', '缺少三季度学习记录',
                   'points', '0.25', 'inspector', '评分员')), '[]')
          FROM generate_series(1, drawn.n)),
       '', '组长', 1, now(), now(), ''
  FROM inspection i JOIN campaign y ON y.id = i.campaign_id AND y.year = 2026,
       criterion c, LATERAL (SELECT abs(hashtext(i.unit_id::text || c.code)) % 3 AS n) drawn;

INSERT INTO finding (id, unit_id, inspection_id, criterion_id, text, root_cause, found_by,
                     version, created_at, updated_at, updated_by)
SELECT gen_random_uuid(), unit_id, inspection_id, criterion_id, '发现问题', '', '评分员',
       1, now(), now(), ''
  FROM item_decision WHERE lost > 0 AND abs(hashtext(id::text)) % 5 = 0;
