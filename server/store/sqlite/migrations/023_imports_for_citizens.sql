-- What the command brings in may be for citizens at once, instead of drafts.
ALTER TABLE knowledge_imports ADD COLUMN publish INTEGER NOT NULL DEFAULT 0;
