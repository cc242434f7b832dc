-- What became of the messages of a table of yours: one row for each provider id in it, which joins to it by that id.
-- ${status} is the name of that table and "_status"; ${charset} is the character set of its column of ids.
CREATE TABLE IF NOT EXISTS ${status} (
  provider_message_id VARCHAR(190) CHARACTER SET ${charset} COLLATE ${charset}_bin NOT NULL,
  state VARCHAR(12) NOT NULL COMMENT 'SENT: on its way, as far as we know; final: DELIVERED, UNDELIVERED, UNCONFIRMED',
  provider_status VARCHAR(64) NULL COMMENT 'the word of the provider',
  error_code VARCHAR(64) NULL COMMENT 'the code of the provider',
  reason VARCHAR(16) NULL COMMENT 'what the code means, in words of ours',
  reported_at DATETIME(6) NULL COMMENT 'when that happened, by the clock of the provider; all times are UTC',
  since DATETIME(6) NOT NULL COMMENT 'when the row was made',
  first_look_at DATETIME(6) NULL,
  last_look_at DATETIME(6) NULL,
  looks INT NOT NULL COMMENT 'how often we looked',
  misses INT NOT NULL COMMENT 'how many of the last looks told nothing of it',
  next_at DATETIME(6) NULL COMMENT 'not looked at before: pause, or lease of a process; null: final',
  PRIMARY KEY (provider_message_id),
  KEY due (next_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
