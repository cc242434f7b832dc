-- liquibase formatted sql
-- changeset smsdispatch:2

-- Begins by emptying the tables, so that it can be run again after a failure half-way.
DELETE FROM ${prefix}state;
INSERT INTO ${prefix}state (id, name, is_final) VALUES
  (1, 'SCHEDULED', FALSE),
  (2, 'QUEUED', FALSE),
  (3, 'SUBMITTING', FALSE),
  (4, 'IN_DOUBT', FALSE),
  (5, 'SENT', FALSE),
  (6, 'DELIVERED', TRUE),
  (7, 'UNDELIVERED', TRUE),
  (8, 'REJECTED', TRUE),
  (9, 'SUPPRESSED', TRUE),
  (10, 'EXPIRED', TRUE),
  (11, 'UNCONFIRMED', TRUE),
  (12, 'CANCELLED', TRUE);
DELETE FROM ${prefix}name;
INSERT INTO ${prefix}name (kind, id, name) VALUES
  ('lane', 1, 'REPLY'),
  ('lane', 2, 'NORMAL'),
  ('lane', 3, 'BULK'),
  ('hold', 1, 'NO_PROVIDER_UP'),
  ('hold', 2, 'THROTTLED'),
  ('hold', 3, 'RETRY_LATER'),
  ('doubt_policy', 1, 'HOLD'),
  ('doubt_policy', 2, 'RESEND'),
  ('result', 1, 'OPEN'),
  ('result', 2, 'ACCEPTED'),
  ('result', 3, 'REFUSED'),
  ('result', 4, 'UNKNOWN'),
  ('reason', 1, 'RECIPIENT'),
  ('reason', 2, 'OPTED_OUT'),
  ('reason', 3, 'CONTENT'),
  ('reason', 4, 'SENDER'),
  ('reason', 5, 'DESTINATION'),
  ('reason', 6, 'ACCOUNT'),
  ('reason', 7, 'THROTTLED'),
  ('reason', 8, 'UNAVAILABLE'),
  ('reason', 9, 'RECIPIENT_BUSY'),
  ('receipt', 1, 'ENROUTE'),
  ('receipt', 2, 'DELIVERED'),
  ('receipt', 3, 'UNDELIVERED'),
  ('receipt', 4, 'UNKNOWN'),
  ('receipt_stage', 1, 'NEW'),
  ('receipt_stage', 2, 'RETRY'),
  ('receipt_stage', 3, 'GIVEN_UP'),
  ('receipt_stage', 4, 'APPLIED'),
  ('source', 1, 'CALLER'),
  ('source', 2, 'DISPATCH'),
  ('source', 3, 'RECEIPT'),
  ('source', 4, 'LOOKUP'),
  ('source', 5, 'RECOVERY'),
  ('source', 6, 'EXPIRY'),
  ('run_state', 1, 'RUNNING'),
  ('run_state', 2, 'DRAINING'),
  ('run_state', 3, 'PAUSED'),
  ('origin', 1, 'OPERATOR'),
  ('origin', 2, 'RECIPIENT');

REPLACE INTO ${prefix}schema_version (version, script, applied_at) VALUES (2, 'V002__names.sql', UTC_TIMESTAMP(6));
