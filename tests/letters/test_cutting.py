"""Marks and directions of a text that is made short."""

import unicodedata

import pytest

from letters.cutting import shortened

MARKED = {
    # base letters with marks of their own, as the hard letters of content/facts.md
    "combining": "Kuo\u0302\u0306k" * 20,
    "lao": "ບໍ່ມີຜູ້ໃດຖືວ່າເປັນຂ້ອຍ" * 8,
    "hebrew with points": "שָׁלוֹם" * 20,
    "arabic": "السَّلَامُ" * 20,
}


@pytest.mark.parametrize("name", [*MARKED])
@pytest.mark.parametrize("longest", range(20, 45))
def test_no_mark_is_cut_from_its_letter(name, longest):
    text = MARKED[name]
    cut = shortened(text, longest)
    assert len(cut) <= longest
    body = cut.removesuffix("…")
    assert body
    assert text.startswith(body)
    following = text[len(body) :][:1]
    assert not unicodedata.category(following).startswith("M")
    assert body[-1] not in "ເແໂໃໄ"


def test_it_ends_at_a_word_and_a_short_text_stays():
    assert shortened("Hỏi cho rõ rồi hãy đi.", 14) == "Hỏi cho rõ…"
    assert shortened("Hỏi", 3) == "Hỏi"
    assert len(shortened("dài" * 100, 200)) <= 200


def test_a_change_of_direction_is_closed():
    for opening, closing in (("\u202b", "\u202c"), ("\u2067", "\u2069")):
        cut = shortened(f"{opening}{'שלום ' * 20}{closing} và sau đó", 30)
        assert cut.count(opening) == cut.count(closing) == 1
        assert len(cut) <= 30
    nested = shortened("\u2067a\u2068b" + "c" * 40, 20)
    assert nested.endswith("\u2069\u2069…")
