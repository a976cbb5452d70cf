"""The yardstick for commands: what this PostgreSQL does with nobody before it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg

from infra.embedded.postgres import wheel_programs
from infra.embedded.running import Places
from tools.bench.figures import Figure, Terms

DATABASE = "bench"
TABLE = "CREATE TABLE inserts (id bigserial PRIMARY KEY, state bytea NOT NULL)"
INSERT = "INSERT INTO inserts (state) VALUES (decode(repeat('00', 600), 'hex'));\n"
SCALE = "4"
RATE = re.compile(r"tps = ([0-9.]+)")
LATENCY = re.compile(r"latency average = ([0-9.]+) ms")


def measured_pgbench(places: Places, terms: Terms) -> list[Figure]:
    """Single inserts, and the transfers pgbench is known for; each with fsync."""
    dsn = fresh_database(places)
    with TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(INSERT)
        pgbench(dsn, "--initialize", f"--scale={SCALE}", "--quiet")
        runs = {
            "pgbench, one INSERT": f"--file={script}",
            "pgbench, TPC-B-like": "--builtin=tpcb-like",
        }
        return [run(dsn, what, option, terms) for what, option in runs.items()]


def run(dsn: str, what: str, option: str, terms: Terms) -> Figure:
    clients, seconds = f"--client={terms.concurrency}", f"--time={terms.seconds}"
    said = pgbench(dsn, option, "--no-vacuum", "--jobs=2", clients, seconds)
    found, latency = RATE.search(said), LATENCY.search(said)
    return Figure(
        what=what,
        per_second=float(found[1]) if found else 0.0,
        p50_ms=float(latency[1]) if latency else None,
    )


def pgbench(dsn: str, *options: str) -> str:
    command = [str(wheel_programs() / "pgbench"), *options, dsn]
    done = subprocess.run(  # noqa: S603 -- our own program and options
        command, check=True, capture_output=True, text=True
    )
    return done.stdout


def fresh_database(places: Places) -> str:
    with psycopg.connect(places.postgres_dsn, autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        owner.execute(f"CREATE DATABASE {DATABASE}")
    dsn = urlunsplit(urlsplit(places.postgres_dsn)._replace(path=f"/{DATABASE}"))
    with psycopg.connect(dsn) as owner:
        owner.execute(TABLE)
    return dsn
