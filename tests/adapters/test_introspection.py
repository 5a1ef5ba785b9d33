"""A file or a database is read by what it is; what it is not is said with the option that reads it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from adapters import introspection
from adapters.introspection import from_db, from_edmx, from_file, from_openapi, from_wsdl
from contracts.source.schema import Schema
from ports.errors import Misconfigured, Unintelligible

EDMX = """<Edmx Version="1.0" xmlns="http://schemas.microsoft.com/ado/2007/06/edmx"><DataServices>
<Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm"><EntityType Name="T"><Key><PropertyRef
Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType></Schema></DataServices></Edmx>"""
XSD = """<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"><x:complexType name="T"><x:sequence>
<x:element name="Id" type="x:string"/></x:sequence></x:complexType></x:schema>"""
OPENAPI = '{"openapi": "3.0.1", "components": {"schemas": {"T": {"properties": {"Id": {"type": "string"}}}}}}'
FILES = {"edmx": EDMX, "wsdl": XSD, "openapi": OPENAPI}
READERS: dict[str, Callable[[Path], Schema]] = {"edmx": from_edmx, "wsdl": from_wsdl, "openapi": from_openapi}
WORDS = {"edmx": r"\$metadata", "wsdl": "a WSDL", "openapi": "an OpenAPI"}
BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))


def saved(folder: Path, text: str | bytes) -> Path:
    path = folder / "saved file.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("kind", "before"),
    [(kind, before) for kind in READERS for before in ("", "\ufeff")] + [("openapi", "\r\n ")],
)
def test_a_file_of_its_kind_is_read(kind: str, before: str, tmp_path: Path) -> None:
    path = saved(tmp_path, before + FILES[kind])

    schema = READERS[kind](path)

    assert schema.origin == str(path)
    assert schema.column("T", "Id") is not None


@pytest.mark.parametrize("kind", READERS)
def test_a_file_tells_its_kind_by_itself(kind: str, tmp_path: Path) -> None:
    assert from_file(saved(tmp_path, FILES[kind])) == READERS[kind](saved(tmp_path, FILES[kind]))


def test_a_data_set_that_brings_its_schema_along_is_known_by_it(tmp_path: Path) -> None:
    data = '<Shop><x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"' + XSD.partition('XMLSchema"')[2] + "</Shop>"

    assert from_file(saved(tmp_path, data)).column("T", "Id") is not None


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "nothing that a system publishes"),
        ("systems = 1", "nothing that a system publishes"),
        ("<a>", "nothing that a system publishes"),
        ("openapi: 3.0.1", "YAML"),
        (b"SQLite format 3\0\1\2", "a SQLite database"),
        ("<html></html>", "a web page, as a logon sends it"),
    ],
)
def test_a_file_of_no_kind_that_is_read_is_named_with_those_that_are(
    content: str | bytes, what: str, tmp_path: Path
) -> None:
    with pytest.raises(Misconfigured, match=rf"saved file.xml is {what}; give .*OpenAPI in JSON$"):
        from_file(saved(tmp_path, content))


@pytest.mark.parametrize(("kind", "asked"), list(permutations(READERS, 2)))
def test_a_file_of_another_kind_names_the_option_that_reads_it(kind: str, asked: str, tmp_path: Path) -> None:
    path = saved(tmp_path, FILES[kind])

    with pytest.raises(Misconfigured, match=rf"saved file.xml is {WORDS[kind]}.*, not .*; use --from-{kind}$"):
        READERS[asked](path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("openapi: 3.0.1\npaths: {}", "is YAML, not .*in JSON"),
        ("<!DOCTYPE html><html></html>", "is a web page"),
        ("<html><body>Logon</body></html>", "is a web page"),
        (b"SQLite format 3\0\1\2", "is a SQLite database, not .*; use --from-db"),
    ],
)
@pytest.mark.parametrize("kind", READERS)
def test_other_files_that_people_give_are_named(kind: str, content: str | bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=why):
        READERS[kind](saved(tmp_path, content))


@pytest.mark.parametrize(
    "content", ["", "<a", "\0\1\2", "text", "\x80", "{", f"<!DOCTYPE Edmx [{BOMB}]><Edmx>&e9;</Edmx>"]
)
@pytest.mark.parametrize("kind", READERS)
def test_a_damaged_or_hostile_file_is_refused_in_one_sentence(kind: str, content: str, tmp_path: Path) -> None:
    with pytest.raises((Misconfigured, Unintelligible)) as caught:
        READERS[kind](saved(tmp_path, content))

    assert "\n" not in str(caught.value)
    assert "saved file.xml" in str(caught.value)


@pytest.mark.parametrize("kind", READERS)
def test_no_entity_opens_another_file(kind: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("sesame", encoding="utf-8")
    uri = (tmp_path / "secret").as_uri()
    hostile = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{uri}">]>' + FILES[kind].replace('"T"', '"T&e;"')

    with pytest.raises((Misconfigured, Unintelligible)) as caught:
        READERS[kind](saved(tmp_path, hostile))
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize("kind", READERS)
def test_a_path_that_cannot_be_read_is_named(kind: str, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.xml", tmp_path):
        with pytest.raises(Misconfigured, match=f"the file {path} cannot be read: .*; check the path"):
            READERS[kind](path)
    with pytest.raises(Misconfigured, match="null character"):
        READERS[kind](Path("a\0b"))


@pytest.mark.parametrize("kind", READERS)
def test_a_file_that_is_too_long_is_not_taken_in(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(introspection, "_MOST_BYTES", 1024 * 1024)

    with pytest.raises(Misconfigured, match="is larger than 1 MB"):
        READERS[kind](saved(tmp_path, FILES[kind] + " " * 1024 * 1024))


def test_references_are_followed_in_the_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "apis"
    (folder / "types").mkdir(parents=True)
    inner = '{"definitions": {"Inner": {"properties": {"x": {"type": "string"}}}}}'
    for place in (folder / "types" / "beside.json", tmp_path / "above.json"):
        place.write_text(inner, encoding="utf-8")
    (folder / "link.json").symlink_to(tmp_path / "above.json")
    told = {
        "beside": "https://raw.example/master/apis/types/beside.json",
        "above": "../above.json",
        "link": "link.json",
        "whole": (tmp_path / "above.json").as_uri(),
        "null": "a%00b",
        "long": "x" * 5000,
        "broken": "http://[",
    }
    ways = ", ".join(f'"{name}": {{"$ref": "{where}#/definitions/Inner"}}' for name, where in told.items())
    path = folder / "api.json"
    path.write_text(f'{{"definitions": {{"T": {{"properties": {{{ways}}}}}}}}}', encoding="utf-8")

    schema = from_openapi(path)

    assert schema.column("T", "beside/x") is not None
    assert [name for name in told if schema.column("T", f"{name}/x") is None] == [
        "above", "link", "whole", "null", "long", "broken",
    ]  # fmt: skip


def test_a_database_is_read_by_its_address_and_a_missing_table_is_named(tmp_path: Path) -> None:
    file = tmp_path / "erp.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("create table T (Id text)")

    assert from_db(f"sqlite:///{file}").column("T", "Id") is not None
    assert list(from_db(f"sqlite:///{file}", ["T"]).records) == ["T"]
    with pytest.raises(Misconfigured, match="has no table or view t, U; names count as they are written"):
        from_db(f"sqlite:///{file}", ["t", "T", "U"])
    with pytest.raises(Misconfigured):
        from_db(f"sqlite:///{tmp_path / 'gone.db'}")
    with pytest.raises(Misconfigured, match="`url`"):
        from_db("sap.xml")
