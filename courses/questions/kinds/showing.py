"""The template context of a frozen question, for answering or for review."""

from collections.abc import Mapping

from courses.questions.kinds.kind import Frozen, kind


def question_context(
    question: Frozen, order: list[str] | None, response: Mapping | None, *, review: bool = False
) -> dict:
    """The common texts, the kind's template and the kind's own context. `order` None is the editor's order."""
    module = kind(question.kind)
    if order is None:
        order = module.choice_order(question.structure, None)
    present = module.reviewing if review else module.answering
    return {
        "text": question.text("text"),
        "explanation": question.text("explanation"),
        "source": question.text("source"),
        "hint": question.text("hint"),
        "template": module.review_template if review else module.answer_template,
        **present(question, order, response),
    }
