"""Cells that are mended on the page of a check, in the place of those of the file."""

from django.http import QueryDict

from tabular.cells import clean_text

FIELD = "o"
# a file with more wrong rows is better mended where it was made
MOST_ROWS = 1000
LONGEST = 300


def mended(before: dict[str, dict[str, str]], form: QueryDict, shown: dict[str, dict[str, str]]) -> dict:
    """The mended cells with those of this form, {row key: {column: text}}. `shown` are the cells that stood in it: one
    left as it was is not mended, and a row that was not shown is not taken.
    """
    cells = {key: dict(row) for key, row in before.items()}
    for name, typed in form.items():
        field, _colon, asked = name.partition(":")
        key, _colon, column = asked.partition(":")
        was = shown.get(key, {}).get(column)
        if field != FIELD or was is None:
            continue
        text = clean_text(str(typed))[:LONGEST]
        if text != was and (key in cells or len(cells) < MOST_ROWS):
            cells.setdefault(key, {})[column] = text
    return cells
