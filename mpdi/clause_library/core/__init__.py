"""The library's pure core: reads clause files, checks, selects, renders. Knows no database and no Flask."""
