"""What a browser is told that a file is; the same on every machine, whatever it has installed."""

from pathlib import PurePath

_TEXT = {
    "text/html": (".html", ".htm"),
    "text/css": (".css",),
    "text/csv": (".csv",),
    "text/javascript": (".js", ".mjs"),
    "text/markdown": (".md",),
    "text/plain": (".txt", ".proto", ".mmd", ".raml"),
    "text/vnd.graphviz": (".dot", ".gv"),
    "application/atom+xml": (".atom",),
    "application/json": (".json", ".map", ".avsc", ".jsonl"),
    "application/manifest+json": (".webmanifest",),
    "application/xml": (".xml", ".graphml", ".xsd"),
    "application/yaml": (".yaml", ".yml"),
    "image/svg+xml": (".svg",),
}
_BINARY = {
    "application/gzip": (".gz",),
    "application/pdf": (".pdf",),
    "application/wasm": (".wasm",),
    "application/zip": (".zip",),
    "font/ttf": (".ttf",),
    "font/woff": (".woff",),
    "font/woff2": (".woff2",),
    "image/avif": (".avif",),
    "image/gif": (".gif",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/x-icon": (".ico",),
    "video/mp4": (".mp4",),
    "video/webm": (".webm",),
}

_TYPES = {
    suffix: f"{content_type}; charset=utf-8"
    for content_type, suffixes in _TEXT.items()
    for suffix in suffixes
} | {suffix: content_type for content_type, suffixes in _BINARY.items() for suffix in suffixes}

HTML = _TYPES[".html"]


def content_type_of(path: PurePath) -> str:
    """The value of `Content-Type` for a file of this name.

    >>> content_type_of(PurePath("catalog.JSON"))
    'application/json; charset=utf-8'
    """
    return _TYPES.get(path.suffix.lower(), "application/octet-stream")
