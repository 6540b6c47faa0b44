"""Inquiries in the queue of who answers them: since when each waits, never who asked."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.talk.inquiries.inquiry import Inquiry, InquiryState
from courses.talk.inquiries.whose import ANSWERING_KINDS, waiting_for
from courses.talk.lessons import lesson_names
from people.rights.scope import reaches_everything
from people.roster.waiting import NAMED, Desk, Row, Waiting, waits


@waits(35, lambda: Inquiry.objects.filter(state=InquiryState.WAITING))
def inquiries(desk: Desk) -> list[Waiting]:
    if not desk.reader.holds(ANSWERING_KINDS):
        return []
    units = None if reaches_everything(desk.user) else desk.reader.rests_of(ANSWERING_KINDS)
    # of one trainer there are few: they are counted from the one query that names them
    rows = list(waiting_for(desk.user, units).values_list("pk", "lesson_key", "waits_since"))
    names = lesson_names(key for _pk, key, _since in rows[:NAMED])
    named = tuple(
        Row(
            _("%(lesson)s, chờ từ %(day)s")
            % {"lesson": names[key].title if key in names else "", "day": f"{timezone.localtime(since):%d/%m/%Y}"},
            reverse("talk:answer", args=[pk]),
        )
        for pk, key, since in rows[:NAMED]
    )
    address = reverse("talk:to_answer")
    return [Waiting(_("Câu hỏi của người học chờ trả lời"), len(rows), address, named, _("Trả lời"), address)]
