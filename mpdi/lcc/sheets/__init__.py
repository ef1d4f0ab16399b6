"""Product sheets: what a buyer fixes, what a tenderer gives, and how both become flows; all of it data.

Start with `catalogue.sheets()`, then `filling.fill(sheet, data)`, whose case the engine of `mpdi.lcc` evaluates.
"""
