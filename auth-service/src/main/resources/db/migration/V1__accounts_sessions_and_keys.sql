create table account (
  id            uuid primary key,
  -- Lower case; null for guests, who cannot sign in again.
  username      text constraint account_username_key unique,
  email         text constraint account_email_key unique,
  name          text        not null,
  password_hash text,
  roles         text[]      not null,
  default_model text,
  presence      text        not null default 'auto',
  created_at    timestamptz not null
);
-- Prefix search, whatever the database's collation.
create index account_username_prefix on account (username text_pattern_ops);
create index account_name_prefix on account (lower(name) text_pattern_ops);
create index account_guests on account (created_at) where username is null;

create table session (
  id            uuid primary key,
  account_id    uuid        not null references account on delete cascade,
  kind          text        not null check (kind in ('SIGN_IN', 'API_TOKEN')),
  label         text,
  -- SHA-256 of the refresh token's lasting and changing halves; null for API tokens.
  family_hash   bytea constraint session_family_hash_key unique,
  refresh_hash  bytea,
  created_at    timestamptz not null,
  last_used_at  timestamptz not null,
  expires_at    timestamptz not null,
  -- When the last token handed out for it expires by itself.
  trusted_until timestamptz not null,
  revoked_at    timestamptz
);
create index session_account on session (account_id, kind);
create index session_expiry on session (expires_at);
create index session_revoked on session (trusted_until) where revoked_at is not null;

create table signing_key (
  kid         text primary key,
  private_key bytea       not null,
  public_key  bytea       not null,
  created_at  timestamptz not null,
  -- Published before it signs, so that every verifier knows it by then.
  signs_from  timestamptz not null
);
revoke all on signing_key from public;

create table outbox (
  id         bigint generated always as identity primary key,
  record_key text        not null,
  -- Null is a tombstone: the topic may forget the key.
  payload    text,
  created_at timestamptz not null default now()
);
