"""What a person at a terminal sees of long work, and tables; it alone knows rich."""

from catalog_builder.progress.choice import progress_for
from catalog_builder.progress.progress import Progress
from catalog_builder.progress.silent import Silent
from catalog_builder.progress.table import write_table
from catalog_builder.progress.timed import Stage, Timed

__all__ = ["Progress", "Silent", "Stage", "Timed", "progress_for", "write_table"]
