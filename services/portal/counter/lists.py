"""The lists of a desk's day, out of the read models: nothing in them names a person."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from services.portal.desk import Desk
from shared.clock import LOCAL

Row = dict[str, Any]

MOST = 200
RECEIVED = """
    SELECT * FROM dossiers
    WHERE (unit = ANY(%(units)s) OR receiving_point = ANY(%(own)s))
    AND received_at >= %(since)s ORDER BY received_at DESC LIMIT %(most)s
"""
WAITING = """
    SELECT * FROM dossiers
    WHERE unit = ANY(%(units)s) AND status = 1 AND channel = 'online'
    ORDER BY acknowledge_by NULLS LAST, opened_at LIMIT %(most)s
"""
BEGUN = """
    SELECT * FROM dossiers
    WHERE unit = ANY(%(units)s) AND status = 0 AND channel <> 'online'
    ORDER BY opened_at DESC LIMIT %(most)s
"""
ASKED = """
    SELECT * FROM dossiers
    WHERE unit = ANY(%(units)s) AND status = 5
    ORDER BY status_at LIMIT %(most)s
"""
READY = """
    SELECT * FROM dossiers
    WHERE unit = ANY(%(units)s) AND status = 9
    ORDER BY status_at LIMIT %(most)s
"""
CALLS = """
    SELECT d.*, n.template, n.ids, n.ways, n.failed_at
    FROM (
        SELECT dossier_id, template, array_agg(id ORDER BY channel DESC) AS ids,
            array_agg(channel ORDER BY channel DESC) AS ways,
            max(changed_at) AS failed_at
        FROM notices GROUP BY dossier_id, template
        HAVING bool_and(state IN ('failed', 'unknown'))
    ) n JOIN dossiers d ON d.id = n.dossier_id
    WHERE d.unit = ANY(%(units)s)
    ORDER BY n.failed_at LIMIT %(most)s
"""


def served(desk: Desk) -> list[str]:
    """The units for which this desk works: its own, and those it receives for."""
    directory = desk.parts.directory
    own = next((u for u in directory.units if u.id == desk.actor.agency), None)
    if own is None:
        return []
    if not directory.is_reception(own.id):
        return [own.id]
    near = [
        each.id
        for each in directory.units
        if each.province == own.province and own.commune in (None, each.commune)
    ]
    return sorted({own.id, *near})


async def listed(desk: Desk, query: str) -> list[Row]:
    today = datetime.combine(desk.parts.today(), time(), LOCAL)
    arguments = {
        "units": served(desk),
        "own": [desk.actor.agency or ""],
        "since": today,
        "most": MOST,
    }
    return await desk.parts.views.listed(query, arguments)
