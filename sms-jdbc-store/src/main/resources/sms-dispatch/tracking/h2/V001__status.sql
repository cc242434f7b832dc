-- What became of the messages of a table of yours: one row for each provider id in it, which joins to it by that id.
-- ${status} is the name of that table and "_status", ${due} that and "_due".
CREATE TABLE IF NOT EXISTS ${status} (
  provider_message_id VARCHAR(190) NOT NULL,
  state VARCHAR(12) NOT NULL,
  provider_status VARCHAR(64),
  error_code VARCHAR(64),
  reason VARCHAR(16),
  reported_at TIMESTAMP(6),
  since TIMESTAMP(6) NOT NULL,
  first_look_at TIMESTAMP(6),
  last_look_at TIMESTAMP(6),
  looks INT NOT NULL,
  misses INT NOT NULL,
  next_at TIMESTAMP(6),
  PRIMARY KEY (provider_message_id)
);

CREATE INDEX IF NOT EXISTS ${due} ON ${status} (next_at);
