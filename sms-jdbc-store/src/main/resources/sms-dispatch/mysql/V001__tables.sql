-- liquibase formatted sql
-- changeset smsdispatch:1

-- All times are UTC. Ids of messages and attempts are UUIDs, 16 bytes.

-- One row a message: only what the dispatch reads and writes again and again.
CREATE TABLE IF NOT EXISTS ${prefix}message (
  id BINARY(16) NOT NULL,
  state TINYINT NOT NULL COMMENT 'see ${prefix}state',
  queue INT NOT NULL COMMENT 'what it waits for: 10 x account + 1-3 a hand-over in a lane, + 4 a look-up; 1-3 an account, 4 the end of a hand-over, 5 only a report, as its validity ends before a claim; 0 nothing, -1 nothing, and number and text are erased',
  next_at DATETIME(6) NULL COMMENT 'when it needs attention; once it is final: since when',
  fence BIGINT NOT NULL COMMENT 'number of the claim',
  lane TINYINT NOT NULL COMMENT 'see ${prefix}name',
  hold TINYINT NULL COMMENT 'why it waits, see ${prefix}name',
  account_id SMALLINT NULL COMMENT 'of the latest hand-over',
  due_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  closes_at DATETIME(6) NULL COMMENT 'when to look whether its time is over; null once it is final',
  updated_at DATETIME(6) NOT NULL COMMENT 'of the latest change of state',
  attempts INT NOT NULL,
  lookups INT NOT NULL COMMENT 'since the latest hand-over',
  answered_lookups INT NOT NULL COMMENT 'how many of these were answered in full',
  segments INT NOT NULL,
  events INT NOT NULL,
  tenant VARCHAR(64) NOT NULL,
  reason TINYINT NULL COMMENT 'of the latest change, see ${prefix}name',
  code VARCHAR(64) NULL,
  detail VARCHAR(255) NULL,
  PRIMARY KEY (id),
  KEY ${prefix}message_queue (queue, next_at),
  KEY ${prefix}message_close (closes_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What is written once and read when it is handed over. Number, sender, text and key in clear can be erased before the rest.
CREATE TABLE IF NOT EXISTS ${prefix}message_body (
  id BINARY(16) NOT NULL,
  tenant VARCHAR(64) NOT NULL,
  idempotency_key VARCHAR(190) NULL,
  key_hash BINARY(32) NULL COMMENT 'of tenant and key, exact to the letter',
  recipient VARCHAR(16) NULL COMMENT 'null once it is erased',
  sender VARCHAR(16) NULL,
  body MEDIUMTEXT NULL COMMENT 'null once it is erased',
  send_at DATETIME(6) NULL COMMENT 'as the caller gave it',
  campaign VARCHAR(190) NULL,
  doubt_policy TINYINT NOT NULL COMMENT 'see ${prefix}name',
  attributes SMALLINT NOT NULL COMMENT 'how many ${prefix}message_attribute has',
  PRIMARY KEY (id),
  UNIQUE KEY ${prefix}message_body_key (key_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}message_attribute (
  message_id BINARY(16) NOT NULL,
  seq SMALLINT NOT NULL,
  name VARCHAR(64) NOT NULL,
  content VARCHAR(255) NOT NULL,
  PRIMARY KEY (message_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row a hand-over; its id is the reference that the provider gets.
CREATE TABLE IF NOT EXISTS ${prefix}attempt (
  message_id BINARY(16) NOT NULL,
  seq INT NOT NULL,
  id BINARY(16) NOT NULL,
  account_id SMALLINT NOT NULL,
  receipts_per_part BOOLEAN NOT NULL COMMENT 'whether each part of a long text is reported on by itself',
  result TINYINT NOT NULL COMMENT 'see ${prefix}name',
  reason TINYINT NULL COMMENT 'see ${prefix}name',
  code VARCHAR(64) NULL,
  retry_after INT NULL COMMENT 'seconds, as the provider asked for; null where it did not',
  cost DECIMAL(20,8) NULL,
  currency CHAR(3) NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  PRIMARY KEY (message_id, seq),
  UNIQUE KEY ${prefix}attempt_id (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One row for each id that a provider gave; a message of one part has one.
CREATE TABLE IF NOT EXISTS ${prefix}attempt_part (
  account_id SMALLINT NOT NULL,
  provider_message_id VARCHAR(190) NOT NULL,
  message_id BINARY(16) NOT NULL,
  attempt INT NOT NULL,
  attempt_id BINARY(16) NOT NULL,
  seq INT NOT NULL,
  state TINYINT NOT NULL COMMENT 'see ${prefix}name, kind receipt',
  PRIMARY KEY (account_id, provider_message_id),
  KEY ${prefix}attempt_part_message (message_id, attempt)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The inbox of receipts, and the memory of those that came before. Purged from the front, by seq.
CREATE TABLE IF NOT EXISTS ${prefix}receipt (
  seq BIGINT NOT NULL AUTO_INCREMENT,
  hash BINARY(32) NOT NULL COMMENT 'of what makes two receipts the same',
  account_id SMALLINT NOT NULL,
  provider_message_id VARCHAR(190) NOT NULL,
  reference BINARY(16) NULL,
  state TINYINT NOT NULL COMMENT 'see ${prefix}name',
  status VARCHAR(190) NOT NULL,
  error_code VARCHAR(64) NULL,
  reason TINYINT NULL COMMENT 'what the code means, see ${prefix}name',
  occurred_at DATETIME(6) NULL COMMENT 'by the clock of the provider',
  received_at DATETIME(6) NOT NULL,
  stage TINYINT NOT NULL COMMENT 'see ${prefix}name, kind receipt_stage',
  try_at DATETIME(6) NULL COMMENT 'when to try to apply it; null once it is, or is not tried any more',
  PRIMARY KEY (seq),
  UNIQUE KEY ${prefix}receipt_hash (hash),
  KEY ${prefix}receipt_try (stage, try_at, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}event (
  message_id BINARY(16) NOT NULL,
  seq INT NOT NULL,
  happened_at DATETIME(6) NOT NULL,
  from_state TINYINT NULL,
  to_state TINYINT NOT NULL,
  source TINYINT NOT NULL COMMENT 'see ${prefix}name',
  account_id SMALLINT NULL,
  reason TINYINT NULL COMMENT 'see ${prefix}name',
  code VARCHAR(64) NULL,
  detail VARCHAR(255) NULL,
  PRIMARY KEY (message_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}suppression (
  tenant VARCHAR(64) NOT NULL,
  recipient VARCHAR(16) NOT NULL,
  origin TINYINT NOT NULL DEFAULT 1 COMMENT 'see ${prefix}name; what is put in by hand is an operator''s',
  since DATETIME(6) NOT NULL,
  PRIMARY KEY (tenant, recipient)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What people said of getting texts: obeyed once, so kept for good. A START whose row is gone can undo a later STOP.
CREATE TABLE IF NOT EXISTS ${prefix}consent (
  hash BINARY(32) NOT NULL COMMENT 'SHA-256 over account and the provider''s id',
  heard_at DATETIME(6) NOT NULL,
  PRIMARY KEY (hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Every provider account that was ever used, with its run state.
CREATE TABLE IF NOT EXISTS ${prefix}account (
  id SMALLINT NOT NULL AUTO_INCREMENT,
  provider VARCHAR(32) NOT NULL,
  account VARCHAR(32) NOT NULL,
  run_state TINYINT NULL COMMENT 'see ${prefix}name; null: no operator has set it',
  PRIMARY KEY (id),
  UNIQUE KEY ${prefix}account_name (provider, account)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The names behind the numbers, for people.
CREATE TABLE IF NOT EXISTS ${prefix}state (
  id TINYINT NOT NULL,
  name VARCHAR(32) NOT NULL,
  is_final BOOLEAN NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS ${prefix}name (
  kind VARCHAR(16) NOT NULL,
  id TINYINT NOT NULL,
  name VARCHAR(32) NOT NULL,
  PRIMARY KEY (kind, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Which scripts were run to their end. Each says so itself, whoever runs it.
CREATE TABLE IF NOT EXISTS ${prefix}schema_version (
  version INT NOT NULL,
  script VARCHAR(64) NOT NULL,
  applied_at DATETIME(6) NOT NULL,
  PRIMARY KEY (version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

REPLACE INTO ${prefix}schema_version (version, script, applied_at) VALUES (1, 'V001__tables.sql', UTC_TIMESTAMP(6));
