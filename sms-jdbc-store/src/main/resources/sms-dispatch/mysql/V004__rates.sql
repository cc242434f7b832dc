-- liquibase formatted sql
-- changeset smsdispatch:4

-- One row for each account with an agreed rate: how far its hand-overs are reserved, by all nodes together.
CREATE TABLE IF NOT EXISTS ${prefix}rate (
  account_id SMALLINT NOT NULL,
  asked_at DATETIME(6) NOT NULL COMMENT 'when a node last asked; later than now: the clock was set back',
  next_at DATETIME(6) NOT NULL COMMENT 'when the next hand-over may begin',
  part INT NOT NULL COMMENT 'and so many parts of a microsecond later',
  parts INT NOT NULL COMMENT 'how many of them make a microsecond',
  PRIMARY KEY (account_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

REPLACE INTO ${prefix}schema_version (version, script, applied_at) VALUES (4, 'V004__rates.sql', UTC_TIMESTAMP(6));
