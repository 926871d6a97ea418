"""`python -m catalog_builder` is the command `catalog-builder`."""

from catalog_builder.cli import main

if __name__ == "__main__":
    main(prog_name="catalog-builder")
