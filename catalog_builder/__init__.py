"""A static catalogue of every event in an estate, from its AsyncAPI specifications."""

__version__ = "0.1.0"
