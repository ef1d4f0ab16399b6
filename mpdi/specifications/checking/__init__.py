"""Lint and inspection of a whole specification: pure, no database, no Flask."""
