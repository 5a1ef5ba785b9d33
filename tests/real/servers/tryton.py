"""Tryton 8.2 with a business in it, on SQLite and on PostgreSQL: installed, seeded once, and kept."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import uuid4

from tests.real.servers.cache import built, run

SEED = Path(__file__).with_name("tryton_seed.py")
MODULES = "party product purchase sale stock account_invoice".split()
PACKAGES = [f"{name}==8.2.*" for name in ("trytond[PostgreSQL]", "proteus", *(f"trytond_{part}" for part in MODULES))]
_WORDS = [word.encode() for word in (*PACKAGES, sys.version)]


def python() -> Path:
    """Give the interpreter of an environment that has Tryton in it."""

    def install(folder: Path) -> None:
        run(sys.executable, "-m", "venv", folder)
        run(folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES)

    return built("tryton", _WORDS, install) / "bin" / "python"


def sqlite_file() -> Path:
    """Give the seeded SQLite database, to be copied by whoever uses it."""

    def build(folder: Path) -> None:
        (folder / "tryton.sqlite").touch()  # Tryton fills an empty file and refuses an absent one
        _fill("sqlite:///tryton", folder)

    return built("tryton-sqlite", [*_WORDS, SEED.read_bytes()], build) / "tryton.sqlite"


def postgresql_dump(server: str) -> Path:
    """Give the seeded PostgreSQL database as a dump; *server* is the address that it is built on."""

    def build(folder: Path) -> None:
        database = f"dragoman_tryton_{uuid4().hex[:8]}"
        run("createdb", "--maintenance-db", f"{server}/postgres", database)
        try:
            lax = f"ALTER DATABASE {database} SET synchronous_commit = off"  # it is thrown away if anything breaks
            run("psql", "--quiet", f"{server}/postgres", "--command", lax)
            _fill(f"{server}/{database}", folder)
            run("pg_dump", "--format", "custom", "--file", folder / "tryton.dump", f"{server}/{database}")
        finally:
            run("dropdb", "--maintenance-db", f"{server}/postgres", database)

    return built("tryton-postgresql", [*_WORDS, SEED.read_bytes()], build) / "tryton.dump"


def _fill(uri: str, folder: Path) -> None:
    password = folder / "password"
    password.write_text("admin\n", encoding="utf-8")
    environment = {
        "TRYTONPASSFILE": str(password),  # without it Tryton makes no user
        "TRYTOND_DATABASE_URI": uri,
        "TRYTOND_DATABASE__PATH": str(folder),
    }
    database = uri.rpartition("/")[2]
    admin = python().with_name("trytond-admin")
    run(
        admin, "-d", database, "-u", *MODULES, "--activate-dependencies", "--email", "admin@example.com",
        environment=environment,
    )  # fmt: skip
    run(python(), SEED, uri, environment=environment)
