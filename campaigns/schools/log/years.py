"""The school year: it is named by the year in which it begins, and begins on 1 August. Pure."""

from datetime import date

BEGINS_IN = 8


def school_year_of(day: date) -> int:
    return day.year if day.month >= BEGINS_IN else day.year - 1


def first_day(year: int) -> date:
    return date(year, BEGINS_IN, 1)


def last_day(year: int) -> date:
    return date(year + 1, BEGINS_IN - 1, 31)


def in_words(year: int) -> str:
    return f"{year}–{year + 1}"
