"""`mpdi clauses check`: everything that must hold of the library's files."""

from mpdi.clause_library.core.checks.library import check_files, check_library

__all__ = ["check_files", "check_library"]
