"""The supplier's model MATA020, as the framework publishes every model: a form of fields under a key in base64."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from sandbox.protheus.rows import Row
from sandbox.protheus_rest.errors import answered, fault, refused
from sandbox.protheus_rest.tables import Change, Commit, Store
from sandbox.protheus_rest.writing import complete, document, stored
from sandbox.web import Response

PATH = "/fwmodel/MATA020"
_FORM = "SA2MASTER"
_NEEDED = ("A2_LOJA", "A2_NOME", "A2_TIPO", "A2_END", "A2_EST", "A2_MUN", "A2_PAIS")
Work = tuple[Response, Sequence[Change], Commit]


def written(store: Store, method: str, key: str, body: bytes) -> Work:
    """Create a supplier, whose code the number server gives, or change one.

    Raises:
        RestFault: there is no such supplier, or the model says no.
    """
    fields = stored(store.suppliers, _fields(document(body)))
    if method == "POST" and key == "":
        return _created(store, fields)
    if method != "PUT":
        raise fault(405, "Metodo nao suportado", method)
    before = _one(store, key)
    if fields.keys() & {"A2_COD", "A2_LOJA"}:
        raise refused("NOALTERA", "A chave do fornecedor nao pode ser alterada")
    after = before | fields
    complete(after, _NEEDED)
    return answered(200, _model(after)), [Change(before, after)], Commit("MATA020", "4", _code(after))


def _created(store: Store, fields: Row) -> Work:
    blank = {name: " " * width for name, width in store.suppliers.fields.items() if width is not None}
    after = blank | fields | {"D_E_L_E_T_": " "}
    if str(after["A2_COD"]).strip() == "":
        after["A2_COD"] = _next_code(store)
    complete(after, _NEEDED)
    tax_id = str(after["A2_CGC"]).strip()
    if tax_id and any(str(row["A2_CGC"]).strip() == tax_id for row in store.suppliers.live("01")):
        raise refused("JAGRAVADO", "Ja existe fornecedor com este CNPJ/CPF", f"Campo: A2_CGC {tax_id}")
    return answered(201, _model(after)), [Change(None, after)], Commit("MATA020", "3", _code(after))


def _next_code(store: Store) -> str:
    taken = [int(str(row["A2_COD"])) for row in store.suppliers.rows if str(row["A2_COD"]).strip().isdigit()]
    return f"{max(each for each in taken if each < 900_000) + 1:06d}"


def _fields(given: dict[str, object]) -> dict[str, object]:
    """Give the fields of the model's one form."""
    models = given.get("models")
    form = models[0] if isinstance(models, list) and len(models) == 1 else None
    fields = form.get("fields") if isinstance(form, dict) and form.get("id") == _FORM else None
    if given.get("id") != "MATA020" or not isinstance(fields, list):
        raise fault(400, "Modelo invalido", "MATA020")
    return {str(each["id"]): each["value"] for each in fields}


def _one(store: Store, key: str) -> Row:
    try:
        asked = base64.b64decode(key, validate=True).decode("cp1252")
    except (binascii.Error, ValueError):
        raise fault(400, "Chave invalida", key) from None
    for row in store.suppliers.live("01"):
        if _pk(row) == asked:
            return row
    raise fault(404, "Registro nao encontrado", "REGNOIS")


def _pk(row: Row) -> str:
    return f"{row['A2_FILIAL']}{row['A2_COD']}{row['A2_LOJA']}"


def _code(row: Row) -> str:
    return f"{row['A2_COD']}{row['A2_LOJA']}"


def _model(row: Row) -> dict[str, object]:
    key = base64.b64encode(_pk(row).encode("cp1252")).decode("ascii")
    names = ("A2_FILIAL", "A2_COD", "A2_LOJA", "A2_NOME")
    fields = [{"id": name, "order": place, "value": row[name]} for place, name in enumerate(names, start=1)]
    return {
        "id": "MATA020",
        "operation": 1,
        "pk": key,
        "models": [{"id": _FORM, "modeltype": "FIELDS", "fields": fields}],
    }
