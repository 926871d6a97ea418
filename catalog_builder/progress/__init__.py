"""What a person at a terminal sees of long work, and tables; it alone knows rich."""

from catalog_builder.progress.choice import progress_for
from catalog_builder.progress.progress import Progress
from catalog_builder.progress.table import write_table

__all__ = ["Progress", "progress_for", "write_table"]
