"""A database and a role for each service; a role sees its own database only."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import Connection, sql

from infra.embedded.addresses import PostgresAddress
from infra.embedded.errors import OtherVersionError
from infra.embedded.settings import ROOT
from infra.embedded.site import Site

SERVICES = (
    "intake",
    "workflow",
    "documents",
    "signing",
    "notifications",
    "audit",
    "portal",
)
KEYS = "keys"


def schema(database: str) -> Path:
    if database == KEYS:
        return ROOT / "infra/sql/keys.sql"
    return ROOT / f"services/{database}/sql/schema.sql"


def make(site: Site, address: PostgresAddress) -> None:
    """May run again: what is there stays as it is."""
    with psycopg.connect(address.dsn(), autocommit=True) as owner:
        for name in SERVICES:
            make_role(owner, name, site.secrets.password(f"postgres.{name}"))
        for name in (*SERVICES, KEYS):
            make_database(owner, name)
        owner.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
        for name in SERVICES:
            allow(owner, name, role=name)
    for name in (*SERVICES, KEYS):
        with psycopg.connect(address.dsn(name)) as owner:
            apply_schema(owner, name)
    with psycopg.connect(address.dsn(KEYS)) as owner:
        for role in readers_of_keys(owner):
            allow(owner, KEYS, role=role)


def make_role(owner: Connection, name: str, password: str) -> None:
    known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
    verb = sql.SQL("ALTER" if known.fetchone() else "CREATE")
    owner.execute(
        sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
            verb, sql.Identifier(name), sql.Literal(password)
        )
    )


def make_database(owner: Connection, name: str) -> None:
    known = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
    if not known.fetchone():
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    owner.execute(
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
    )


def allow(owner: Connection, database: str, *, role: str) -> None:
    owner.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
            sql.Identifier(database), sql.Identifier(role)
        )
    )


def apply_schema(owner: Connection, database: str) -> None:
    """Once; a file that changed since belongs to another version."""
    file = schema(database)
    if not file.exists():
        return
    statements = file.read_bytes()
    digest = sha256(statements).hexdigest()
    owner.execute(
        "CREATE TABLE IF NOT EXISTS schema_version "
        "(digest text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())"
    )
    applied = owner.execute("SELECT digest FROM schema_version").fetchone()
    if applied is None:
        owner.execute(statements)
        owner.execute("INSERT INTO schema_version (digest) VALUES (%s)", (digest,))
    elif applied[0] != digest:
        raise OtherVersionError(f"tables of {database}")


def readers_of_keys(owner: Connection) -> list[str]:
    rows = owner.execute(
        "SELECT DISTINCT grantee FROM information_schema.role_table_grants "
        "WHERE table_name = 'personal_keys' AND grantee = ANY(%s)",
        (list(SERVICES),),
    )
    return [role for (role,) in rows]
