-- Files that editors bring into the knowledge base. The file itself lies sealed in DATA_DIR/knowledge-imports until the import ends.
CREATE TABLE knowledge_imports (
  id TEXT PRIMARY KEY,
  by TEXT NOT NULL,
  file_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading', 'ready', 'importing', 'done', 'failed', 'cancelled')),
  -- Who reads it: every process that begins to takes the next number, and only the newest may write.
  turn INTEGER NOT NULL DEFAULT 0,
  -- How often it was begun since its state last changed.
  tries INTEGER NOT NULL DEFAULT 0,
  -- JSON: what editors set (mapping, defaults), what was found in the file (format, columns, samples, facts, notes), and the outcome.
  settings TEXT NOT NULL,
  summary TEXT,
  outcome TEXT,
  total INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX knowledge_imports_by_time ON knowledge_imports (created_at);

-- What the rows of a file would become. They count for nothing until the import is done in one transaction.
CREATE TABLE knowledge_import_rows (
  import_id TEXT NOT NULL REFERENCES knowledge_imports (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  has_fault INTEGER NOT NULL,
  -- The gravest finding: 'contradiction', 'duplicate', 'update', 'unchanged'.
  finding TEXT,
  chosen INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (import_id, seq)
) STRICT, WITHOUT ROWID;
