"""Where each page lies, and how one leads to another."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

HOME = "index.md"
EVENTS = "events/index.md"
SERVICES = "services/index.md"
CHANNELS = "channels/index.md"
FIELDS = "fields/index.md"
DOMAINS = "domains/index.md"
TEAMS = "teams/index.md"
CHANGES = "changes/index.md"
HEALTH = "health/index.md"
SIMILAR = "similar/index.md"
MAP = "map/index.md"
_LONGEST_QUERY = 4000
"""Characters; more than that some servers refuse."""


@dataclass(frozen=True, slots=True)
class Links:
    """Links from one page; every address is relative, so the site may lie anywhere."""

    base: str
    """From the page to the site's root, such as `../`."""
    directory_urls: bool
    """Whether addresses end in `/` instead of `.html`."""
    folder: str = ""
    """From the site's root, the folder that pages of the page's own kind stand in."""

    def page(self, path: str, anchor: str = "") -> str:
        """To a page by its path.

        >>> Links("../", directory_urls=False).page("events/index.md", "top")
        '../events/index.html#top'
        >>> Links("../../", directory_urls=True).page("events/order-placed.md")
        '../../events/order-placed/'
        """
        address = self.file(_address(path, self.directory_urls))
        return f"{address}#{anchor}" if anchor else address

    def file(self, path: str) -> str:
        """To a file that is not a page.

        >>> Links("../", directory_urls=False, folder="events/").file("events/placed.md")
        'placed.md'
        """
        if self.folder and path.startswith(self.folder):
            return f"{self.base[3:]}{path[len(self.folder) :]}" or "./"
        return f"{self.base}{path}"

    def event(self, event: str, anchor: str = "") -> str:
        """To an event's page, by its id."""
        return self.page(event_path(event), anchor)

    def field(self, event: str, path: str) -> str:
        """To a field on an event's page, by the event's id and the path in its payload.

        Where the path is empty, to all fields.

        >>> Links("../", directory_urls=False).field("placed", "lines[].unit price")
        '../events/placed.html#payload.lines%5B%5D.unit-price'
        """
        step = "" if path.startswith(("[", "{")) or not path else "."
        anchor = "-".join(f"payload{step}{path}".split())
        return self.event(event, quote(anchor, errors="replace"))

    def service(self, service: str) -> str:
        """To a service's page, by its id."""
        return self.page(service_path(service))

    def focus(self, kind: str, id_: str) -> str:
        """To the map, an `event`, `service`, `domain` or `team` in its middle.

        >>> Links("../", directory_urls=False).focus("event", "order-placed")
        '../map/index.html?focus=event:order-placed'
        """
        return f"{self.page(MAP)}?focus={kind}:{quote(id_, safe=',')}"

    def focus_on_events(self, events: Sequence[str], name: str) -> str:
        """To the map, several events together in its middle; empty where they are too many."""
        if len(events) == 1:
            return self.focus("event", events[0])
        address = f"{self.focus('events', ','.join(events))}&as={quote(name, errors='replace')}"
        return address if events and len(address) <= _LONGEST_QUERY else ""

    def channel(self, channel: str) -> str:
        """To a channel's page, by its id."""
        return self.page(channel_path(channel))

    def domain(self, domain: str) -> str:
        """To a domain's page, by its id."""
        return self.page(domain_path(domain))

    def team(self, team: str) -> str:
        """To a team's page, by its id."""
        return self.page(team_path(team))


def links_from(path: str, *, directory_urls: bool) -> Links:
    """Links that are right on the page at `path`."""
    depth = _address(path, directory_urls).count("/")
    folder = posixpath.dirname(path)
    return Links(
        "../" * depth or "./" * directory_urls, directory_urls, f"{folder}/" if folder else ""
    )


def event_path(event: str) -> str:
    """Path of an event's page."""
    return f"events/{event}.md"


def service_path(service: str) -> str:
    """Path of a service's page."""
    return f"services/{service}.md"


def channel_path(channel: str) -> str:
    """Path of a channel's page."""
    return f"channels/{channel}.md"


def domain_path(domain: str) -> str:
    """Path of a domain's page."""
    return f"domains/{domain}.md"


def team_path(team: str) -> str:
    """Path of a team's page."""
    return f"teams/{team}.md"


@lru_cache(maxsize=65536)
def _address(path: str, directory_urls: bool) -> str:  # noqa: FBT001  a fact, not a switch
    folder, name = posixpath.split(path.removesuffix(".md"))
    if name == "index":
        address = folder if directory_urls else posixpath.join(folder, "index.html")
        return f"{address}/" if directory_urls and folder else address
    return path.removesuffix(".md") + ("/" if directory_urls else ".html")
