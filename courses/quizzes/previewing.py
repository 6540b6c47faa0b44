"""The sample context of a quiz's preview."""

from courses.content.quiz_bank import bank_state


def quiz_sample(request, page) -> dict:
    """Of a quiz that draws: how many of how many, since each attempt asks others."""
    bank = bank_state(page)
    return {"question_count": bank.asked, "drawn_count": bank.drawn, "bank_count": bank.size}
