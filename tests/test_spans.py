"""Offsets leave the core as browsers count them."""

from hypothesis import given
from hypothesis import strategies as st

from coltiva.spans import Span, Utf16Offsets


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.data())
def test_utf16_offsets_agree_with_the_encoding(text: str, data: st.DataObject) -> None:
    """An offset in UTF-16 units is the length of the text before it, encoded."""
    offset = data.draw(st.integers(0, len(text)))
    assert Utf16Offsets(text).utf16(offset) == len(text[:offset].encode("utf-16-le")) // 2


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.data())
def test_code_points_undo_utf16(text: str, data: st.DataObject) -> None:
    """Going to UTF-16 and back gives the same place."""
    offset = data.draw(st.integers(0, len(text)))
    offsets = Utf16Offsets(text)
    assert offsets.code_points(offsets.utf16(offset)) == offset


def test_lone_surrogates_count_one_unit() -> None:
    """Half a character counts one, as in JavaScript."""
    assert Utf16Offsets("a\ud800b").utf16(3) == 3


def test_zwj_families_count_every_part() -> None:
    """A family emoji of four people and three joiners is eleven units."""
    family = "👨‍👩‍👧‍👦"
    assert Utf16Offsets(family + "x").utf16(len(family)) == 11


def test_spans_overlap_only_where_they_share_a_character() -> None:
    """Half-open spans that touch do not overlap."""
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
