-- liquibase formatted sql
-- changeset smsdispatch:4

-- One row for each account with an agreed rate: how far its hand-overs are reserved, by all nodes together.
CREATE TABLE IF NOT EXISTS ${prefix}rate (
  account_id SMALLINT NOT NULL,
  asked_at TIMESTAMP(6) NOT NULL,
  next_at TIMESTAMP(6) NOT NULL,
  part INT NOT NULL,
  parts INT NOT NULL,
  PRIMARY KEY (account_id)
);

MERGE INTO ${prefix}schema_version (version, script, applied_at) KEY (version)
VALUES (4, 'V004__rates.sql', DATEADD(MICROSECOND, CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT), TIMESTAMP '1970-01-01 00:00:00'));
