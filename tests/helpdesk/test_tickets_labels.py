"""Every value of the helpdesk's closed lists has words, and every event noted has them too."""

import re
from pathlib import Path

from mpdi.helpdesk import labels, vocabulary
from mpdi.helpdesk.queue_filter import Sort

CODE = Path(labels.__file__).parent


def test_every_value_of_a_closed_list_has_words():
    for words, values in (
        (labels.ROUTES, vocabulary.Route),
        (labels.SHORT_ROUTES, vocabulary.Route),
        (labels.NATURES, vocabulary.QuestionNature),
        (labels.STAGES, vocabulary.Stage),
        (labels.KINDS, vocabulary.TicketKind),
        (labels.DOORS, vocabulary.AskerKind),
        (labels.STATES, vocabulary.TicketState),
        (labels.OBSTACLES, vocabulary.Obstacle),
        (labels.DIRECTIONS, vocabulary.Direction),
        (labels.MAIL_STATES, vocabulary.MailState),
        (labels.SORTS, Sort),
    ):
        assert set(words) == {value.value for value in values}


def test_every_event_noted_has_words():
    noted = set()
    for path in CODE.glob("*operations.py"):
        text = path.read_text(encoding="utf-8")
        noted |= set(re.findall(r'note_event\(\s*session,\s*\w+,\s*\w+,\s*"(\w+)"', text))
        noted |= set(re.findall(r'TicketAction\.\w+, "(\w+)", expected', text))
    assert len(noted) > 15
    assert noted <= set(labels.EVENTS)
