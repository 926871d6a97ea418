"""Work shared out among processes; it alone forks.

What is worked on is large and what comes of it small, so workers are forked when the work begins:
they find everything where it is, and nothing is sent to them. Where there is no fork, or where
other threads run, whose locks a fork would carry along, the one process does all of it.
"""

from catalog_builder.processes.ahead import Ahead
from catalog_builder.processes.crew import Crew, WorkerDiedError

__all__ = ["Ahead", "Crew", "WorkerDiedError"]
