"""Words marked in their text: nothing is lost, nothing is moved."""

from hypothesis import given
from hypothesis import strategies as st

from mpdi.monitoring.marked_texts import GAP, LONG, Mark, Piece, around, pieces

_MARKS = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80), st.sampled_from(["sme", "ethical"])), max_size=8)


@given(st.text(max_size=60), _MARKS)
def test_the_pieces_are_the_text_and_each_letter_has_the_labels_of_its_marks(text, given_marks):
    marks = [Mark(*each) for each in given_marks]
    cut = pieces(text, marks)
    assert "".join(piece.text for piece in cut) == text
    labels = [set(piece.labels) for piece in cut for _letter in piece.text]
    assert labels == [{mark.label for mark in marks if mark.begins <= at < mark.ends} for at in range(len(text))]


def test_two_labels_of_the_same_words_stand_on_one_piece():
    assert pieces("écolabel et insertion", [Mark(0, 8, "env"), Mark(4, 8, "sme")]) == (
        Piece("écol", ("env",)),
        Piece("abel", ("env", "sme")),
        Piece(" et insertion"),
    )


def test_a_long_text_is_shown_by_the_surroundings_of_its_marks():
    text = "avant " * 200 + "commerce équitable" + " après" * 200
    begins = text.index("commerce")
    shown = around(text, [Mark(begins, begins + 18, "ethical")])
    words = "".join(piece.text for piece in shown)
    assert words.startswith(GAP)
    assert words.endswith(GAP)
    assert len(words) < LONG
    assert [piece.text for piece in shown if piece.labels] == ["commerce équitable"]
    assert "avant commerce équitable après" in words


def test_a_short_text_is_whole():
    assert around("commerce équitable", [Mark(0, 8, "ethical")]) == (Piece("commerce", ("ethical",)), Piece(" équitable"))
