ALTER TABLE sites
  ADD COLUMN token_required boolean NOT NULL DEFAULT false,
  ADD COLUMN auto_assign    boolean NOT NULL DEFAULT false,
  ADD COLUMN retired_at     timestamptz;

CREATE INDEX sites_by_assistant ON sites (COALESCE(assistant_id, 'default'), created_at, id) WHERE retired_at IS NULL;
CREATE INDEX sites_by_age ON sites (created_at, id);
CREATE INDEX site_operators_by_user ON site_operators (user_id);

-- What operators know of a support conversation and its visitor does not see. State, epoch and
-- operator are the conversation's own, kept here by the trigger below, so that queues are lists of
-- one index and messages change nothing. Who left a dialog to the queue is not given it back unasked.
CREATE TABLE support_dialogs (
  conversation_id  uuid PRIMARY KEY,
  site_id          uuid,
  visitor_id       text NOT NULL,
  visitor_name     text,
  visitor_key      bytea,
  page_url         text,
  page_title       text,
  state            text NOT NULL,
  epoch            bigint NOT NULL DEFAULT 0,
  state_since      timestamptz NOT NULL,
  operator_id      text,
  left_by          text,
  tags             text[] NOT NULL DEFAULT '{}',
  rating           smallint CHECK (rating BETWEEN 1 AND 5),
  rating_comment   text,
  rated_at         timestamptz,
  backstage_id     uuid UNIQUE,
  created_at       timestamptz NOT NULL
) WITH (fillfactor = 80);

CREATE INDEX support_dialogs_newest ON support_dialogs (created_at, conversation_id);
CREATE INDEX support_dialogs_waiting ON support_dialogs (state_since, conversation_id) WHERE state = 'waiting';
CREATE INDEX support_dialogs_by_operator ON support_dialogs (operator_id) WHERE operator_id IS NOT NULL;
CREATE INDEX support_dialogs_by_key ON support_dialogs (visitor_key, created_at) WHERE visitor_key IS NOT NULL;

CREATE FUNCTION follow_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE support_dialogs d
  SET state = NEW.owner, epoch = NEW.owner_epoch, operator_id = NEW.operator_id,
      left_by = CASE WHEN NEW.owner = 'waiting' THEN OLD.operator_id END,
      state_since = CASE WHEN NEW.owner = OLD.owner THEN d.state_since ELSE clock_timestamp() END
  WHERE d.conversation_id = NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER conversations_owned AFTER UPDATE OF owner_epoch ON conversations
  FOR EACH ROW WHEN (NEW.kind = 'support' AND NEW.owner_epoch <> OLD.owner_epoch)
  EXECUTE FUNCTION follow_owner();

CREATE TABLE canned_replies (
  id         uuid PRIMARY KEY,
  site_id    uuid REFERENCES sites ON DELETE CASCADE,
  shortcut   text NOT NULL,
  content    text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (site_id, shortcut)
);
