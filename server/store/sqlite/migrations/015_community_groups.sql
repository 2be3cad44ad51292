-- Community groups (社区微信群) and the small matters (群内小事) told in them.

CREATE TABLE community_groups (
  seq INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  room TEXT NOT NULL, -- as configured: the platform's id, or the name of the group
  room_id TEXT, -- the platform's id, once the room has been seen
  settings BLOB NOT NULL, -- sealed: grid workers are named in it
  UNIQUE (channel, room)
) STRICT;
CREATE UNIQUE INDEX community_groups_by_id ON community_groups (channel, room_id) WHERE room_id IS NOT NULL;

-- The plain columns are what is counted (未诉先办) and what the clock looks at; they name no citizen's words.
CREATE TABLE small_matters (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  community TEXT NOT NULL,
  category TEXT,
  solved_by TEXT,
  request_id TEXT,
  revision INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  due_at INTEGER,
  ended_at INTEGER,
  matter BLOB, -- sealed; gone when the retention period is over
  UNIQUE (channel, conversation_id, number)
) STRICT;
CREATE INDEX small_matters_due ON small_matters (due_at, seq) WHERE due_at IS NOT NULL;
CREATE INDEX small_matters_ended ON small_matters (ended_at) WHERE ended_at IS NOT NULL;
