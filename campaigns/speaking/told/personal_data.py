"""What voices hold of a person: that she agreed to be recorded, what she recorded or decided."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.speaking.speaker import Speaker
from campaigns.speaking.takes import Take
from people.persons.user import User
from people.privacy.own_data import section


@section("tieng-noi", gettext_lazy("Giọng đọc: điều tôi đồng ý, câu tôi thu hoặc duyệt"), order=98)
def voices(person: User) -> list[dict]:
    agreed = Speaker.objects.filter(Q(person=person) | Q(written_by=person)).order_by("pk")
    takes = Take.objects.filter(Q(brought_by=person) | Q(approver=person)).select_related("source", "sound")
    rows = [
        (one.agreed_at, _("tôi đồng ý") if one.person_id == person.pk else _("tôi ghi lời đồng ý"), str(one))
        for one in agreed
    ]
    rows += [
        (one.sound.at, _("tôi thu") if one.brought_by_id == person.pk else _("tôi duyệt"), one.text or one.of_text)
        for one in takes.order_by("pk")
    ]
    return [{_("Lúc"): at, _("Việc"): what, _("Câu hoặc giọng"): said} for at, what, said in rows]
