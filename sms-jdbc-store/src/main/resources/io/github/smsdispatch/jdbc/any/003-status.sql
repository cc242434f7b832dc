-- One readable line a message, without number and text. What writes a binary id as a UUID stands in Dialect.
CREATE OR REPLACE VIEW ~status AS
SELECT
  {message_id} AS message_id,
  m.tenant, b.idempotency_key, b.campaign, s.name AS state, s.is_final, h.name AS hold, l.name AS lane,
  a.provider, a.account,
  (SELECT p.provider_message_id FROM ~attempt_part p WHERE p.message_id = m.id
    ORDER BY p.attempt DESC, p.seq LIMIT 1) AS provider_message_id,
  m.attempts, m.segments, r.name AS reason, m.code, m.detail, m.due_at, m.expires_at, CASE WHEN m.queue > 0 THEN m.next_at END AS next_at,
  m.updated_at
FROM ~message m
JOIN ~message_body b ON b.id = m.id
JOIN ~state s ON s.id = m.state
JOIN ~name l ON l.kind = 'lane' AND l.id = m.lane
LEFT JOIN ~name h ON h.kind = 'hold' AND h.id = m.hold
LEFT JOIN ~name r ON r.kind = 'reason' AND r.id = m.reason
LEFT JOIN ~account a ON a.id = m.account_id;
