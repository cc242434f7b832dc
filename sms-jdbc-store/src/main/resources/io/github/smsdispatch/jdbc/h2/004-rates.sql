-- One row for each account with an agreed rate: how far its hand-overs are reserved, by all nodes together.
CREATE TABLE IF NOT EXISTS ~rate (
  account_id SMALLINT NOT NULL,
  asked_at TIMESTAMP(6) NOT NULL,
  next_at TIMESTAMP(6) NOT NULL,
  part INT NOT NULL,
  parts INT NOT NULL,
  PRIMARY KEY (account_id)
);
