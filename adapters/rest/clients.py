"""Clients of the HTTP library, made as one connection says."""

from __future__ import annotations

import ssl

import httpx2

from adapters.rest.connection import Basic, Bearer, RestConnection
from adapters.rest.tapped import way


def client_for(
    connection: RestConnection, transport: httpx2.BaseTransport | None, limits: httpx2.Limits
) -> httpx2.Client:
    """Make a client that takes nothing from the environment (no proxy, no .netrc) and follows no redirect."""
    logon = connection.logon
    auth = httpx2.BasicAuth(logon.user, logon.password.get_secret_value()) if isinstance(logon, Basic) else None
    token = {"Authorization": f"Bearer {logon.token.get_secret_value()}"} if isinstance(logon, Bearer) else {}
    verify = (
        ssl.create_default_context(cafile=connection.verify)
        if isinstance(connection.verify, str)
        else connection.verify
    )
    return httpx2.Client(
        auth=auth,
        headers={"Accept": "application/json", **connection.headers, **token},
        timeout=connection.timeout,
        verify=verify,
        limits=limits,
        transport=way(transport, lambda: httpx2.HTTPTransport(verify=verify, limits=limits, trust_env=False)),
        trust_env=False,
        follow_redirects=False,
    )
