"""Action plans: what an authority buys becomes a plan with objectives, actions and dates, as Word, workbook and calendar."""
