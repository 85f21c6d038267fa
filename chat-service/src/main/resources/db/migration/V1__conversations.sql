-- A conversation's row is the one lock under which its numbers are given. Nothing that changes with
-- every message is indexed, so that its updates stay within the page.
CREATE TABLE conversations (
  id                uuid PRIMARY KEY,
  kind              text NOT NULL CHECK (kind IN ('assistant', 'room', 'support')),
  title             text,
  owner             text NOT NULL CHECK (owner IN ('assistant', 'waiting', 'operator', 'member', 'none')),
  owner_epoch       bigint NOT NULL DEFAULT 0,
  operator_id       text,
  assistant_id      text,
  settings          jsonb NOT NULL DEFAULT '{}',
  last_seq          bigint NOT NULL DEFAULT 0,
  history           uuid NOT NULL,
  preview           text,
  preview_seq       bigint NOT NULL DEFAULT 0,
  participant_count integer NOT NULL DEFAULT 0,
  sensitive         boolean NOT NULL DEFAULT false,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  deleted_at        timestamptz
) WITH (fillfactor = 70);

CREATE TABLE participants (
  conversation_id uuid NOT NULL,
  user_id         text NOT NULL,
  name            text,
  role            text NOT NULL CHECK (role IN ('host', 'member', 'operator')),
  last_read_seq   bigint NOT NULL DEFAULT 0,
  pinned          boolean NOT NULL DEFAULT false,
  archived        boolean NOT NULL DEFAULT false,
  joined_at       timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, user_id)
) WITH (fillfactor = 80);

CREATE INDEX participants_by_user ON participants (user_id, conversation_id);

CREATE TABLE messages (
  conversation_id   uuid NOT NULL,
  seq               bigint NOT NULL,
  id                uuid NOT NULL,
  changed_seq       bigint NOT NULL,
  message_type      text NOT NULL,
  kind              text NOT NULL,
  sender_id         text NOT NULL,
  sender_name       text,
  on_behalf_of      text,
  content           text,
  client_id         text,
  reply_to          uuid,
  status            text NOT NULL,
  finish_reason     text,
  model             text,
  prompt_tokens     integer,
  completion_tokens integer,
  total_tokens      integer,
  created_at        timestamptz NOT NULL,
  edited_at         timestamptz,
  PRIMARY KEY (conversation_id, seq),
  UNIQUE (conversation_id, id)
) PARTITION BY HASH (conversation_id);

DO $$
BEGIN
  FOR i IN 0..15 LOOP
    EXECUTE format(
      'CREATE TABLE messages_p%s PARTITION OF messages FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
      lpad(i::text, 2, '0'), i);
  END LOOP;
END $$;

CREATE UNIQUE INDEX messages_by_client_id
  ON messages (conversation_id, sender_id, client_id) WHERE client_id IS NOT NULL;

-- Births are found by the primary key; only what changed since its birth needs an index of its own.
CREATE INDEX messages_changed ON messages (conversation_id, changed_seq) WHERE changed_seq > seq;

CREATE TABLE replies (
  conversation_id uuid NOT NULL,
  message_id      uuid NOT NULL,
  turn_id         uuid NOT NULL,
  turn_seq        bigint NOT NULL,
  assistant_id    text NOT NULL,
  user_id         text NOT NULL,
  status          text NOT NULL CHECK (status IN ('queued', 'running', 'ended')),
  attempt         integer NOT NULL DEFAULT 1,
  epoch           bigint NOT NULL,
  opened_seq      bigint,
  opened_at       timestamptz,
  begun           boolean NOT NULL DEFAULT false,
  due_at          timestamptz NOT NULL,
  fence_requests  jsonb NOT NULL DEFAULT '[]',
  fenced_at       timestamptz,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, message_id)
) WITH (fillfactor = 80);

CREATE INDEX replies_open ON replies (conversation_id) WHERE status <> 'ended';
CREATE INDEX replies_due ON replies (due_at) WHERE status <> 'ended' AND fenced_at IS NULL;
CREATE INDEX replies_by_age ON replies (created_at);

-- Outcomes that no other row tells: refusals, and whatever is not a new message.
CREATE TABLE command_outcomes (
  conversation_id uuid NOT NULL,
  command_id      text NOT NULL,
  code            text,
  detail          text,
  field           text,
  message_id      uuid,
  created_at      timestamptz NOT NULL,
  PRIMARY KEY (conversation_id, command_id)
);

CREATE INDEX command_outcomes_by_age ON command_outcomes (created_at);

-- One row holds all records of one transaction.
CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  records    bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Rows live for milliseconds: compressing them would cost more than it saves.
ALTER TABLE outbox ALTER COLUMN records SET STORAGE EXTERNAL;
