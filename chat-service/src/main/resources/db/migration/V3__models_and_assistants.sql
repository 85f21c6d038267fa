-- Every model that a provider ever listed. A name that several providers list is one model to users.
CREATE TABLE models (
  provider       text NOT NULL,
  id             text NOT NULL,
  position       integer NOT NULL,
  context_length integer,
  is_default     boolean NOT NULL DEFAULT false,
  is_active      boolean NOT NULL,
  first_seen     timestamptz NOT NULL,
  retired_at     timestamptz,
  PRIMARY KEY (provider, id)
);

-- The last listing of each provider that was taken in, so that an older one changes nothing.
CREATE TABLE model_providers (
  name      text PRIMARY KEY,
  listed_at timestamptz,
  seen_at   timestamptz NOT NULL
);

-- One row: its lock lets one replica at a time reconcile, its version tells the others to look.
CREATE TABLE model_registry (
  id      smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version bigint NOT NULL,
  aliases jsonb NOT NULL
);
INSERT INTO model_registry (version, aliases) VALUES (0, '{}');

-- What users chose for all their conversations, as auth-service tells it.
CREATE TABLE user_settings (
  user_id       text PRIMARY KEY,
  default_model text,
  changed_at    timestamptz NOT NULL
);

CREATE TABLE assistants (
  id                uuid PRIMARY KEY,
  owner_id          text NOT NULL,
  owner_name        text,
  name              text NOT NULL,
  avatar            text,
  description       text,
  settings          jsonb NOT NULL,
  starter_questions text[] NOT NULL,
  is_public         boolean NOT NULL,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL
);
CREATE INDEX assistants_by_owner ON assistants (owner_id, id);
CREATE INDEX assistants_public ON assistants (id) WHERE is_public;

-- What its assistant was called when the conversation began; the assistant itself may be gone.
ALTER TABLE conversations ADD COLUMN assistant_name text;

-- Whoever answers by request instead of the conversation's own assistant: name and settings.
ALTER TABLE replies ADD COLUMN persona jsonb;

-- A conversation that began with a model's name has that model by its settings.
UPDATE conversations
SET settings = jsonb_build_object('model', assistant_id) || settings, assistant_id = NULL
WHERE assistant_id IS NOT NULL AND assistant_id <> 'default';

-- Finds the conversations of a retired model. Messages do not change the columns of this index.
CREATE INDEX conversations_by_model ON conversations ((settings ->> 'model'), id)
  WHERE deleted_at IS NULL AND settings ->> 'model' IS NOT NULL;
