"""A role sees its own database, as far as its grants go; and nobody else's."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from infra.embedded import Servers, databases
from infra.embedded.errors import OtherVersionError


def dsn(servers: Servers, role: str, database: str) -> str:
    own = servers.environment(role)
    prefix = f"GUICHET_{role.upper()}_POSTGRES"
    account = f"{role}:{own[f'{prefix}_PASSWORD']}"
    host, port = own[f"{prefix}_HOST"], own[f"{prefix}_PORT"]
    return f"postgresql://{account}@{host}:{port}/{database}"


@pytest.mark.parametrize("name", databases.SERVICES)
def test_a_service_reaches_its_own_database(servers: Servers, name: str) -> None:
    with psycopg.connect(dsn(servers, name, name)) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (name,)


@pytest.mark.parametrize("database", ["workflow", "postgres", "template1"])
def test_a_service_reaches_no_other_database(servers: Servers, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(dsn(servers, "intake", database))


def test_a_password_is_asked_for(servers: Servers) -> None:
    address = servers.addresses.postgres

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=address.host, port=address.port, user="intake", dbname="intake"
        )


def test_a_service_makes_no_tables(servers: Servers) -> None:
    with (
        psycopg.connect(dsn(servers, "intake", "intake")) as connection,
        pytest.raises(InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (id int)")


def test_schemas_are_applied_once(servers: Servers) -> None:
    databases.make(servers.site, servers.addresses.postgres)

    with psycopg.connect(servers.addresses.postgres.dsn("intake")) as owner:
        found = owner.execute("SELECT count(*) FROM schema_version").fetchone()
    assert found == (1,)


def test_tables_of_another_version_are_named(servers: Servers) -> None:
    with psycopg.connect(servers.addresses.postgres.dsn("intake")) as owner:
        owner.execute("UPDATE schema_version SET digest = 'of another version'")

        with pytest.raises(OtherVersionError, match=r"intake.*down --reset"):
            databases.apply_schema(owner, "intake")

        owner.rollback()
