"""``python -m sandbox.inhouse URL`` fills a database with the in-house sandbox, and lets its nights come."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from sandbox.inhouse.night import make_folder, night
from sandbox.inhouse.store import install

_SETTINGS = """# Installed FORNECEDORES, PEDIDOS and PEDIDOS_ITENS at {place}
[systems.inhouse]
kind = "inhouse"
url = "{place}"

[systems.inhouse.companies.01]
{way}
"""
_NIGHT = "# what is dropped there waits for a night: python -m sandbox.inhouse {place} --drop-folder {folder} --night"


def main() -> None:
    """Install, and say what belongs into ``erp.toml``, without the password; or let one night come."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.inhouse", description="An in-house system to try.")
    parser.add_argument("url", help="SQLAlchemy URL, such as sqlite:///inhouse.db")
    parser.add_argument(
        "--drop-folder", type=Path, help="where files wait for the night; by default beside the file of SQLite"
    )
    parser.add_argument("--night", action="store_true", help="install nothing; carry out what waits in the folder")
    parser.add_argument(
        "--lose-answers", type=int, default=0, metavar="N", help="of that night, lose the first N answers"
    )
    given = parser.parse_args()
    try:
        url = make_url(given.url)
        place = url.render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        parser.exit(2, f"{parser.prog}: this is no database URL; one is sqlite:///inhouse.db\n")
    beside = Path(str(url.database)).parent / "dropped" if url.get_backend_name() == "sqlite" else None
    folder: Path | None = given.drop_folder or beside
    if given.night and folder is None:
        parser.exit(2, f"{parser.prog}: nobody says where files wait for the night; add --drop-folder\n")
    if given.lose_answers and not given.night:
        parser.exit(2, f"{parser.prog}: only a night has answers to lose; add --night\n")
    try:
        if given.night and folder is not None:
            told = _a_night(given.url, folder, given.lose_answers)
        else:
            told = _installed(given.url, url, folder)
    except ModuleNotFoundError as error:
        parser.exit(2, f"{parser.prog}: {place} needs the driver {error.name}; install it\n")
    except SQLAlchemyError:  # its text may show more of the URL than is good
        parser.exit(2, f"{parser.prog}: {place} cannot be filled; check that it is there and may be written\n")
    except OSError as error:
        parser.exit(2, f"{parser.prog}: {folder} cannot be used ({error.strerror})\n")
    sys.stdout.write(told)


def _installed(text: str, url: URL, folder: Path | None) -> str:
    """Fill the database at *text*, make the *folder*, and give what says so in ``erp.toml``."""
    install(text)
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(Path(str(url.database)).absolute()))
    place = url.render_as_string(hide_password=True)
    if folder is None:
        return _SETTINGS.format(place=place, way=f'procedures = "{place}"')
    folder = folder.absolute()
    make_folder(folder)
    return _SETTINGS.format(place=place, way=f'drop_folder = "{folder}"\n{_NIGHT.format(place=place, folder=folder)}')


def _a_night(text: str, folder: Path, lost: int) -> str:
    """Let the night come, and take the first answers that it wrote away again, as many as are to be *lost*."""
    make_folder(folder)
    before = set((folder / "SAIDA").glob("*.RET"))
    taken = night(text, folder)
    lose = sorted({*(folder / "SAIDA").glob("*.RET")} - before)[:lost]
    for answer in lose:
        answer.unlink()
    return f"Took {taken} file(s) from {folder / 'ENTRADA'}, and lost {len(lose)} answer(s)\n"


if __name__ == "__main__":
    main()
