-- What channels of chat platforms keep: the platforms' tokens, and what has become of words where sending is not its own record.

-- Shared by all processes. `leased_until`: one of them is fetching a new token (milliseconds since 1970, UTC).
CREATE TABLE platform_tokens (
  name TEXT PRIMARY KEY,
  token BLOB, -- sealed
  expires_at INTEGER NOT NULL DEFAULT 0,
  leased_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Keys of messages that the platform has taken, for jobs that are carried out again.
CREATE TABLE sent_words (
  channel TEXT NOT NULL,
  key TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_words_by_age ON sent_words (sent_at);

-- Words that could not be sent; they are told at the citizen's next visit.
CREATE TABLE kept_words (
  seq INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  key TEXT NOT NULL,
  kept_at INTEGER NOT NULL,
  words BLOB NOT NULL, -- sealed text
  UNIQUE (channel, key)
) STRICT;
CREATE INDEX kept_words_of_user ON kept_words (channel, user_id, seq);
