-- Each way in which operators ask for dialogs is a range of one index, however many are closed by now.
CREATE INDEX support_dialogs_open ON support_dialogs (created_at, conversation_id) WHERE state <> 'none';
CREATE INDEX support_dialogs_by_state ON support_dialogs (state, created_at, conversation_id);
CREATE INDEX support_dialogs_by_site ON support_dialogs (site_id, created_at, conversation_id);
CREATE INDEX support_dialogs_by_site_and_state ON support_dialogs (site_id, state, created_at, conversation_id);
CREATE INDEX support_dialogs_by_tag ON support_dialogs USING gin (tags);
