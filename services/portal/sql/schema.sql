-- The portal's tables: its own log, the sessions, and the read models.

CREATE TYPE stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

CREATE TABLE portal_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text,
    state bytea,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX portal_events_notification_id_idx ON portal_events (notification_id);

-- Each command's key, and the last event it led to.
CREATE TABLE portal_commands (
    key uuid PRIMARY KEY,
    digest bytea NOT NULL,
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL
);

-- The inbox: one row for each message that the read models show.
CREATE TABLE portal_tracking (
    application_name text,
    notification_id bigint,
    PRIMARY KEY (application_name, notification_id)
);

-- How far the relay has told our log.
CREATE TABLE portal_relay_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are for ever';
END
$$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON portal_events
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON portal_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- TRUNCATE lets the library take its table lock; the trigger forbids the deed.
GRANT SELECT, INSERT, TRUNCATE ON portal_events TO portal;
GRANT USAGE ON SEQUENCE portal_events_notification_id_seq TO portal;
GRANT SELECT, INSERT ON portal_commands, portal_tracking TO portal;
GRANT SELECT, INSERT, UPDATE ON portal_relay_tracking TO portal;

-- Who is signed in. The token itself is only in its owner's hands.
CREATE TABLE portal_sessions (
    id bytea PRIMARY KEY,
    subject text NOT NULL,
    kind text NOT NULL,
    agency text,
    roles text[] NOT NULL,
    level smallint NOT NULL,
    sealed bytea NOT NULL,
    opened_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    stepped_up_until timestamptz
);
CREATE INDEX portal_sessions_subject_idx ON portal_sessions (subject);
CREATE INDEX portal_sessions_expires_at_idx ON portal_sessions (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON portal_sessions TO portal;

-- Read model: who may see a dossier.
CREATE TABLE portal_access (
    party text,
    dossier_id uuid,
    position bigint NOT NULL,
    is_granted boolean NOT NULL,
    PRIMARY KEY (party, dossier_id)
);
CREATE INDEX portal_access_dossier_id_idx ON portal_access (dossier_id);

-- Read model: procedures in all their versions.
CREATE TABLE procedures (
    slug text,
    version integer,
    valid_from date NOT NULL,
    valid_to date,
    definition jsonb NOT NULL,
    words text NOT NULL,
    PRIMARY KEY (slug, version)
);

-- Read model: the legal notices that make days free or worked.
CREATE TABLE calendar_notices (
    id uuid PRIMARY KEY,
    date date NOT NULL,
    kind text NOT NULL,
    scope text NOT NULL,
    scope_id text,
    legal_notice text NOT NULL,
    valid_from timestamptz NOT NULL,
    is_revoked boolean NOT NULL
);

-- Read model: dossiers. Nothing in it is about a person but a pseudonym.
CREATE TABLE dossiers (
    id uuid PRIMARY KEY,
    case_id uuid,
    code text,
    tracking_code text,
    procedure text,
    version integer,
    procedure_code text,
    procedure_name jsonb,
    channel text,
    result_channel text,
    language text,
    applicant text,
    unit text,
    receiving_point text,
    progress smallint NOT NULL DEFAULT 0,
    status smallint NOT NULL DEFAULT 0,
    status_at timestamptz,
    is_stopped boolean NOT NULL DEFAULT false,
    acknowledge_by timestamptz,
    received_at timestamptz,
    due_at timestamptz,
    promised_at timestamptz,
    due_reason text,
    expected_at timestamptz,
    outcome text,
    outcome_kind text,
    outcome_title jsonb,
    words text NOT NULL DEFAULT '',
    has_news_for_applicant boolean NOT NULL DEFAULT false,
    has_news_for_staff boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    revision bigint NOT NULL DEFAULT 1 -- one more with each message that changes a screen
);
CREATE INDEX dossiers_news_idx ON dossiers (opened_at, id)
    WHERE has_news_for_staff;
CREATE INDEX dossiers_opened_at_idx ON dossiers (opened_at DESC, id DESC);
CREATE INDEX dossiers_code_idx ON dossiers (code);
CREATE INDEX dossiers_unit_idx ON dossiers (unit, status);
CREATE INDEX dossiers_received_at_idx ON dossiers (received_at);

CREATE INDEX dossiers_procedure_idx ON dossiers (procedure, received_at);
CREATE UNIQUE INDEX dossiers_tracking_code_idx ON dossiers (tracking_code);

-- Read model: what holds a dossier up, beside how far it has come.
CREATE TABLE holds (
    dossier_id uuid,
    status smallint,
    begun_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (dossier_id, status)
);

-- Read model: what happened to a dossier, as everybody may know it.
CREATE TABLE timeline (
    source text,
    position bigint,
    dossier_id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    type text NOT NULL,
    unit text,
    role text,
    step text,
    name jsonb,
    reason text,
    due_at timestamptz,
    PRIMARY KEY (source, position)
);
CREATE INDEX timeline_dossier_id_idx ON timeline (dossier_id, occurred_at);

-- Read model: papers that were issued.
CREATE TABLE papers (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    kind text NOT NULL,
    title jsonb NOT NULL,
    number text NOT NULL,
    unit text NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    issued_at timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE INDEX papers_dossier_id_idx ON papers (dossier_id);

-- Read model: notices to the applicant, and what became of them.
CREATE TABLE notices (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    channel text NOT NULL,
    template text NOT NULL,
    language text NOT NULL,
    state text NOT NULL,
    reason text,
    changed_at timestamptz NOT NULL
);
CREATE INDEX notices_dossier_id_idx ON notices (dossier_id);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE
    ON portal_access, procedures, calendar_notices, dossiers, holds, timeline, papers, notices
    TO portal;

-- identity: codes sent to phones and mailboxes. Neither code nor address can be read.
CREATE TABLE portal_codes (
    id uuid PRIMARY KEY,
    addressee bytea NOT NULL,
    browser bytea NOT NULL,
    digest bytea NOT NULL,
    sealed bytea NOT NULL,
    subject text NOT NULL, -- the pseudonym of who has that phone or mailbox
    guesses smallint NOT NULL DEFAULT 0,
    is_spent boolean NOT NULL DEFAULT false,
    sent_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX portal_codes_addressee_idx ON portal_codes (addressee, sent_at);
CREATE INDEX portal_codes_browser_idx ON portal_codes (browser, sent_at);
CREATE INDEX portal_codes_sent_at_idx ON portal_codes (sent_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON portal_codes TO portal;

-- identity: one-time codes of officers that were used, for the minutes they live.
CREATE TABLE portal_used_steps (
    subject text,
    step bigint,
    PRIMARY KEY (subject, step)
);
GRANT SELECT, INSERT, DELETE ON portal_used_steps TO portal;

-- identity: what was typed when a session ended, sealed, for who typed it.
CREATE TABLE portal_kept_forms (
    id uuid PRIMARY KEY,
    owner text NOT NULL,
    sealed bytea NOT NULL,
    kept_at timestamptz NOT NULL
);
CREATE INDEX portal_kept_forms_owner_idx ON portal_kept_forms (owner, kept_at);
CREATE INDEX portal_kept_forms_kept_at_idx ON portal_kept_forms (kept_at);
GRANT SELECT, INSERT, DELETE ON portal_kept_forms TO portal;
-- Conversation: what somebody types and has not sent, sealed under the portal's own key.
CREATE TABLE portal_typed (
    subject text,
    place text,
    sealed bytea NOT NULL,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (subject, place)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON portal_typed TO portal;

-- review: on which day which officer was written to, or had nothing to do.
CREATE TABLE portal_digests (
    day date,
    account_id uuid,
    PRIMARY KEY (day, account_id)
);
GRANT SELECT, INSERT, DELETE ON portal_digests TO portal;

-- filing: what is typed and not yet sent, and links by which one comes back to it.
CREATE TABLE portal_drafts (
    dossier_id uuid PRIMARY KEY,
    subject text NOT NULL, -- the applicant, whoever types for them
    sealed bytea NOT NULL,
    saved_at timestamptz NOT NULL
);
CREATE INDEX portal_drafts_saved_at_idx ON portal_drafts (saved_at);
CREATE INDEX portal_drafts_subject_idx ON portal_drafts (subject);
GRANT SELECT, INSERT, UPDATE, DELETE ON portal_drafts TO portal;

CREATE TABLE portal_returns (
    digest bytea PRIMARY KEY,
    subject text NOT NULL,
    dossier_id uuid NOT NULL,
    sealed bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX portal_returns_expires_at_idx ON portal_returns (expires_at);
GRANT SELECT, INSERT, DELETE ON portal_returns TO portal;

-- Who was forgotten, so that it happens once, and every portal forgets their files too.
CREATE TABLE portal_erasures (
    source text,
    position bigint,
    subject text NOT NULL,
    erased_at timestamptz NOT NULL,
    PRIMARY KEY (source, position)
);
CREATE INDEX portal_erasures_erased_at_idx ON portal_erasures (erased_at);
GRANT SELECT, INSERT ON portal_erasures TO portal;

-- Read model: what applicants thought of it, one figure for each dossier.
CREATE TABLE ratings (
    dossier_id uuid PRIMARY KEY,
    procedure text NOT NULL,
    unit text NOT NULL,
    score smallint NOT NULL,
    rated_at timestamptz NOT NULL
);
CREATE INDEX ratings_rated_at_idx ON ratings (rated_at);

-- Read model: complaints and until when they are to be answered; their words are intake's.
CREATE TABLE complaints (
    id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    subject text,
    procedure text,
    unit text,
    lodged_at timestamptz,
    answer_by timestamptz,
    outcome text,
    answered_at timestamptz
);
CREATE INDEX complaints_open_idx ON complaints (answer_by, id) WHERE answered_at IS NULL;
CREATE INDEX complaints_dossier_id_idx ON complaints (dossier_id);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ratings, complaints TO portal;

-- Read model: money that came in for dossiers, and money that went back.
CREATE TABLE money (
    source text NOT NULL,
    position bigint NOT NULL,
    dossier_id uuid NOT NULL,
    amount bigint NOT NULL,
    is_refund boolean NOT NULL,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (source, position)
);
CREATE INDEX money_moved_at_idx ON money (moved_at);
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON money TO portal;
