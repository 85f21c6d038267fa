-- What a message is beyond its text: the change of who answers, whom it addresses, reactions.
ALTER TABLE messages ADD COLUMN details jsonb;

-- Who may open support conversations there, and who works them.
CREATE TABLE sites (
  id            uuid PRIMARY KEY,
  name          text NOT NULL,
  assistant_id  text,
  origins       text[] NOT NULL DEFAULT '{}',
  greeting      text,
  office_hours  jsonb,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL
);

-- A site that names nobody here is worked by every operator.
CREATE TABLE site_operators (
  site_id uuid NOT NULL REFERENCES sites ON DELETE CASCADE,
  user_id text NOT NULL,
  PRIMARY KEY (site_id, user_id)
);

ALTER TABLE conversations
  ADD COLUMN site_id uuid,
  DROP CONSTRAINT conversations_kind_check,
  ADD CONSTRAINT conversations_kind_check CHECK (kind IN ('assistant', 'room', 'support', 'backstage'));
