"""MPDI: a toolkit and clause library for sustainable, innovative and SME-friendly public procurement."""

__version__ = "0.1.0"
