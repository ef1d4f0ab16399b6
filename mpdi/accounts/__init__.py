"""People: contracting authorities, users, roles, sign-in, audit, privacy."""
