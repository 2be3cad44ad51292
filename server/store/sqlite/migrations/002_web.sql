-- The web channel: its conversations and their logs of activities, and every upload of a citizen.

CREATE TABLE web_conversations (
  id         TEXT PRIMARY KEY,
  user_id    TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX web_conversations_of_user ON web_conversations (user_id);

-- `seq` counts from 1 without gaps within a conversation: it is the watermark. `key` is a digest, `activity` is sealed.
-- With a rowid: what arrives together lies together, so that a commit of many conversations changes few pages.
CREATE TABLE web_activities (
  conversation_id TEXT NOT NULL REFERENCES web_conversations (id) ON DELETE CASCADE,
  seq             INTEGER NOT NULL,
  key             TEXT NOT NULL,
  activity        BLOB NOT NULL,
  created_at      TEXT NOT NULL,
  PRIMARY KEY (conversation_id, seq),
  UNIQUE (conversation_id, key)
) STRICT;

-- The bytes lie in the media folder under `id`. `digest` is over owner, name and bytes: the same upload again is the same row.
CREATE TABLE media (
  id         TEXT PRIMARY KEY,
  channel    TEXT,
  user_id    TEXT,
  media_type TEXT NOT NULL,
  mime_type  TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  name       BLOB,
  digest     TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX media_of_user ON media (channel, user_id);
