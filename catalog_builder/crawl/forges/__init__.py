"""What forges list, one module a make of forge."""
