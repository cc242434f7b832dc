-- One row: how far the log of the provider has been read. ${sweep} is the name of your table and "_status_sweep".
CREATE TABLE IF NOT EXISTS ${sweep} (
  id TINYINT NOT NULL COMMENT '1',
  from_at DATETIME(6) NOT NULL COMMENT 'the time of the log that is read; all times are UTC',
  until_at DATETIME(6) NOT NULL,
  page_cursor MEDIUMTEXT NULL COMMENT 'where the next page begins; null: at the beginning, or it is ended',
  fence BIGINT NOT NULL COMMENT 'who has the lease',
  leased_until DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL COMMENT 'null: not yet',
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
