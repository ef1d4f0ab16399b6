"""Life-cycle cost: pure calculation. Offers become flows by year, flows become figures; no page, no database, no file of others.

Start with `cases.read_case` (a case written as data) or `model.Case` (built in code), then `measures.evaluate`.
"""
