"""Finding the specifications in a folder."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog_builder.crawl.folder import LARGEST_BYTES, Folder, UnreadableError
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.recognise import says_asyncapi
from catalog_builder.crawl.walk import (
    Entry,
    Kind,
    Question,
    is_folder,
    is_hidden,
    is_of_tools,
    walk,
)

_HINDRANCES = {Kind.CLOSED, Kind.NAMELESS, Kind.LINK}


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: paths of specifications, and what stood in the way; both sorted."""

    specifications: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def search(folder: Folder, wanted: Question, passed_over: Question) -> Search:
    """The specifications among the files of a folder whose path is `wanted`.

    Hidden folders, folders of tools and those to be `passed_over` are not looked into.
    """
    candidates: list[str] = []
    problems: list[Problem] = []
    for entry in walk(folder.root, into=lambda path: not _is_closed(path, passed_over)):
        if entry.kind in {Kind.FILE, Kind.LINK} and wanted(entry.path):
            candidates.append(entry.path)
        elif entry.kind in _HINDRANCES and (problem := _problem(folder, entry, wanted)):
            problems.append(problem)
    found = search_files(folder, candidates)
    return Search(found.specifications, _sorted([*found.problems, *problems]))


def search_files(folder: Folder, paths: Iterable[str]) -> Search:
    """The specifications among these files."""
    specifications: list[str] = []
    problems: list[Problem] = []
    for path in sorted(paths):
        try:
            content = folder.beginning(path)
        except UnreadableError as error:
            problems.append(Problem(error.code, path, error.detail))
            continue
        if says_asyncapi(content):
            if len(content) > LARGEST_BYTES:
                problems.append(Problem("file-too-large", path))
            else:
                specifications.append(path)
    return Search(tuple(specifications), _sorted(problems))


def _is_closed(path: str, passed_over: Question) -> bool:
    return is_hidden(path) or is_of_tools(path) or passed_over(path)


def _problem(folder: Folder, entry: Entry, wanted: Question) -> Problem | None:
    leads_into = is_folder(f"{folder.root}/{entry.path}")
    if entry.kind is Kind.CLOSED:
        return Problem("folder-unreadable", entry.path)
    if entry.kind is Kind.NAMELESS and (leads_into or wanted(entry.path)):
        around, _, name = entry.path.rpartition("/")
        return Problem("file-name-unreadable", around, name)
    if entry.kind is Kind.LINK and leads_into and folder.leads_out(entry.path):
        return Problem("link-leaves-repository", entry.path)
    return None


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.order))
