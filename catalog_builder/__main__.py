"""`python -m catalog_builder` is the command `catalog-builder`."""

from catalog_builder.cli import start

if __name__ == "__main__":
    start()
