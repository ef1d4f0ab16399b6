"""Pure: a plan as a Word file, a workbook and a calendar; the same plan gives the same bytes."""
