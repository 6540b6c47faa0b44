"""The template context of a frozen question, for answering or for review."""

from collections.abc import Mapping

from courses.questions.kinds.kind import Frozen, Text, kind


def question_context(
    question: Frozen,
    order: list[str] | None,
    response: Mapping | None,
    *,
    review: bool = False,
    reveal: bool = True,
) -> dict:
    """The common texts, the kind's template and the kind's own context. `order` None is the editor's order.

    A review without `reveal` says what was answered and the remark on it, and neither the key nor the reason.
    """
    module = kind(question.kind)
    if order is None:
        order = module.choice_order(question.structure, None)
    shown = module.reviewing(question, order, response, reveal=reveal) if review else None
    return {
        "text": question.text("text"),
        "explanation": question.text("explanation") if reveal else Text(""),
        "source": question.text("source") if reveal else Text(""),
        "hint": question.text("hint"),
        "template": module.review_template if review else module.answer_template,
        **(module.answering(question, order, response) if shown is None else shown),
    }
