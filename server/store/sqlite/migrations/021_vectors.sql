-- Vectors of published entries, for search by meaning: one an entry and model, of the version it was made of. `vector`: little-endian
-- 32-bit floats. They can be computed again at any time; nothing else refers to them.
CREATE TABLE knowledge_vectors (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  model TEXT NOT NULL,
  vector BLOB NOT NULL,
  UNIQUE (entry_id, model)
) STRICT;
