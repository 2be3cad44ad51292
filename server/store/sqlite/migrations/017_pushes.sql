-- Messages that were pushed to an account, for channels that limit their number after the citizen's last message. Milliseconds since
-- 1970 (UTC).
CREATE TABLE pushes (
  seq INTEGER PRIMARY KEY,
  channel TEXT NOT NULL,
  user_id TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX pushes_of ON pushes (channel, user_id, at);

-- Dead, and to be tried once more when the citizen is there again.
ALTER TABLE jobs ADD COLUMN for_visit INTEGER NOT NULL DEFAULT 0 CHECK (for_visit IN (0, 1));
CREATE INDEX jobs_for_visit ON jobs (lane) WHERE outcome = 'dead' AND for_visit = 1;

-- Whether what a job had to say waits for the citizen's next visit.
CREATE INDEX kept_words_by_key ON kept_words (key);
