"""What is held about a person for the class quiz: when she asked it, and what she counted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.schools.quiz.class_run import ClassRun, QuizTally
from people.persons.user import User
from people.privacy.own_data import section


@section("do-lop", gettext_lazy("Đố lớp tôi mở, đếm"), order=97)
def quizzes(person: User) -> list[dict]:
    runs = ClassRun.objects.filter(by=person).select_related("school").order_by("at", "pk")
    counted = QuizTally.objects.filter(by=person).select_related("run__school").order_by("recorded_at", "pk")
    opened = [
        {
            _("Trường"): one.school.name,
            _("Việc"): _("đố lớp: %s") % one.title,
            _("Lớp"): one.class_name,
            _("Lúc ghi"): one.at,
        }
        for one in runs
    ]
    return [
        *opened,
        *(
            {
                _("Trường"): one.run.school.name,
                _("Việc"): _("số của câu %d") % one.question,
                _("Lớp"): one.run.class_name,
                _("Lúc ghi"): one.recorded_at,
            }
            for one in counted
        ),
    ]
