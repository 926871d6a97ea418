"""`python -m catalog_builder` is the command `catalog-builder`."""

from catalog_builder.cli import run

if __name__ == "__main__":
    run()
