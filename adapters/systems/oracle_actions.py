"""REST actions on Fusion's orders: where they are, and carrying them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit

from attrs import frozen

from acl.oracle.commands.calls import Action, Raw
from adapters.rest.connection import RestConnection
from adapters.rest.page_styles import OffsetPages
from adapters.rest.service import RestService
from ports.errors import Drifted, NotFound

RESOURCES = "fscmRestApi/resources/11.13.18.05"
"""The version is pinned: what is called the latest changes with the next update (FUS-VER-01)."""
FRAMEWORK = {"REST-Framework-Version": "4"}
_MEDIA_TYPE = "application/vnd.oracle.adf.action+json"


@frozen(kw_only=True)
class OracleActions:
    """The actions on orders in one environment; *name* is the site's own for it, *above* the path of the API."""

    name: str
    above: str
    service: RestService

    @classmethod
    def of(cls, name: str, connection: RestConnection) -> Self:
        """Open the API; it contacts nobody yet."""
        service = RestService(connection, render=lambda _: {})
        return cls(name=name, above=urlsplit(connection.url).path, service=service)

    def path(self, action: Action, order: Mapping[str, str]) -> str:
        """Find the path of an action on the one *order* that has these values; a part of it nobody can compute.

        Raises:
            NotFound: REST does not show the order.
            Drifted: it does not say where the order is, or it is of another version.
            AccessDenied, Misconfigured, Refused, Unavailable, Unintelligible: see `adapters.rest.faults`.

        Source: FUS-ID-01, FUS-VER-01.
        """
        query = ";".join(f"{name}='{_quoted(text)}'" for name, text in order.items())
        pages = self.service.pages(action.resource, params={"q": query}, page_style=OffsetPages(key=("POHeaderId",)))
        items = [item for page in pages for item in page if all(item.get(name) == text for name, text in order.items())]
        if len(items) != 1:
            raise NotFound(f"{self.name} shows {len(items)} of {action.resource} where {query}")
        return f"{action.resource}/{self._last_part(items[0], action.resource)}/action/{action.name}"

    def _last_part(self, item: Raw, resource: str) -> str:
        links = item.get("links")
        own = [each for each in links if each.get("rel") == "self"] if isinstance(links, list) else []
        path = urlsplit(str(own[0].get("href", ""))).path if len(own) == 1 else ""
        above, _, last = path.rpartition("/")
        if last == "" or above != f"{self.above}/{resource}":
            raise Drifted(f"{self.name}: {resource} link to {path or 'nowhere'}, and not to {self.above}/{resource}")
        return last

    def carry_out(self, action: Action, path: str, *, until: float) -> Raw:
        """Carry an action out once, and give what was answered.

        Raises:
            Refused, Conflict, NotFound, AccessDenied, Unavailable, Misconfigured: it was not carried out.
            OutcomeUnknown: the request left, and no answer that can be understood came.
        """
        body = self.service.write("POST", path, dict(action.arguments), until=until, media_type=_MEDIA_TYPE).body
        return body if isinstance(body, Mapping) else {}

    def close(self) -> None:
        """End the connections."""
        self.service.close()


def _quoted(text: str) -> str:
    return text.replace("'", "''")
