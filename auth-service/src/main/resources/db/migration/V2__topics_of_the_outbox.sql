-- The outbox serves more than one topic; rows of before are all of the first.
alter table outbox add column topic text not null default 'auth.events';

-- What users chose before there was a topic to tell it on.
insert into outbox (topic, record_key, payload)
select 'auth.users', id::text,
       json_build_object('type', 'default_model_chosen', 'user_id', id::text,
                         'default_model', default_model, 'changed_at', created_at)::text
from account where default_model is not null;
