"""The edit form of a lesson: it proposes the minutes, which an editor may overrule."""

from django.utils.translation import gettext

from courses.content.reading import Reading, reading_of
from pages.cms.forms import PageForm


def reading(title: str, objective: str, body) -> Reading:
    return reading_of((title, objective), body.get_prep_value() if body else ())


class LessonForm(PageForm):
    """Minutes left empty are those of the formula. Minutes that were those of the formula follow the text; others are
    the editor's own and stay.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # the form of a translation leaves out what is synchronised
        if "minutes" in self.fields:
            self.proposed = self._stored()
            self.fields["minutes"].required = False
            words = gettext("Để trống thì tính theo nội dung. Nội dung đã lưu cần khoảng %(minutes)d phút.")
            self.fields["minutes"].help_text = words % {"minutes": self.proposed}
            if self.instance.pk is None:
                self.initial["minutes"] = None

    def _stored(self) -> int:
        return reading(self.instance.title, self.instance.objective, self.instance.body).minutes

    def clean(self):
        data = super().clean()
        if "minutes" in self.fields and "minutes" not in self.errors:
            given = data.get("minutes")
            if given is None or ("minutes" not in self.changed_data and given == self.proposed):
                texts = (data.get("title") or "", data.get("objective") or "")
                data["minutes"] = reading(*texts, data.get("body")).minutes
        return data
