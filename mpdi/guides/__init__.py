"""Guides for buyers and firms, as data in French and Dutch, linked to clauses and questions."""
