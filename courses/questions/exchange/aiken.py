"""Reads Aiken: https://docs.moodle.org/en/Aiken_format.

A question of one or more lines, options that begin "A." or "A)", and a line "ANSWER: B".
"""

import re

from django.utils.translation import gettext as _

from courses.questions.exchange.item import Item, Reading

OPTION = re.compile(r"\s*([A-Z])[.)]\s+(.*\S)\s*")
ANSWER = re.compile(r"\s*(?:ANSWER|ĐÁP ÁN)\s*:\s*(.*?)\s*", re.IGNORECASE)


def read(text: str) -> Reading:
    reading = Reading()
    words: list[str] = []
    options: dict[str, str] = {}
    begin = 0
    for number, line in enumerate([*re.split(r"\r\n|\r|\n", text.lstrip("\ufeff")), ""], 1):
        if found := ANSWER.fullmatch(line):
            _take(reading, words, options, found[1].upper(), begin or number)
            words, options, begin = [], {}, 0
        elif (found := OPTION.fullmatch(line)) and words:
            if found[1] in options:
                reading.note(" ".join(words)[:60], number, _("Chữ %(letter)s có hai lần.") % {"letter": found[1]})
            options[found[1]] = found[2]
        elif line.strip() and options:
            # a new question began before the last one had its answer
            _take(reading, words, options, "", begin)
            words, options, begin = [line.strip()], {}, number
        elif line.strip():
            begin = begin or number
            words.append(line.strip())
    if words:
        _take(reading, words, options, "", begin)
    return reading


def _take(reading: Reading, words: list[str], options: dict[str, str], answer: str, line: int) -> None:
    text = "\n".join(words)
    if not text:
        reading.reject("", line, _("Dòng ANSWER không đứng sau câu hỏi nào."))
    elif len(options) < 2:
        reading.reject(text[:60], line, _("Cần ít nhất hai phương án A., B. hoặc A), B)."))
    elif answer not in options:
        reason = (
            _("Thiếu dòng ANSWER: với chữ của phương án đúng.") if not answer else _("ANSWER không là chữ nào ở trên.")
        )
        reading.reject(text[:60], line, reason)
    else:
        choices = tuple({"text": words, "right": letter == answer, "feedback": ""} for letter, words in options.items())
        reading.items.append(Item("single_choice", text, choices, line=line))
