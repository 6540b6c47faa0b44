"""The bank that a quiz draws from: how much of it there is for the draw, said to editors."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.admin.panels import Panel

from courses.questions.bank import questions_to_draw
from courses.questions.draws import draw_size, is_thin


@dataclass(frozen=True)
class BankState:
    """`available` is {objective: questions that can be drawn}; `fixed` how many the quiz asks in any case."""

    fixed: int
    available: Counter
    drawn: int

    @property
    def size(self) -> int:
        return sum(self.available.values())

    @property
    def asked(self) -> int:
        return self.fixed + self.drawn

    @property
    def warning(self) -> str:
        """One sentence, "" when the bank is ample."""
        if not is_thin(self.size, self.drawn):
            return ""
        sentence = _("Ngân hàng có %(size)d câu cho %(drawn)d câu rút: ít hơn ba lần, người làm lại sẽ sớm gặp câu cũ.")
        return sentence % {"size": self.size, "drawn": self.drawn}


def bank_state(quiz) -> BankState:
    """One query, a second where the quiz draws. A draft may have rows without a question."""
    fixed = quiz.questions.filter(question_id__isnull=False).filter(question__live=True)
    if not quiz.draw_from:
        return BankState(fixed.count(), Counter(), 0)
    always = set(fixed.values_list("question__translation_key", flat=True))
    bank = questions_to_draw(quiz.draw_from).exclude(translation_key__in=always)
    available = Counter(bank.values_list("objective", flat=True))
    return BankState(len(always), available, draw_size(available, quiz.draw_each, quiz.draw_total))


class BankPanel(Panel):
    """On the quiz's screen, as it was last saved: what is drawn of how many, and whether that is thin."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/quizzes/bank_panel.html"

        def is_shown(self):
            return bool(self.instance.pk and self.instance.draw_from)

        def get_context_data(self, parent_context=None):
            return {**super().get_context_data(parent_context), "bank": bank_state(self.instance)}
