"""What the configuration may say of hosts that references lead to."""

import re

from catalog_builder.config.expect import Checked, Part, text

_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\])"
    r"(?::[0-9]{1,5})?"
)


def host(part: Part) -> Checked:
    """A host, with its port where that is not the usual one; in lower case then."""
    checked = text(part)
    if checked.mistakes:
        return checked
    name = checked.value.lower()
    if not _HOST.fullmatch(name):
        hint = "Write for example `schemas.example.com` or `git.example.com:8443`, one host each"
        return part.refused("is not a host", hint)
    return Checked(name)
