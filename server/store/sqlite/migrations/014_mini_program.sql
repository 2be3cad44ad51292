-- What the channel 小程序 knows of its citizens. `user_id` is a keyed digest of the open id.

CREATE TABLE mini_program_citizens (
  user_id TEXT PRIMARY KEY,
  open_id BLOB NOT NULL, -- sealed
  conversation_id TEXT, -- their chat inside the mini-program, once they have opened it
  -- Customer-service messages that may go out, and until when (milliseconds since 1970, UTC).
  messages_left INTEGER NOT NULL DEFAULT 0,
  messages_until INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Notices that the citizen has allowed and that were not sent yet (订阅消息, 一次性订阅).
CREATE TABLE mini_program_permissions (
  user_id TEXT NOT NULL,
  template_id TEXT NOT NULL,
  remaining INTEGER NOT NULL,
  PRIMARY KEY (user_id, template_id)
) STRICT, WITHOUT ROWID;
