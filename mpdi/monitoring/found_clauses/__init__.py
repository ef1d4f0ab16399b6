"""Clauses of the library found again in a text: by the same words in a row, else by what sentences mean. Pure."""
