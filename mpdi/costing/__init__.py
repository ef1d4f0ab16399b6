"""Life-cycle cost for people: commands; what is calculated stands in `mpdi.lcc`."""
