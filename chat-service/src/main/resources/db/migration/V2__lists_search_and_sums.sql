-- Which of several replies to one message counts: the one chosen last, by its number.
ALTER TABLE messages ADD COLUMN chosen_seq bigint;

-- Replies to a message; what people say pays nothing for it.
CREATE INDEX messages_replies ON messages (conversation_id, reply_to) WHERE message_type = 'assistant';

ALTER TABLE conversations
  ADD COLUMN branched_from uuid,
  ADD COLUMN branched_at uuid;

-- One's own list, ordered by activity. Membership and state are kept by the triggers below, in the
-- transaction that changes them; the time of the last activity follows, moved by the indexer, so that
-- a message costs nothing here.
CREATE TABLE listings (
  conversation_id uuid NOT NULL,
  user_id         text NOT NULL,
  state           text NOT NULL CHECK (state IN ('active', 'archived', 'deleted')),
  active_at       timestamptz NOT NULL,
  wide            boolean NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
) WITH (fillfactor = 80);

CREATE INDEX listings_by_activity ON listings (user_id, state, active_at DESC, conversation_id DESC);
CREATE INDEX listings_wide ON listings (user_id, active_at DESC) WHERE wide;

CREATE FUNCTION list_participant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO listings (conversation_id, user_id, state, active_at, wide)
  SELECT c.id, NEW.user_id,
         CASE WHEN c.deleted_at IS NOT NULL THEN 'deleted' WHEN NEW.archived THEN 'archived' ELSE 'active' END,
         c.updated_at, c.participant_count > 20
  FROM conversations c WHERE c.id = NEW.conversation_id
  ON CONFLICT (conversation_id, user_id) DO UPDATE SET state = EXCLUDED.state;
  RETURN NULL;
END $$;

CREATE FUNCTION unlist_participant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM listings l WHERE l.conversation_id = OLD.conversation_id AND l.user_id = OLD.user_id;
  RETURN NULL;
END $$;

CREATE FUNCTION list_conversation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE listings l
  SET state = CASE WHEN NEW.deleted_at IS NOT NULL THEN 'deleted' WHEN p.archived THEN 'archived' ELSE 'active' END
  FROM participants p
  WHERE p.conversation_id = NEW.id AND l.conversation_id = NEW.id AND l.user_id = p.user_id;
  RETURN NULL;
END $$;

CREATE TRIGGER participants_listed AFTER INSERT ON participants
  FOR EACH ROW EXECUTE FUNCTION list_participant();
CREATE TRIGGER participants_archived AFTER UPDATE OF archived ON participants
  FOR EACH ROW WHEN (OLD.archived IS DISTINCT FROM NEW.archived) EXECUTE FUNCTION list_participant();
CREATE TRIGGER participants_unlisted AFTER DELETE ON participants
  FOR EACH ROW EXECUTE FUNCTION unlist_participant();
CREATE TRIGGER conversations_closed AFTER UPDATE OF deleted_at ON conversations
  FOR EACH ROW WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL))
  EXECUTE FUNCTION list_conversation();

INSERT INTO listings (conversation_id, user_id, state, active_at, wide)
SELECT p.conversation_id, p.user_id,
       CASE WHEN c.deleted_at IS NOT NULL THEN 'deleted' WHEN p.archived THEN 'archived' ELSE 'active' END,
       c.updated_at, c.participant_count > 20
FROM participants p JOIN conversations c ON c.id = p.conversation_id;

-- How far the indexer has come in a conversation, and when it shall come back by itself.
CREATE TABLE index_heads (
  conversation_id uuid PRIMARY KEY,
  indexed_seq     bigint NOT NULL DEFAULT 0,
  counted_seq     bigint NOT NULL DEFAULT 0,
  scopes          text[] NOT NULL DEFAULT '{}',
  listed_at       timestamptz NOT NULL DEFAULT 'epoch',
  due_at          timestamptz
) WITH (fillfactor = 70);

CREATE INDEX index_heads_due ON index_heads (due_at) WHERE due_at IS NOT NULL;

INSERT INTO index_heads (conversation_id, due_at) SELECT id, now() FROM conversations;

-- The words of each message, and by which names they may be looked for: the conversation's id and,
-- where few take part, the ids of its participants.
CREATE TABLE message_search (
  conversation_id uuid NOT NULL,
  seq             bigint NOT NULL,
  at              timestamptz NOT NULL,
  scopes          text[] NOT NULL,
  words           tsvector NOT NULL,
  PRIMARY KEY (conversation_id, seq)
);

-- What waits unsorted is read by every search: little of it (in kB).
CREATE INDEX message_search_words ON message_search USING gin (scopes, words)
  WITH (fastupdate = on, gin_pending_list_limit = 256);

CREATE TABLE title_jobs (
  conversation_id uuid PRIMARY KEY,
  tries           integer NOT NULL DEFAULT 0,
  due_at          timestamptz NOT NULL
);

CREATE INDEX title_jobs_due ON title_jobs (due_at);

CREATE TABLE message_feedback (
  user_id         text NOT NULL,
  conversation_id uuid NOT NULL,
  message_id      uuid NOT NULL,
  value           text NOT NULL CHECK (value IN ('up', 'down')),
  comment         text,
  given_at        timestamptz NOT NULL,
  PRIMARY KEY (user_id, conversation_id, message_id)
);

-- What a user said per day, and what was answered on their account. Days are UTC's.
CREATE TABLE message_days (
  user_id  text NOT NULL,
  day      date NOT NULL,
  messages bigint NOT NULL,
  PRIMARY KEY (user_id, day)
) WITH (fillfactor = 70);

CREATE TABLE usage_days (
  user_id           text NOT NULL,
  day               date NOT NULL,
  model             text NOT NULL,
  replies           bigint NOT NULL,
  prompt_tokens     bigint NOT NULL,
  completion_tokens bigint NOT NULL,
  total_tokens      bigint NOT NULL,
  PRIMARY KEY (user_id, day, model)
) WITH (fillfactor = 70);

INSERT INTO usage_days
SELECT r.user_id, (m.created_at AT TIME ZONE 'UTC')::date, COALESCE(m.model, 'unknown'), count(*),
       COALESCE(sum(m.prompt_tokens), 0), COALESCE(sum(m.completion_tokens), 0), COALESCE(sum(m.total_tokens), 0)
FROM replies r JOIN messages m ON m.conversation_id = r.conversation_id AND m.id = r.message_id
WHERE r.status = 'ended' AND m.kind = 'ai_response'
GROUP BY 1, 2, 3;
