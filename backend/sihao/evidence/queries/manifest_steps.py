"""How the lines of a manifest become evidence: statements in their order, each for all lines.

What is known of a path is looked up line by line in its index (LATERAL): tens of thousands of rows
that came a moment ago are unknown to the planner's statistics, and a join would go wrong on them.
For the same reason piece and file take over the id of the line that they are made of.
"""

STEPS = {
    "lines": """
INSERT INTO evidence_manifest_line (id, unit_id, manifest_id, position, path, size, sha256, codes,
                                    title, kind, covers_from, covers_until)
SELECT gen_random_uuid(), :unit, :manifest, l.position, l.path, l.size, l.sha256, l.codes,
       l.title, l.kind, l.covers_from, l.covers_until
  FROM json_to_recordset(CAST(:lines AS json)) AS l (position int, path text, size bigint,
       sha256 text, codes text[], title text, kind text, covers_from date, covers_until date)
""",
    "unchanged": """
UPDATE evidence_manifest_line l SET file_id = (
  SELECT f.id FROM evidence_file f JOIN evidence e ON e.id = f.evidence_id
   WHERE f.unit_id = :unit AND f.path = l.path AND f.replaced_at IS NULL
     AND coalesce(f.sha256, f.declared_sha256) = l.sha256
     AND coalesce(f.size, f.declared_size) = l.size
     AND e.campaign_id = :campaign AND e.state <> 'withdrawn'
   ORDER BY f.promised_at DESC LIMIT 1)
 WHERE l.manifest_id = :manifest
""",
    "revised": """
WITH made AS (
INSERT INTO evidence_file (id, unit_id, evidence_id, position, file_name, path, declared_sha256,
                           declared_size, media_type, text, promised_at, late, uploaded_by,
                           replaces_id)
SELECT l.id, l.unit_id, old.evidence_id, old.position, old.file_name, l.path, l.sha256,
       l.size, 'application/octet-stream', '', :now, false, :who, old.id
  FROM evidence_manifest_line l CROSS JOIN LATERAL (
  SELECT f.id, f.evidence_id, f.position, f.file_name
    FROM evidence_file f JOIN evidence e ON e.id = f.evidence_id
   WHERE f.unit_id = :unit AND f.path = l.path AND f.replaced_at IS NULL
     AND e.campaign_id = :campaign AND e.state <> 'withdrawn'
   ORDER BY f.received_at DESC NULLS LAST, f.promised_at DESC LIMIT 1) old
 WHERE l.manifest_id = :manifest AND l.file_id IS NULL
RETURNING id)
UPDATE evidence_manifest_line l SET file_id = l.id FROM made WHERE l.id = made.id
""",
    "pieces": """
INSERT INTO evidence (id, unit_id, campaign_id, title, kind, covers_from, covers_until, note, state,
                      not_secret, uploaded_by, uploaded_by_id, version, created_at, updated_at,
                      updated_by)
SELECT l.id, l.unit_id, :campaign, l.title, l.kind, l.covers_from, l.covers_until, '', 'promised',
       true, :who, :who_id, 1, :now, :now, :who
  FROM evidence_manifest_line l
 WHERE l.manifest_id = :manifest AND l.file_id IS NULL
""",
    "made": """
INSERT INTO evidence_file (id, unit_id, evidence_id, position, file_name, path, declared_sha256,
                           declared_size, media_type, text, promised_at, late, uploaded_by)
SELECT l.id, l.unit_id, l.id, 1, substring(l.path FROM '[^/]+$'), l.path, l.sha256, l.size,
       'application/octet-stream', '', :now, false, :who
  FROM evidence_manifest_line l WHERE l.manifest_id = :manifest AND l.file_id IS NULL
""",
    "named": """
UPDATE evidence_manifest_line SET file_id = id WHERE manifest_id = :manifest AND file_id IS NULL
""",
    "links": """
INSERT INTO evidence_link (id, unit_id, evidence_id, criterion_id, verdict, reason, version,
                           created_at, updated_at, updated_by)
SELECT gen_random_uuid(), l.unit_id, f.evidence_id, c.id, 'unreviewed', '', 1, :now, :now, :who
  FROM evidence_manifest_line l
  JOIN evidence_file f ON f.id = l.file_id
 CROSS JOIN unnest(l.codes) AS shown (item)
  JOIN criterion c ON c.standard_id = :standard AND c.code = shown.item
 WHERE l.manifest_id = :manifest
ON CONFLICT ON CONSTRAINT uq_evidence_link_target DO NOTHING
""",
}
