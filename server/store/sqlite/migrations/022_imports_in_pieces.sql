-- A file that was started is taken in a few rows at a time. An entry that came with it is not there for whoever reads
-- `knowledge_entries` before all of them are; what writes goes to the rows themselves.
ALTER TABLE knowledge_entries RENAME TO knowledge_entry_rows;
-- The import that a new entry came with, until citizens have it.
ALTER TABLE knowledge_entry_rows ADD COLUMN import_id TEXT;
CREATE VIEW knowledge_entries AS
  SELECT id, change, edit, status, version, head, ends_on, body, changed_at FROM knowledge_entry_rows
  WHERE import_id IS NULL OR import_id NOT IN (SELECT id FROM knowledge_imports WHERE state = 'importing');

-- The row of the file from which on taking it in goes on.
ALTER TABLE knowledge_imports ADD COLUMN next_row INTEGER NOT NULL DEFAULT 0;
-- Every reader of editors' entries asks first whether a file is being taken in.
CREATE INDEX knowledge_imports_under_way ON knowledge_imports (created_at, id) WHERE state = 'importing';
-- Counting rows reads none of their words.
CREATE INDEX knowledge_import_rows_counted ON knowledge_import_rows (import_id, has_fault, finding, chosen);
