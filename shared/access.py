"""Who has to do with a dossier: a list that only grows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.postgres import PostgresDatastore
from psycopg.sql import SQL, Identifier

Grant = tuple[UUID, str]  # a dossier, and a person or unit that it concerns

ENTER = """
    INSERT INTO {access} (dossier_id, party, position, is_granted)
    SELECT dossier_id, party, %s, %s FROM unnest(%s::uuid[], %s::text[])
    AS named (dossier_id, party)
    ON CONFLICT DO NOTHING
"""
CONCERNED = """
    SELECT FROM {access} said
    WHERE dossier_id = %s AND party = ANY(%s) AND is_granted AND NOT EXISTS (
        SELECT FROM {access} later
        WHERE later.dossier_id = said.dossier_id AND later.party = said.party
        AND later.position > said.position AND NOT later.is_granted
    )
    LIMIT 1
"""


class AccessList:
    """The rows of one service. What the teller said last of a party, holds.

    `position` is the place of a message in its teller's log, so a message that is
    handled late, from the dead letters or told again, takes nothing back that was said
    after it. Only intake ends access, and only of persons, of whom nobody else tells.
    """

    def __init__(self, datastore: PostgresDatastore, service: str) -> None:
        self._datastore = datastore
        self._table = Identifier(datastore.schema, f"{service}_access")

    def enter(
        self,
        cursor: Any,
        position: int,
        *,
        grants: Sequence[Grant] = (),
        ends: Sequence[Grant] = (),
    ) -> None:
        """Whose access begins and whose ends by the message in this place."""
        enter = SQL(ENTER).format(access=self._table)
        for named, is_granted in ((grants, True), (ends, False)):
            if named:
                dossiers, parties = zip(*named, strict=True)
                cursor.execute(
                    enter, (position, is_granted, list(dossiers), list(parties))
                )

    def is_concerned(self, dossier_id: UUID, parties: Iterable[str]) -> bool:
        """One of these persons or units has to do with this dossier."""
        query = SQL(CONCERNED).format(access=self._table)
        with self._datastore.cursor() as cursor:
            cursor.execute(query, (dossier_id, list(parties)))
            return cursor.fetchone() is not None
