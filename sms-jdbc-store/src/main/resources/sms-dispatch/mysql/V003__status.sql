-- liquibase formatted sql
-- changeset smsdispatch:3

-- One readable line a message, without number and text. The UUID is put together by hand: BIN_TO_UUID is only in MySQL, the type UUID only in
-- MariaDB.
CREATE OR REPLACE VIEW ${prefix}status AS
SELECT
  LOWER(CONCAT_WS('-', SUBSTR(HEX(m.id), 1, 8), SUBSTR(HEX(m.id), 9, 4), SUBSTR(HEX(m.id), 13, 4),
    SUBSTR(HEX(m.id), 17, 4), SUBSTR(HEX(m.id), 21))) AS message_id,
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

REPLACE INTO ${prefix}schema_version (version, script, applied_at) VALUES (3, 'V003__status.sql', UTC_TIMESTAMP(6));
