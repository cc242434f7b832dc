-- liquibase formatted sql
-- changeset smsdispatch:3

-- One readable line a message, without number and text.
CREATE OR REPLACE VIEW ${prefix}status AS
SELECT
  CAST(CAST(m.id AS UUID) AS VARCHAR) AS message_id,
  m.tenant, b.idempotency_key, b.campaign, s.name AS state, s.is_final, h.name AS hold, l.name AS lane,
  a.provider, a.account,
  (SELECT p.provider_message_id FROM ${prefix}attempt_part p WHERE p.message_id = m.id
    ORDER BY p.attempt DESC, p.seq LIMIT 1) AS provider_message_id,
  m.attempts, m.segments, r.name AS reason, m.code, m.detail, m.due_at, m.expires_at, CASE WHEN m.queue > 0 THEN m.next_at END AS next_at,
  m.updated_at
FROM ${prefix}message m
JOIN ${prefix}message_body b ON b.id = m.id
JOIN ${prefix}state s ON s.id = m.state
JOIN ${prefix}name l ON l.kind = 'lane' AND l.id = m.lane
LEFT JOIN ${prefix}name h ON h.kind = 'hold' AND h.id = m.hold
LEFT JOIN ${prefix}name r ON r.kind = 'reason' AND r.id = m.reason
LEFT JOIN ${prefix}account a ON a.id = m.account_id;

MERGE INTO ${prefix}schema_version (version, script, applied_at) KEY (version)
VALUES (3, 'V003__status.sql', DATEADD(MICROSECOND, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT), TIMESTAMP '1970-01-01 00:00:00'));
