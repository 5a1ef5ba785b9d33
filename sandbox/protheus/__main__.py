"""``python -m sandbox.protheus URL`` fills a database with the Protheus sandbox."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from sandbox.protheus.store import install

_SETTINGS = """# Installed SA2010 and SC7010 at {place}
[systems.protheus]
kind = "protheus"
url = "{place}"
company = "01"
branch = "01"
"""


def main() -> None:
    """Install, and say what belongs into ``erp.toml``, without the password."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.protheus", description="Install the Protheus sandbox.")
    parser.add_argument("url", help="SQLAlchemy URL, such as sqlite:///protheus.db")
    text: str = parser.parse_args().url
    try:
        url = make_url(text)
        place = url.render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        parser.exit(2, f"{parser.prog}: this is no database URL; one is sqlite:///protheus.db\n")
    try:
        install(text)
    except ModuleNotFoundError as error:
        parser.exit(2, f"{parser.prog}: {place} needs the driver {error.name}; install it\n")
    except SQLAlchemyError:  # its text may show more of the URL than is good
        parser.exit(2, f"{parser.prog}: {place} cannot be filled; check that it is there and may be written\n")
    if url.get_backend_name() == "sqlite":
        place = f"sqlite:///{Path(str(url.database)).absolute()}"
    sys.stdout.write(_SETTINGS.format(place=place))


if __name__ == "__main__":
    main()
