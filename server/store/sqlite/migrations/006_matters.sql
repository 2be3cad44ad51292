-- One ticket, many voices: what a request is about in columns that say nothing of a person, so that requests about the same matter
-- are found. Requests from before have none of it and are found by their own citizen only.
-- The first four digits of the leaf: its 项.
ALTER TABLE requests ADD COLUMN topic TEXT;
-- The code of the subdistrict, or of the district where no more is known.
ALTER TABLE requests ADD COLUMN area TEXT;
-- Days since 1970 (UTC).
ALTER TABLE requests ADD COLUMN created_day INTEGER;
-- Whether the request stands for its ticket when other citizens tell of the same matter. Never when the identity is withheld.
ALTER TABLE requests ADD COLUMN is_offered INTEGER NOT NULL DEFAULT 0 CHECK (is_offered IN (0, 1));
-- Its citizen has withdrawn from a ticket that goes on for others: no more news.
ALTER TABLE requests ADD COLUMN has_left INTEGER NOT NULL DEFAULT 0 CHECK (has_left IN (0, 1));

CREATE INDEX requests_near ON requests (topic, area, created_day, seq)
  WHERE is_offered = 1 AND is_open = 1 AND number IS NOT NULL;
