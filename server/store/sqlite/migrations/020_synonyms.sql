-- The editors' own groups of words for the same thing. Each row is the whole list in one version; at most one is in use.
CREATE TABLE knowledge_synonyms (
  version INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'published', 'superseded')),
  -- JSON: a list of lists of words.
  groups TEXT NOT NULL,
  -- JSON: the first words of the shipped groups that are switched off.
  off TEXT NOT NULL,
  -- JSON: everybody who wrote at it since the last published version; none of them may publish it.
  writers TEXT NOT NULL,
  author TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX knowledge_synonyms_in_use ON knowledge_synonyms (state) WHERE state = 'published';
