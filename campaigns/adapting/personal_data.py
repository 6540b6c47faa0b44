"""What is held about a person for versions of lessons: what she wrote, handed in and decided."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.schools.copies.copy import CopyWording
from people.persons.user import User
from people.privacy.own_data import section


@section("ban-cua-truong", gettext_lazy("Bản bài học của trường tôi viết, gửi, duyệt"), order=98)
def copies(person: User) -> list[dict]:
    rows = CopyWording.objects.filter(Q(by=person) | Q(sent_by=person) | Q(decided_by=person))
    return [
        {
            _("Trường"): row.copy.school.name,
            _("Bài"): row.copy.origin_title,
            _("Viết lúc"): row.at if row.by_id == person.pk else None,
            _("Gửi duyệt lúc"): row.sent_at if row.sent_by_id == person.pk else None,
            _("Quyết định lúc"): row.decided_at if row.decided_by_id == person.pk else None,
            _("Lý do gửi lại"): row.reason if row.decided_by_id == person.pk else "",
        }
        for row in rows.select_related("copy__school").defer("words").order_by("pk")
    ]
