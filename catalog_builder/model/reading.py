"""What one repository says, now and before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog_builder.model.document import CodeOwner, Component, Document
from catalog_builder.model.finding import Finding
from catalog_builder.model.history import DocumentHistory
from catalog_builder.model.place import Repository


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one repository says."""

    repository: Repository
    documents: tuple[Document, ...] = ()
    components: tuple[Component, ...] = ()
    code_owners: tuple[CodeOwner, ...] = ()
    findings: tuple[Finding, ...] = ()
    history: Mapping[str, DocumentHistory] = field(default_factory=dict)
    """What documents said before, by their paths; nothing of those outside version control."""
    wanted: tuple[str, ...] = ()
    """Addresses of files of other hosts that references lead to and nobody brought, sorted."""
