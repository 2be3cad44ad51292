-- The engine's tables. Columns marked "sealed" hold AES-256-GCM ciphertext of JSON (see ../../seal.ts): nothing a citizen
-- said and nothing personal lies here in plain text. Times are milliseconds since 1970 (UTC).

-- One value sealed when the database was made: shows at start whether the key at hand is the one it was written with.
CREATE TABLE seal_check (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  proof BLOB NOT NULL
) STRICT;

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  -- Of the first turn. In a one-to-one chat nobody else may read or continue the conversation.
  user_id TEXT NOT NULL,
  is_group INTEGER NOT NULL CHECK (is_group IN (0, 1)),
  revision INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  state BLOB NOT NULL, -- sealed ConversationState
  UNIQUE (channel, conversation_id)
) STRICT;

-- Every message that was ever committed: the key by which a redelivery is known, and the citizens' half of the transcript.
CREATE TABLE inbound (
  seq INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  message_id TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  user_id TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  content BLOB NOT NULL, -- sealed InboundContent
  UNIQUE (channel, message_id)
) STRICT;
CREATE INDEX inbound_of_conversation ON inbound (conversation, seq);

-- The outbox. Within a lane `seq` is the order. `head` marks the oldest unsettled job of each lane, so that claiming reads
-- one short index however long the queue is. `ready_at` is 0 for a job not yet tried, else when it may be handed out (again):
-- the time of the next try, or the end of a lease.
-- Finished `say` jobs stay as the bot's half of the transcript; other finished jobs are deleted, their result is
-- in requests and ticket_updates. Dead jobs stay, with their reason, for people to look at.
CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  lane TEXT NOT NULL,
  kind TEXT NOT NULL,
  head INTEGER NOT NULL CHECK (head IN (0, 1)),
  ready_at INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('done', 'dead')),
  settled_at INTEGER,
  reason TEXT,
  work BLOB NOT NULL -- sealed Work
) STRICT;
CREATE INDEX jobs_due ON jobs (ready_at) WHERE head = 1;
CREATE INDEX jobs_of_lane ON jobs (lane, seq) WHERE outcome IS NULL;
CREATE INDEX jobs_said ON jobs (lane, seq) WHERE outcome = 'done';
CREATE INDEX jobs_dead ON jobs (seq) WHERE outcome = 'dead';

CREATE TABLE requests (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  filing_kind TEXT NOT NULL CHECK (filing_kind IN ('saved', 'pending', 'filed', 'refused')),
  -- The ticket number, once filed. Not unique: a dispatch system may merge requests into one ticket.
  number TEXT,
  filing BLOB NOT NULL, -- sealed FilingState
  request BLOB NOT NULL, -- sealed Request
  -- Neither closed nor withdrawn, by the newest news.
  is_open INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),
  CHECK ((filing_kind = 'filed') = (number IS NOT NULL))
) STRICT;
CREATE INDEX requests_of_user ON requests (channel, user_id, seq);
CREATE INDEX requests_by_number ON requests (number, seq) WHERE number IS NOT NULL;
CREATE INDEX requests_open ON requests (seq) WHERE is_open = 1 AND number IS NOT NULL;

CREATE TABLE ticket_updates (
  seq INTEGER PRIMARY KEY,
  request INTEGER NOT NULL REFERENCES requests (seq),
  update_id TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  news BLOB NOT NULL, -- sealed TicketUpdate
  UNIQUE (request, update_id)
) STRICT;

-- News of a number that no request has yet: it may overtake the answer to our own submission.
CREATE TABLE early_updates (
  seq INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  update_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  news BLOB NOT NULL, -- sealed TicketUpdate
  UNIQUE (number, update_id)
) STRICT;
CREATE INDEX early_updates_by_age ON early_updates (received_at);

CREATE TABLE cursors (
  name TEXT PRIMARY KEY,
  position TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which knowledge entries helped; on purpose without a trace of who said so.
CREATE TABLE feedback (
  seq INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL,
  helpful INTEGER NOT NULL CHECK (helpful IN (0, 1)),
  given_at INTEGER NOT NULL
) STRICT;
CREATE INDEX feedback_of_entry ON feedback (entry_id, helpful);

-- What turns leave for people to look at.
CREATE TABLE records (
  seq INTEGER PRIMARY KEY,
  what TEXT NOT NULL,
  channel TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  noted_at INTEGER NOT NULL,
  detail BLOB NOT NULL -- sealed text
) STRICT;
CREATE INDEX records_by_kind ON records (what, seq);
