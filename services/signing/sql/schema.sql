-- Signing's tables. Its role may read and append; only the owner could do more.

CREATE TYPE stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

CREATE TABLE signing_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text,
    state bytea,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX signing_events_notification_id_idx ON signing_events (notification_id);

-- Each command's key, and the last event it led to.
CREATE TABLE signing_commands (
    key uuid PRIMARY KEY,
    digest bytea NOT NULL,
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL
);

-- The inbox: one row for each message handled.
CREATE TABLE signing_tracking (
    application_name text,
    notification_id bigint,
    PRIMARY KEY (application_name, notification_id)
);

-- How far the relay has told our log.
CREATE TABLE signing_relay_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);

-- Which persons and units may see the papers about a dossier.
CREATE TABLE signing_access (
    dossier_id uuid,
    party text,
    position bigint,
    is_granted boolean NOT NULL,
    PRIMARY KEY (dossier_id, party, position)
);

-- Read model: the papers of each unit until they are sealed, and the numbers it gave.
CREATE TABLE signing_seals (
    paper_id uuid PRIMARY KEY,
    dossier_id uuid NOT NULL,
    unit text NOT NULL,
    kind text NOT NULL,
    title jsonb NOT NULL,
    code text,
    number text NOT NULL,
    dated timestamptz NOT NULL,
    hindrance text,
    hindered_at timestamptz,
    issued_at timestamptz
);
CREATE INDEX signing_seals_waiting_idx ON signing_seals (unit, dated)
    WHERE issued_at IS NULL;
CREATE INDEX signing_seals_sealed_idx ON signing_seals (unit, issued_at DESC)
    WHERE issued_at IS NOT NULL;
CREATE TABLE signing_series (
    register_id uuid PRIMARY KEY,
    unit text NOT NULL,
    series text NOT NULL,
    year int NOT NULL,
    last int NOT NULL DEFAULT 0,
    number text,
    given_at timestamptz NOT NULL
);
CREATE INDEX signing_series_unit_idx ON signing_series (unit, year);
CREATE TABLE signing_seals_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are for ever';
END
$$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON signing_events
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON signing_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

-- TRUNCATE lets the library take its table lock; the trigger forbids the deed.
GRANT SELECT, INSERT, TRUNCATE ON signing_events TO signing;
GRANT USAGE ON SEQUENCE signing_events_notification_id_seq TO signing;
GRANT SELECT, INSERT ON signing_commands, signing_tracking, signing_access TO signing;
GRANT SELECT, INSERT, UPDATE ON signing_relay_tracking TO signing;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON signing_seals, signing_series, signing_seals_tracking TO signing;
