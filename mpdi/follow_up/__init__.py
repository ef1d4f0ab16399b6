"""The follow-up log of a contract: what its clauses ask to check, when, and what was found."""
