-- Notifications' tables. Its role may read and append; only the owner could do more.

CREATE TYPE stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

CREATE TABLE notifications_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text,
    state bytea,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX notifications_events_notification_id_idx
    ON notifications_events (notification_id);

-- Each command's key, and the last event it led to.
CREATE TABLE notifications_commands (
    key uuid PRIMARY KEY,
    digest bytea NOT NULL,
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL
);

-- The inbox: one row for each message handled.
CREATE TABLE notifications_tracking (
    application_name text,
    notification_id bigint,
    PRIMARY KEY (application_name, notification_id)
);

-- Which persons and units may see what concerns a dossier.
CREATE TABLE notifications_access (
    dossier_id uuid,
    party text,
    position bigint,
    is_granted boolean NOT NULL,
    PRIMARY KEY (dossier_id, party, position)
);

-- How far the relay has told our log.
CREATE TABLE notifications_relay_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);

-- What providers say became of messages, until the notice has heard of it.
CREATE TABLE notifications_receipts (
    reference text PRIMARY KEY,
    failure text,
    received_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are for ever';
END
$$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON notifications_events
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notifications_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- TRUNCATE lets the library take its table lock; the trigger forbids the deed.
GRANT SELECT, INSERT, TRUNCATE ON notifications_events TO notifications;
GRANT USAGE ON SEQUENCE notifications_events_notification_id_seq TO notifications;
GRANT SELECT, INSERT ON notifications_commands, notifications_tracking,
    notifications_access TO notifications;
GRANT SELECT, INSERT, UPDATE ON notifications_relay_tracking TO notifications;
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications_receipts TO notifications;

-- Read model: notices, by dossier and by what they wait for.
CREATE TABLE notices (
    notice_id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    place bigint NOT NULL,
    state text NOT NULL,
    since timestamptz NOT NULL,
    again_at timestamptz,
    reference text
);
CREATE INDEX notices_dossier_id_idx ON notices (dossier_id);
CREATE INDEX notices_reference_idx ON notices (reference);
CREATE INDEX notices_again_at_idx ON notices (again_at) WHERE state = 'deferred';
CREATE INDEX notices_since_idx ON notices (since) WHERE state = 'sending';
CREATE TABLE notices_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);
GRANT SELECT, INSERT, UPDATE ON notices, notices_tracking TO notifications;
