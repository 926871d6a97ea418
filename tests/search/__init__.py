"""What searching must find, for both engines."""
