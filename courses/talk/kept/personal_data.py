"""Kept answers in a person's own data copy. The words name nobody, so an erasure leaves them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.talk.kept.kept_answer import KeptAnswer
from people.persons.user import User
from people.privacy.own_data import section


@section("cau-tra-loi-ghi-vao-bai", gettext_lazy("Câu trả lời tôi đề nghị ghi vào bài"), order=91)
def kept(person: User) -> list[dict]:
    return [
        {
            _("Khóa học"): row.course_key,
            _("Câu hỏi"): row.question,
            _("Trả lời"): row.answer,
            _("Tình trạng"): row.get_state_display(),
            _("Đề nghị lúc"): row.proposed_at,
            _("Lý do gửi lại hoặc rút"): row.word,
        }
        for row in KeptAnswer.objects.filter(proposed_by=person)
    ]
