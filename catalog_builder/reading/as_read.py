"""Files as they were when they were read, so that nothing is made of two states of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog_builder.model import CatalogError
from catalog_builder.reading.traced import digest_of_content


@dataclass
class ChangedMeanwhileError(CatalogError):
    """A file is not what it was when it was read."""

    repository: str
    path: str

    def __str__(self) -> str:
        """What changed, and what to do."""
        return (
            f"{self.repository}/{self.path} changed while the site was made of it. "
            "Build again when it is finished."
        )


@dataclass(frozen=True, slots=True)
class AsRead(Mapping[str, bytes]):
    """The files of a repository by path, where they are what they were when they were read.

    Raises:
        ChangedMeanwhileError: a file that was read is another one by now, or gone.
    """

    repository: str
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    """Of the files that were read, by path; empty: there was none."""

    def __getitem__(self, path: str) -> bytes:
        """The content of a file."""
        content = self.files.get(path)
        was = self.digests.get(path)
        if was is not None and was != digest_of_content(content):
            raise ChangedMeanwhileError(self.repository, path)
        if content is None:
            raise KeyError(path)
        return content

    def __iter__(self) -> Iterator[str]:
        """The paths of all files."""
        return iter(self.files)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.files)
