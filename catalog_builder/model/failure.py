"""What stops us altogether."""


class CatalogError(Exception):
    """We cannot go on. Subclasses carry data in fields; `str` says what, and how to mend it."""
