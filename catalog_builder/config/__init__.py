"""Settings, read once; every mistake is named at once."""

from catalog_builder.config.adhoc import settings_for, title_of
from catalog_builder.config.draft import Surroundings, draft
from catalog_builder.config.failure import ConfigError, Mistake
from catalog_builder.config.glob import GlobError, is_glob, matcher
from catalog_builder.config.places import source_folders
from catalog_builder.config.read import read_settings
from catalog_builder.config.settings import (
    Bridge,
    Joins,
    LocalSource,
    NameRule,
    References,
    Settings,
    ViewpointRule,
    Where,
)

__all__ = [
    "Bridge",
    "ConfigError",
    "GlobError",
    "Joins",
    "LocalSource",
    "Mistake",
    "NameRule",
    "References",
    "Settings",
    "Surroundings",
    "ViewpointRule",
    "Where",
    "draft",
    "is_glob",
    "matcher",
    "read_settings",
    "settings_for",
    "source_folders",
    "title_of",
]
