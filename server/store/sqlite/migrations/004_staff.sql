-- Members of staff and their sessions. Passwords are kept as scrypt hashes, tokens as SHA-256 digests.
CREATE TABLE staff_accounts (
  username TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  unit_id TEXT,
  password_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_sessions (
  token_digest TEXT PRIMARY KEY,
  username TEXT NOT NULL REFERENCES staff_accounts (username) ON DELETE CASCADE,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_sessions_by_expiry ON staff_sessions (expires_at);
