-- Conversations that wait for a person or are attended by one, and the audit record of what staff did there. Times are
-- milliseconds since 1970 (UTC).

CREATE TABLE handoffs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'ended')),
  requested_at INTEGER NOT NULL,
  taken_by TEXT,
  -- When the clock acts if nobody else does: survives restarts.
  due_at INTEGER,
  ended_at INTEGER,
  handoff BLOB NOT NULL, -- sealed Handoff
  CHECK (state <> 'ended' OR due_at IS NULL)
) STRICT;
-- One at a time: whatever goes wrong, a conversation never stands in the queue twice.
CREATE UNIQUE INDEX handoffs_open ON handoffs (channel, conversation_id) WHERE state <> 'ended';
CREATE INDEX handoffs_in_order ON handoffs (requested_at, seq) WHERE state <> 'ended';
CREATE INDEX handoffs_due ON handoffs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX handoffs_ended ON handoffs (taken_by, ended_at) WHERE state = 'ended';

-- Who read, took, said, changed or gave back what, and when: no word of anybody's, so nothing here is sealed. Kept when the
-- conversation is deleted. `key` makes a repeated request harmless.
CREATE TABLE staff_acts (
  seq INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  handoff_id TEXT NOT NULL,
  by TEXT NOT NULL,
  deed TEXT NOT NULL,
  about TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_acts_of_handoff ON staff_acts (handoff_id, seq);

-- The number by which citizens know an operator ("工作人员 3 号"); given at the first hand-off taken, never to anybody else.
CREATE TABLE staff_numbers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL UNIQUE
) STRICT;
