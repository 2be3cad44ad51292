-- What the bot may answer from. `change` numbers the writes in their order; a process that knows the newest number
-- it has seen finds everything changed since, whoever changed it. Withdrawn entries stay, so that their withdrawal is seen.
CREATE TABLE knowledge_entries (
  id TEXT PRIMARY KEY,
  change INTEGER NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn')),
  -- The entry as JSON, without its status.
  body TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;
