-- What 微信客服 of 企业微信 needs kept: how far each account has been read, and how much may still be said to whom.

-- One row for each 客服账号. `calls` counts the platform's callbacks, `served` those whose messages are durable; `holder` is the
-- process that is reading, until `leased_until` (milliseconds since 1970, UTC).
CREATE TABLE kf_streams (
  owner TEXT NOT NULL,
  open_kfid TEXT NOT NULL,
  cursor TEXT,
  token BLOB, -- sealed
  token_at INTEGER NOT NULL DEFAULT 0,
  calls INTEGER NOT NULL DEFAULT 0,
  served INTEGER NOT NULL DEFAULT 0,
  holder TEXT,
  leased_until INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, open_kfid)
) STRICT, WITHOUT ROWID;

-- The citizen's last message in a conversation, and how many messages have been sent since.
CREATE TABLE reply_budgets (
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  heard_at INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  PRIMARY KEY (channel, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_budgets_by_age ON reply_budgets (heard_at);
