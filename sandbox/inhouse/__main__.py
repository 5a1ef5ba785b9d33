"""``python -m sandbox.inhouse URL`` fills a database with the in-house sandbox."""

import argparse
import sys

from sqlalchemy import make_url

from sandbox.inhouse.store import install

parser = argparse.ArgumentParser(prog="python -m sandbox.inhouse", description="Install the in-house sandbox.")
parser.add_argument("url", help="SQLAlchemy URL, such as sqlite:///inhouse.db")
url: str = parser.parse_args().url
install(url)
sys.stdout.write(
    f"Installed FORNECEDORES, PEDIDOS and PEDIDOS_ITENS at {make_url(url).render_as_string(hide_password=True)}\n"
)
