-- Which messages address whom by name: what one's own list counts. Written with such messages alone.
CREATE TABLE mentions (
  conversation_id uuid NOT NULL,
  user_id         text NOT NULL,
  seq             bigint NOT NULL,
  PRIMARY KEY (conversation_id, user_id, seq)
);

-- Finds the few of a big room whose names a message may mean; in others all are at hand.
CREATE INDEX participants_by_name ON participants (conversation_id, lower(name));

-- Who reacted how, and under which number. What everybody sees of it stands with the message.
CREATE TABLE reactions (
  conversation_id uuid NOT NULL,
  message_id      uuid NOT NULL,
  emoji           text NOT NULL,
  user_id         text NOT NULL,
  seq             bigint NOT NULL,
  PRIMARY KEY (conversation_id, message_id, emoji, user_id)
);

CREATE INDEX reactions_first ON reactions (conversation_id, message_id, emoji, seq);

-- Who else is a member of a room: ids and names, short, for they are read with every message.
ALTER TABLE conversations ADD COLUMN assistants jsonb;

-- How those answer: copied when they were added, read when one of them may be addressed.
CREATE TABLE room_assistants (
  conversation_id uuid NOT NULL,
  assistant_id    text NOT NULL,
  persona         jsonb NOT NULL,
  added_by        text NOT NULL,
  added_at        timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, assistant_id)
);

-- Links into rooms. Of a link's token only the hash is known here.
CREATE TABLE invitations (
  id              uuid PRIMARY KEY,
  conversation_id uuid NOT NULL,
  token_hash      bytea NOT NULL UNIQUE,
  created_by      text NOT NULL,
  created_by_name text,
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  max_uses        integer,
  uses            integer NOT NULL DEFAULT 0,
  revoked_at      timestamptz
);

CREATE INDEX invitations_by_conversation ON invitations (conversation_id, created_at);
CREATE INDEX invitations_expired ON invitations (expires_at);
