-- The life of knowledge entries. What the bot answers from stays in one table, one row an entry; every version that was ever
-- saved lies beside it. `change` numbers what citizens can notice, `edit` everything that editors do.
CREATE TABLE knowledge_entries_next (
  id TEXT PRIMARY KEY,
  change INTEGER NOT NULL UNIQUE,
  edit INTEGER NOT NULL UNIQUE,
  -- 'draft': never published. The others as citizens have it.
  status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'withdrawn', 'expired')),
  -- The version that `body` is: the last published one, or the newest of an entry that never was.
  version INTEGER NOT NULL,
  -- The version that editors go on from.
  head INTEGER NOT NULL,
  -- The last day of validity of a published entry, YYYY-MM-DD, for the clock.
  ends_on TEXT,
  -- The entry as JSON, without status and version.
  body TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;
INSERT INTO knowledge_entries_next
  SELECT id, change, change, status, 1, 1, CASE status WHEN 'published' THEN json_extract(body, '$.validTo') END, body, changed_at
  FROM knowledge_entries;

CREATE TABLE knowledge_versions (
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('draft', 'review', 'approved', 'scheduled', 'published', 'superseded', 'withdrawn', 'expired', 'aside')),
  -- The version it was written on; none for the first.
  base INTEGER,
  author TEXT NOT NULL,
  -- JSON: everybody who wrote at it since the last published version; none of them may approve or publish it.
  writers TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  publish_at INTEGER,
  published_at INTEGER,
  body TEXT NOT NULL,
  PRIMARY KEY (entry_id, version),
  CHECK ((state = 'scheduled') = (publish_at IS NOT NULL))
) STRICT;
INSERT INTO knowledge_versions
  SELECT id, 1, status, NULL, 'import', '["import"]', CAST(round(unixepoch(changed_at, 'subsec') * 1000) AS INTEGER), NULL,
    CASE status WHEN 'draft' THEN NULL ELSE CAST(round(unixepoch(changed_at, 'subsec') * 1000) AS INTEGER) END, body
  FROM knowledge_entries;

DROP TABLE knowledge_entries;
ALTER TABLE knowledge_entries_next RENAME TO knowledge_entries;
CREATE INDEX knowledge_entries_ending ON knowledge_entries (ends_on) WHERE status = 'published' AND ends_on IS NOT NULL;
CREATE INDEX knowledge_versions_due ON knowledge_versions (publish_at) WHERE state = 'scheduled';
CREATE INDEX knowledge_versions_in_hand ON knowledge_versions (entry_id, version) WHERE state IN ('draft', 'review', 'approved', 'scheduled');

-- Who did what to which entry, and when; `from_state` and `to_state` are those of the version. Kept for ever.
CREATE TABLE knowledge_audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  deed TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  version INTEGER,
  from_state TEXT,
  to_state TEXT,
  note TEXT
) STRICT;
CREATE INDEX knowledge_audit_of_entry ON knowledge_audit (entry_id, seq);
INSERT INTO knowledge_audit (at, by, deed, entry_id, version, from_state, to_state, note)
  SELECT saved_at, 'import', 'import', entry_id, 1, NULL, state, NULL FROM knowledge_versions;

-- Which conversation was answered from which version. No words, and read by people only as counts.
CREATE TABLE knowledge_answered (
  seq INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX knowledge_answered_of_entry ON knowledge_answered (entry_id, version, channel, conversation_id);
CREATE INDEX knowledge_answered_by_age ON knowledge_answered (at);

-- A correction on its way to those who were answered from older versions; the rows of knowledge_corrected are those who have it.
CREATE TABLE knowledge_corrections (
  id TEXT PRIMARY KEY,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  -- Citizens who were answered from these versions, and from none after them.
  oldest INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  words TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX knowledge_corrections_open ON knowledge_corrections (at) WHERE ended_at IS NULL;
CREATE TABLE knowledge_corrected (
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  correction TEXT NOT NULL,
  PRIMARY KEY (entry_id, version, channel, conversation_id)
) STRICT, WITHOUT ROWID;

-- What was asked, for a month and without a trace of who asked; and how many each day, for good.
CREATE TABLE knowledge_questions (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'unsure', 'unhelpful')),
  entry_id TEXT,
  version INTEGER,
  question BLOB NOT NULL -- sealed text
) STRICT;
CREATE INDEX knowledge_questions_by_age ON knowledge_questions (at);
CREATE TABLE knowledge_days (
  -- YYYY-MM-DD in Beijing.
  day TEXT PRIMARY KEY,
  answered INTEGER NOT NULL DEFAULT 0,
  unsure INTEGER NOT NULL DEFAULT 0,
  unhelpful INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
