"""Sources that are one document on the web."""

from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

from catalog_builder.config import DocumentSource
from catalog_builder.crawl.download import bring_each, fetched
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.folder import LARGEST_BYTES
from catalog_builder.crawl.found import Brought, Found
from catalog_builder.crawl.http import Client
from catalog_builder.crawl.recognise import says_asyncapi
from catalog_builder.crawl.run import Run
from catalog_builder.crawl.walk import readable
from catalog_builder.model import Location, Repository


def bring_documents(sources: Sequence[DocumentSource], run: Run) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order.

    Findings: `source-empty`, `token-missing`, `download-failed`, `not-in-cache`.
    """
    return bring_each(sources, run, _brought)


def _brought(source: DocumentSource, client: Client, run: Run) -> Brought:
    where = source.place or Location("", source.written)
    got = fetched(source.document, source.token_env, LARGEST_BYTES, client, run)
    findings = [finding(got.failure.code, where, got.failure.detail)] if got.failure else []
    if got.content is None:
        return Brought(findings=tuple(findings), state=got.state, age=got.age)
    found = _found(source, got.content)
    if not found.specifications:
        findings.append(finding("source-empty", where, source.written))
    return Brought((found,), tuple(findings), state=got.state, age=got.age)


def _found(source: DocumentSource, content: bytes) -> Found:
    parts = urlsplit(source.document)
    steps = [readable(step) for step in unquote(parts.path).split("/") if step.strip(".")]
    host = parts.hostname or ""
    around = (*reversed(steps[:-1]), host)
    file = steps[-1] if steps else "document"
    # A query may hold a signature, without which the address leads nowhere.
    link = "" if parts.query else quote(source.written, safe="/:@!$&'()*+,;=%~[]")
    return Found(
        identity=f"document {source.document}",
        repository=Repository(name=source.name or around[0], link=link, viewpoint=source.viewpoint),
        parents=around[1:] if not source.name else around,
        files={file: content},
        specifications=(file,) if says_asyncapi(content) else (),
        claimed_by=source.written if source.name or source.viewpoint else "",
    )
