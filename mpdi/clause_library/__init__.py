"""The clause library: loading, versions, search, selection, and its pages."""
