"""What the configuration may say of schema registries."""

from catalog_builder.config.expect import Checked, Part, glob, placeholders
from catalog_builder.config.forges import one_or_several
from catalog_builder.config.remotes import sends_tokens_safely, variable, web
from catalog_builder.config.structure import record

_REGISTRY = record(
    lambda _, values: values,
    {
        "url": web,
        "subjects": one_or_several(glob),
        "link": placeholders("subject", "version", "id", web=True),
        "token_env": variable,
    },
    required=("url",),
)


def registry(part: Part) -> Checked:
    """Where a registry is and what is meant of it, as parts of a `RegistrySource`."""
    checked = _REGISTRY(part)
    if checked.mistakes:
        return checked
    url = checked.value["url"]
    if "?" in url or "#" in url:
        return part.refused("has an address with a query", "Leave out what begins with `?` or `#`")
    if checked.value.get("token_env") and not sends_tokens_safely(url):
        hint = "Write the `https://` address as `url`, or leave out `token_env`"
        return part.refused("would show its token to others on the way", hint)
    return Checked({**checked.value, "url": url.rstrip("/")})
