"""Shows a site on this machine and keeps it fresh; it alone knows watchfiles and http.server."""

from catalog_builder.serve.serving import serve
from catalog_builder.serve.watching import Watched

__all__ = ["Watched", "serve"]
