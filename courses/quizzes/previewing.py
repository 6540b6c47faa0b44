"""The sample context of a quiz's preview."""

from courses.questions.bank import questions_to_draw
from courses.quizzes.drawing import question_count


def quiz_sample(request, page) -> dict:
    """Of a quiz that draws: how many of how many, since each attempt asks others."""
    asked = question_count(page)
    drawn = asked - page.questions.filter(question__live=True).count()
    bank = questions_to_draw(page.draw_from).count() if page.draw_from else 0
    return {"question_count": asked, "drawn_count": drawn, "bank_count": bank}
