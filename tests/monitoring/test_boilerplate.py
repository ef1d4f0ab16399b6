"""A hundred texts of ours that sound alike and ask for nothing, and fifty that ask."""

from pathlib import Path

import yaml
from notices_of_ours import notice_of

from mpdi.monitoring.detection import detect

TEXTS = yaml.safe_load(Path(__file__).with_name("boilerplate.yaml").read_text(encoding="utf-8"))
PRECISION, RECALL = 0.9, 0.9
"""Goals."""


def test_there_are_a_hundred_texts_that_ask_for_nothing_in_three_languages():
    assert len({each["text"] for each in TEXTS["nothing"]}) == 100
    assert {each["language"] for each in TEXTS["nothing"]} == {"fr", "nl", "en"}


def test_what_sounds_alike_is_left_and_what_asks_is_found(rules):
    right, wrong, missed = 0, [], []
    for each in TEXTS["nothing"] + TEXTS["something"]:
        found = {observation.label.value for observation in detect(notice_of([each]), rules)}
        expected = set(each.get("labels", ()))
        right += len(found & expected)
        wrong += [(label, each["text"]) for label in sorted(found - expected)]
        missed += [(label, each["text"]) for label in sorted(expected - found)]
    assert right / (right + len(wrong)) >= PRECISION, wrong
    assert right / (right + len(missed)) >= RECALL, missed
    assert len([text for _, text in wrong if text in {each["text"] for each in TEXTS["nothing"]}]) <= 10, wrong
