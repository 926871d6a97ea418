"""Speed and size on request: generated estates and what the catalogue makes of them."""
