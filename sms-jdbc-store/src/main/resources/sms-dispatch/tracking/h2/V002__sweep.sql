-- One row: how far the log of the provider has been read. ${sweep} is the name of your table and "_status_sweep".
CREATE TABLE IF NOT EXISTS ${sweep} (
  id TINYINT NOT NULL,
  from_at TIMESTAMP(6) NOT NULL,
  until_at TIMESTAMP(6) NOT NULL,
  page_cursor VARCHAR,
  fence BIGINT NOT NULL,
  leased_until TIMESTAMP(6) NOT NULL,
  ended_at TIMESTAMP(6),
  PRIMARY KEY (id)
);
