"""The section of a report on what is uncertain: spreads, tornado, scenarios, draws; each chart beside its table."""

from typing import Literal

from mpdi.costing.table_words import TableWords
from mpdi.costing.uncertainty import Uncertain
from mpdi.costing.uncertainty_words import Rows, draw_rows, note, scenario_rows, spread_words, tornado_rows
from mpdi.costing.word_charts import draw_chart, tornado_chart
from mpdi.documents.model import Block, Bullets, Paragraph, Section, Table, content
from mpdi.lcc.model import Result

Language = Literal["fr", "nl"]


def uncertain_section(held: Uncertain, result: Result, language: Language) -> Section:
    """Return the section; figures are those of the page and of the command."""
    say, winner = TableWords(language), result.winner.name
    blocks: list[Block] = [
        Bullets(tuple(map(content, spread_words(held.inputs, say)))),
        Paragraph(content(note(held, say))),
    ]
    if held.bars:
        blocks += [tornado_chart(held, winner, language), _table(tornado_rows(held, winner, say))]
    blocks.append(_table(scenario_rows(held, [each.name for each in result.alternatives], say)))
    blocks += [draw_chart(held, language), _table(draw_rows(held, say))]
    return Section(say("uncertain_head"), 1, tuple(blocks), starts_page=True)


def _table(held: Rows) -> Table:
    columns = len(held.heads)
    widths = (28.0, *(72 / (columns - 1) for _ in range(columns - 1)))
    rows = tuple(tuple(map(content, row)) for row in held.rows)
    return Table(held.title, held.heads, rows, widths, right_aligned=tuple(range(1, columns)), is_dense=columns > 5)
