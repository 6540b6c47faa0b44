"""The three questions that are asked of a message before and after a gathering, and the names of their texts.

Of each question: the question itself, whose title is the letter of the right answer, the three answers, and why.
"""

NUMBERS = (1, 2, 3)
LETTERS = ("A", "B", "C")


def slots_of(number: int) -> tuple[str, ...]:
    """(the question, its answers in the order of their letters, why)."""
    return tuple(f"pulse.{number}{part}" for part in ("", ".a", ".b", ".c", ".why"))


QUESTIONS = tuple(slots_of(number)[0] for number in NUMBERS)
