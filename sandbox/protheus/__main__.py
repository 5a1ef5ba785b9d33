"""``python -m sandbox.protheus URL`` fills a database with the Protheus sandbox."""

import argparse
import sys

from sqlalchemy import make_url

from sandbox.protheus.store import install

parser = argparse.ArgumentParser(prog="python -m sandbox.protheus", description="Install the Protheus sandbox.")
parser.add_argument("url", help="SQLAlchemy URL, such as sqlite:///protheus.db")
url: str = parser.parse_args().url
install(url)
sys.stdout.write(f"Installed SA2010 and SC7010 at {make_url(url).render_as_string(hide_password=True)}\n")
