"""Log lines without personal data: one line for each record, without queries, logins, addresses or the text of an
exception.

A path keeps its plain words; whatever could be a code, a number or a person is replaced. The text of an exception is
left out, since a database quotes the row it refuses.
"""

import logging
import re
import traceback

from django.conf import settings

# after one of these comes a person's code or name, even where it is a plain word
NAMING = {"can-bo", "chung-nhan"}
_QUERY = re.compile(r"\?[^\s\"']*")
_EMAIL = re.compile(r"[^\s@<>\"'=]+@[^\s@<>\"']+")
# a network address, except the loopback ones
_ADDRESS = re.compile(r"\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}(?:\.\d{1,3}){3}\b")
_PHONE = re.compile(r"(?<![\d.])(?!\d{1,3}(?:\.\d{1,3}){3}\b)\+?\d[\d .\-]{7,}\d")
_WORD = re.compile(r"[A-Za-z][A-Za-z_\-]{0,59}")
_PATH = re.compile(r"(?<![\w*:/])/(?:[^\s/]+/?)+")


def plain_path(path: str) -> str:
    """The path with every part that is not a plain word, or that names somebody, as `*`: /chung-nhan/*/."""
    parts = path.split("?")[0].split("/")
    return "/".join(
        part if not part or (_WORD.fullmatch(part) and before not in NAMING) else "*"
        for before, part in zip(["", *parts], parts, strict=False)
    )


def without_people(text: str) -> str:
    """A message without query strings, e-mail addresses, telephone numbers and codes in paths."""
    text = _EMAIL.sub("*", _QUERY.sub("", text))
    text = _PATH.sub(lambda match: plain_path(match.group()), text)
    return _PHONE.sub("*", _ADDRESS.sub("*", text))


def where(error: BaseException, frames: int = 6) -> str:
    """The class of an error and the last places in its traceback, innermost first; never its text."""
    steps = traceback.extract_tb(error.__traceback__)[-frames:]
    return f"{type(error).__name__} at " + " < ".join(
        f"{'/'.join(step.filename.split('/')[-2:])}:{step.lineno} {step.name}" for step in reversed(steps)
    )


class OneLine(logging.Formatter):
    default_msec_format = "%s.%03d"

    def __init__(self):
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        if settings.DEBUG:
            return super().format(record)
        message = without_people(" ".join(record.getMessage().split()))
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {message}"
        if record.exc_info and record.exc_info[1] is not None:
            line += " | " + where(record.exc_info[1])
        return line
