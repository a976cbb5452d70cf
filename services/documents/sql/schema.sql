-- Documents' tables. Its role may read and append; only the owner could do more.

CREATE TYPE stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

CREATE TABLE documents_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text,
    state bytea,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX documents_events_notification_id_idx ON documents_events (notification_id);

-- Each command's key, and the last event it led to.
CREATE TABLE documents_commands (
    key uuid PRIMARY KEY,
    digest bytea NOT NULL,
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL
);

-- The inbox: one row for each message handled.
CREATE TABLE documents_tracking (
    application_name text,
    notification_id bigint,
    PRIMARY KEY (application_name, notification_id)
);

-- Which persons and units have to do with a dossier.
CREATE TABLE documents_access (
    dossier_id uuid,
    party text,
    position bigint,
    is_granted boolean NOT NULL,
    PRIMARY KEY (dossier_id, party, position)
);

-- How far the relay has told our log.
CREATE TABLE documents_relay_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are for ever';
END
$$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON documents_events
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON documents_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- TRUNCATE lets the library take its table lock; the trigger forbids the deed.
GRANT SELECT, INSERT, TRUNCATE ON documents_events TO documents;
GRANT USAGE ON SEQUENCE documents_events_notification_id_seq TO documents;
GRANT SELECT, INSERT ON documents_commands, documents_tracking, documents_access
    TO documents;
GRANT SELECT, INSERT, UPDATE ON documents_relay_tracking TO documents;

-- Read model: the files declared for a dossier.
CREATE TABLE dossier_files (
    dossier_id uuid NOT NULL,
    file_id uuid NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (dossier_id, file_id)
);
CREATE TABLE dossier_files_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);
GRANT SELECT, INSERT, UPDATE ON dossier_files, dossier_files_tracking TO documents;
