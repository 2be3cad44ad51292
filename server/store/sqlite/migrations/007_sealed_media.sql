-- Uploads are sealed from here on. Files kept before (`sealed` = 0) lie in the media folder as they came and stay readable.
-- `position` is sealed JSON: where a picture was taken, as its camera had noted; the file itself does not tell it any more.
ALTER TABLE media ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE media ADD COLUMN position BLOB;
