-- The names that clients of the dialect "session" give their conversations; a name space per user.
CREATE TABLE session_labels (
  user_id         text NOT NULL,
  label           text NOT NULL,
  conversation_id uuid NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, label)
);
