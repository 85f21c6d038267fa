-- Whether the AI answers for a participant who is away, and how; the note is read for such an answer
-- alone.
ALTER TABLE participants
  ADD COLUMN ai_stand_in boolean NOT NULL DEFAULT false,
  ADD COLUMN stand_in_note text;

-- In whose name a reply is written; it stands with how that is done.
ALTER TABLE replies
  ADD COLUMN on_behalf_of text GENERATED ALWAYS AS (persona ->> 'on_behalf_of') STORED;

CREATE INDEX replies_on_behalf_open ON replies (on_behalf_of)
  WHERE on_behalf_of IS NOT NULL AND status <> 'ended';
CREATE INDEX replies_on_behalf_recent ON replies (conversation_id, created_at)
  WHERE on_behalf_of IS NOT NULL;
CREATE INDEX messages_on_behalf ON messages (conversation_id, on_behalf_of, seq)
  WHERE on_behalf_of IS NOT NULL;

-- Messages that somebody's stand-in may answer when the grace is over.
CREATE TABLE stand_in_turns (
  conversation_id uuid NOT NULL,
  turn_id         uuid NOT NULL,
  turn_seq        bigint NOT NULL,
  candidates      text[] NOT NULL,
  due_at          timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, turn_id)
);

CREATE INDEX stand_in_turns_due ON stand_in_turns (due_at);

-- Since when a member was away whose stand-in has spoken; closed when they are back.
CREATE TABLE stand_in_absences (
  conversation_id uuid NOT NULL,
  user_id         text NOT NULL,
  since_seq       bigint NOT NULL,
  since           timestamptz NOT NULL,
  returned_at     timestamptz,
  PRIMARY KEY (conversation_id, user_id)
);

CREATE INDEX stand_in_absences_open ON stand_in_absences (user_id) WHERE returned_at IS NULL;

-- Who wants to count as offline; Redis holds a copy that may be lost.
CREATE TABLE presence_wishes (
  user_id    text PRIMARY KEY,
  offline    boolean NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE INDEX presence_wishes_offline ON presence_wishes (user_id) WHERE offline;
