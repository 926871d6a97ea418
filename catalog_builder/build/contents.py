"""From a catalogue to everything that its site holds."""

from dataclasses import replace

from catalog_builder.build.before import Before
from catalog_builder.build.cataloguing import Catalogued, catalogued
from catalog_builder.config import Settings
from catalog_builder.draw import Pictures, can_draw
from catalog_builder.files import Files
from catalog_builder.processes import Crew
from catalog_builder.progress import Progress
from catalog_builder.render import Digests, View, Wishes, answering, diagrams, render, watched
from catalog_builder.templates import Templates

ALONE = Crew(1)
_NO_GRAPHVIZ = (
    "Graphviz (`dot`) is not installed: the pages come without pictures. "
    "Install it, for example with `apt-get install graphviz`."
)


def site_files(
    settings: Settings,
    progress: Progress,
    made: Catalogued,
    *,
    directory_urls: bool,
    before: Before | None = None,
    crew: Crew = ALONE,
) -> Files:
    """Everything the site holds but its frame; what was made `before` need not be made again."""
    view, digests = View(made.catalog, made.flow), Digests()
    wishes = Wishes(settings.search.synonyms, settings.images)
    with progress.stage("Looking around"):
        if before:
            before.begin(view, wishes, crew)
        seen = watched(view, digests)
    memory = before.memory(answering(view, made.contents, digests)) if before else None
    graphs = dict(diagrams(seen, directory_urls=directory_urls)) if can_draw() else {}
    pictures = Pictures(graphs, before.album if before else None)
    if not pictures:
        progress.say(_NO_GRAPHVIZ)
    files = render(
        seen,
        Templates(settings.templates),
        directory_urls=directory_urls,
        pictures=pictures,
        contents=made.contents,
        wishes=wishes,
    )
    if memory:  # pages that are made anew each time have nobody who would want to know
        noted = (each.path for each in files.pages if each.of and each.path in graphs)
        graphs.update({path: memory.noting(path, graphs[path]) for path in noted})
    files = replace(files, aside=pictures, recall=memory)
    return before.helped(files, pictures=len(pictures)) if before else files


def files_inside_mkdocs(
    settings: Settings,
    progress: Progress,
    directory_urls: bool,  # noqa: FBT001  a fact, not a switch
    *,
    offline: bool = False,
) -> Files:
    """What MkDocs asks for when it runs the build."""
    made = catalogued(settings, progress, offline=offline)
    return site_files(settings, progress, made, directory_urls=directory_urls)
