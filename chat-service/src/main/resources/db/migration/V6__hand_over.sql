-- Since when who answers does so, the visitor's last message that nobody has answered, and until
-- when its operator has time for that.
ALTER TABLE conversations
  ADD COLUMN owner_since   timestamptz,
  ADD COLUMN open_turn     uuid,
  ADD COLUMN open_turn_seq bigint,
  ADD COLUMN answer_by     timestamptz;

CREATE INDEX conversations_answer_by ON conversations (answer_by) WHERE answer_by IS NOT NULL;
CREATE INDEX conversations_by_operator ON conversations (operator_id) WHERE operator_id IS NOT NULL;

-- Who has worked at the desk, and since when they are known to be away.
CREATE TABLE operators (
  user_id       text PRIMARY KEY,
  name          text,
  seen_at       timestamptz NOT NULL,
  offline_since timestamptz
) WITH (fillfactor = 70);
