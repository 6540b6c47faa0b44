import pytest

from letters.numbers import is_number


@pytest.mark.parametrize("text", ["0", "7", "007", "9" * 18])
def test_what_fits_a_database_id_is_a_number(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1 0", "²", "x", "9" * 19, "9" * 5000])
def test_anything_else_is_none(text):
    assert not is_number(text)
