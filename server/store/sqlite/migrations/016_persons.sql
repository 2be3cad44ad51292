-- Accounts that belong to one person. Times are milliseconds since 1970 (UTC).

-- An account that was never linked has no row: it is a person by itself.
CREATE TABLE person_accounts (
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  person INTEGER NOT NULL,
  PRIMARY KEY (channel, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_accounts_of ON person_accounts (person);

-- Codes by their keyed digest; the code itself is in the citizen's own conversation only. One that is used or replaced is gone.
CREATE TABLE link_codes (
  digest TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  UNIQUE (channel, user_id)
) STRICT, WITHOUT ROWID;

-- The record of codes asked for, codes missed, accounts linked and unlinked. Kept when the link is undone. Also what is counted where
-- deeds are limited.
CREATE TABLE account_acts (
  seq INTEGER PRIMARY KEY,
  deed TEXT NOT NULL CHECK (deed IN ('offer', 'miss', 'link', 'unlink')),
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  with_channel TEXT,
  with_user_id TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX account_acts_of ON account_acts (channel, user_id, deed, at);
CREATE INDEX account_acts_with ON account_acts (with_channel, with_user_id) WHERE with_channel IS NOT NULL;
CREATE INDEX account_acts_by_age ON account_acts (deed, at);

-- Where a citizen is told what another account of theirs has brought about.
CREATE INDEX conversations_of_user ON conversations (channel, user_id);
