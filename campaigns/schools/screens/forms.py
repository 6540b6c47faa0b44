"""What a teacher says of a lesson in under a minute: most of it stands already as it usually is."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.activities.screens.fields import LANGUAGES, NumberField
from campaigns.schools.lesson import SchoolLessonPage
from campaigns.schools.log import whose
from campaigns.schools.log.lesson_log import CLASS_NAME, GRADES, LONGEST_NOTE, LessonLog, Went
from campaigns.schools.log.writing import Said
from campaigns.schools.quiz.class_run import ClassRun
from campaigns.schools.quiz.whose import without_log
from people.persons.user import User
from people.times import today
from people.typed_fields import typed_day
from people.typed_times import Looks
from people.units.unit import Unit

NO_GRADE = "khong"
# of one class or of a yard full of them
MOST_PUPILS = 2000


def packs(schools: Collection[Unit] = ()) -> list[SchoolLessonPage]:
    """Lessons that may be logged, as the year goes, with what these schools made of them."""
    live = SchoolLessonPage.objects.live().filter(locale__language_code="vi")
    ours = Q(school_copy=None) | Q(school_copy__school__in=schools)
    found = live.filter(ours).select_related("school_copy__school").order_by("path")
    return sorted(found, key=lambda page: page.place_in_year)


def named(page: SchoolLessonPage) -> str:
    """As it stands in a list to choose from."""
    return f"{page.grades}: {page.title}" + (f" ({page.school_copy.school.name})" if page.copied else "")


class LaterForm(forms.Form):
    """What is written down without a line: nobody is known, and nothing is asked that only an account knows."""

    pack = forms.ChoiceField(label=gettext_lazy("Bài đã dạy"))
    on = typed_day(gettext_lazy("Ngày dạy"), looks=Looks.BACK)
    grade = forms.ChoiceField(
        label=gettext_lazy("Khối lớp"),
        choices=[("", gettext_lazy("Chọn khối")), *((str(n), str(n)) for n in GRADES)]
        + [(NO_GRADE, gettext_lazy("nghề, trung cấp, cao đẳng"))],
        help_text=gettext_lazy("Lớp ghép thì chọn khối lớn nhất."),
    )
    class_name = forms.CharField(
        label=gettext_lazy("Tên lớp"), max_length=6, required=False, help_text=gettext_lazy("Ví dụ 6A. Không bắt buộc.")
    )
    girls = NumberField(label=gettext_lazy("Số em nữ"), most=MOST_PUPILS, required=False)
    boys = NumberField(
        label=gettext_lazy("Số em nam"),
        most=MOST_PUPILS,
        required=False,
        help_text=gettext_lazy("Chưa đếm thì để trống cả hai. Số dưới 5 không lưu thành số."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Dạy bằng tiếng"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    went = forms.ChoiceField(label=gettext_lazy("Buổi học thế nào"), choices=Went.choices, widget=forms.RadioSelect)
    improve = forms.CharField(
        label=gettext_lazy("Điều nên sửa trong bài"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Câu khó, thẻ khó hiểu, thiếu giờ. Không ghi tên, chuyện của em nào."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer(packs())

    def _offer(self, pages: Iterable[SchoolLessonPage]) -> None:
        self.packs = {str(page.translation_key): page for page in pages}
        offered = [(key, named(page)) for key, page in self.packs.items()]
        self.fields["pack"].choices = [("", gettext_lazy("Chọn bài")), *offered]  # type: ignore[attr-defined]


class LogForm(LaterForm):
    number = forms.UUIDField(widget=forms.HiddenInput)
    school = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Trường"))
    taught_by = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Ai dạy"), required=False)
    quiz = forms.ChoiceField(
        label=gettext_lazy("Kết quả đố lớp"),
        required=False,
        help_text=gettext_lazy("Đi cùng bản ghi này; chỉ có tổng của cả lớp."),
    )
    field_order = ("number", "school")

    def __init__(self, user, *args, before: LessonLog | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.before = user, before
        self.offered = [before.school] if before else list(whose.schools_of(user))
        self._offer(packs(self.offered))
        self._schools()
        self._teachers()
        self._quizzes()

    def _schools(self) -> None:
        field: Any = self.fields["school"]
        field.queryset = Unit.objects.filter(pk__in=[school.pk for school in self.offered])
        if len(self.offered) == 1:
            field.initial, field.widget, field.required = self.offered[0].pk, forms.HiddenInput(), False

    def _teachers(self) -> None:
        """A manager says for whom she writes; a teacher writes of herself."""
        managed = {school.pk for school in whose.schools_of(self.user, whose.MANAGING_KINDS)}
        if not managed & {school.pk for school in self.offered}:
            del self.fields["taught_by"]
            return
        teachers = User.objects.none()
        for school in self.offered:
            teachers = teachers | whose.teachers_of(school)
        field: Any = self.fields["taught_by"]
        field.queryset, field.empty_label = teachers.distinct(), _("không ghi")

    def _quizzes(self) -> None:
        """Of class runs that no entry has; the field goes where there is none."""
        self.runs = {str(run.key): run for run in without_log(self.user, timezone.now())}
        if not self.runs:
            del self.fields["quiz"]
            return
        offered = [(key, " ".join([str(run), run.class_name]).strip()) for key, run in self.runs.items()]
        self.fields["quiz"].choices = [("", gettext_lazy("không có")), *offered]  # type: ignore[attr-defined]

    @property
    def run(self) -> ClassRun | None:
        return self.runs.get(self.cleaned_data.get("quiz", ""))

    def clean_class_name(self) -> str:
        typed = self.cleaned_data["class_name"].strip()
        if typed:
            CLASS_NAME(typed)
        return typed

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and day > today():
            raise ValidationError(_("Ngày dạy chưa đến; bài dạy xong mới ghi."))
        return day

    def clean(self):
        data = super().clean()
        if (data.get("girls") is None) != (data.get("boys") is None) and not {"girls", "boys"} & self.errors.keys():
            self.add_error("boys", _("Ghi cả hai số, hoặc để trống cả hai. Không có em nào thì ghi 0."))
        if data.get("girls") == 0 and data.get("boys") == 0:
            self.add_error("boys", _("Không có em nào dự thì không ghi bài dạy."))
        run = self.run
        if run is not None and str(run.pack) != data.get("pack") and "pack" not in self.errors:
            self.add_error("quiz", _("Bài đố này của bài học khác. Chọn lại bài đã dạy, hoặc để “không có”."))
        return data

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        school = data.get("school") or self.offered[0]
        writes_of_herself = "taught_by" not in self.fields
        kept = self.before.taught_by if self.before else self.user
        return Said(
            school=school,
            pack=self.packs[data["pack"]],
            on=data["on"],
            grade=None if data["grade"] == NO_GRADE else int(data["grade"]),
            class_name=data["class_name"],
            girls=data["girls"],
            boys=data["boys"],
            languages=tuple(data["languages"]),
            went=data["went"],
            improve=data["improve"].strip(),
            taught_by=kept if writes_of_herself else data["taught_by"],
        )


def number_in(request) -> UUID | None:
    try:
        return UUID(request.POST.get("number", ""))
    except ValueError:
        return None


def filled(row: LessonLog) -> dict[str, Any]:
    """An entry as its form takes it back; how many came is asked again, since small numbers are not kept."""
    return {
        "school": row.school_id,
        "pack": str(row.pack),
        "on": row.on,
        "grade": str(row.grade or NO_GRADE),
        "class_name": row.class_name,
        "languages": row.languages,
        "went": row.went,
        "improve": row.improve,
        "taught_by": row.taught_by_id,
    }
