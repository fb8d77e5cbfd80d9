"""Reads bank statements: CSV with a mapping of columns, OFX, camt.053. Nothing is stored here."""
