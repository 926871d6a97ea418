"""Settings, read once; every mistake is named at once."""

from catalog_builder.config.adhoc import settings_for, title_of
from catalog_builder.config.draft import Surroundings, draft
from catalog_builder.config.elsewhere import (
    ArchiveSource,
    DocumentSource,
    Forge,
    ForgeSource,
    Meant,
    Owner,
    RegistrySource,
    Visibility,
    without_query,
)
from catalog_builder.config.failure import ConfigError, Mistake
from catalog_builder.config.glob import GlobError, is_glob, matcher
from catalog_builder.config.places import source_folders
from catalog_builder.config.read import read_settings
from catalog_builder.config.remotes import is_on_this_machine, sends_tokens_safely
from catalog_builder.config.settings import (
    USUAL_HISTORY,
    Bridge,
    CrawlLimits,
    GitSource,
    Joins,
    LocalSource,
    NameRule,
    References,
    Searching,
    Settings,
    Source,
    ViewpointRule,
    Where,
)

__all__ = [
    "USUAL_HISTORY",
    "ArchiveSource",
    "Bridge",
    "ConfigError",
    "CrawlLimits",
    "DocumentSource",
    "Forge",
    "ForgeSource",
    "GitSource",
    "GlobError",
    "Joins",
    "LocalSource",
    "Meant",
    "Mistake",
    "NameRule",
    "Owner",
    "References",
    "RegistrySource",
    "Searching",
    "Settings",
    "Source",
    "Surroundings",
    "ViewpointRule",
    "Visibility",
    "Where",
    "draft",
    "is_glob",
    "is_on_this_machine",
    "matcher",
    "read_settings",
    "sends_tokens_safely",
    "settings_for",
    "source_folders",
    "title_of",
    "without_query",
]
