-- Audit's tables. Its role may read and append; only the owner could do more.

-- The log: one leaf for each event of every service.
CREATE TABLE audit_leaves (
    leaf bigint PRIMARY KEY,
    source text NOT NULL,
    position bigint NOT NULL,
    topic text NOT NULL,
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    dossier_id uuid,
    actor jsonb NOT NULL,
    occurred_at timestamptz NOT NULL,
    correlation_id text NOT NULL,
    digest text NOT NULL,
    leaf_hash bytea NOT NULL,
    case_hash bytea NOT NULL,
    log_hash bytea NOT NULL,
    UNIQUE (source, position)
);
-- What belongs to no dossier is a history too: that of the dossier zero.
CREATE INDEX audit_leaves_case_idx ON audit_leaves
    (coalesce(dossier_id, '00000000-0000-0000-0000-000000000000'), leaf);

-- The end of each case's history.
CREATE TABLE audit_heads (
    dossier_id uuid PRIMARY KEY,
    leaves bigint NOT NULL,
    last bigint NOT NULL,
    hash bytea NOT NULL
);

-- The end of the log. Who locks its only row may append.
CREATE TABLE audit_log (
    leaves bigint NOT NULL,
    last bigint,
    hash bytea NOT NULL
);
INSERT INTO audit_log VALUES (0, NULL, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is for ever';
END
$$;
CREATE TRIGGER never_changed BEFORE UPDATE OR DELETE ON audit_leaves
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_leaves
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();

CREATE FUNCTION only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF new.leaves <> old.leaves + 1 THEN
        RAISE EXCEPTION 'the log grows leaf by leaf';
    END IF;
    RETURN new;
END
$$;
CREATE TRIGGER only_forward BEFORE UPDATE ON audit_heads
    FOR EACH ROW EXECUTE FUNCTION only_forward();
CREATE TRIGGER only_forward BEFORE UPDATE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION only_forward();
CREATE TRIGGER never_deleted BEFORE DELETE ON audit_heads
    FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TRIGGER never_deleted BEFORE DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse();

-- Which persons and units may ask about a dossier.
CREATE TABLE audit_access (
    dossier_id uuid,
    party text,
    position bigint,
    is_granted boolean NOT NULL,
    PRIMARY KEY (dossier_id, party, position)
);

-- The inbox that tells of them: one row for each message handled.
CREATE TABLE audit_access_tracking (
    application_name text,
    notification_id bigint,
    PRIMARY KEY (application_name, notification_id)
);

GRANT SELECT, INSERT ON audit_leaves, audit_access, audit_access_tracking TO audit;
GRANT SELECT, INSERT, UPDATE ON audit_heads TO audit;
GRANT SELECT, UPDATE ON audit_log TO audit;
