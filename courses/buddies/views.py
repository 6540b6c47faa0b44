"""What the two themselves do: the buddy answers, either of them ends it."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.buddies.buddy import Buddy
from courses.buddies.naming import answer, end
from people.signing_in.resuming import signed_in_or_kept


@require_POST
@signed_in_or_kept
def beside_me(request, pk: int):
    """With `nhan` or `khong` the buddy answers, with `thoi` either ends it; pressed twice it counts once."""
    me, now = request.user, timezone.now()
    if not Buddy.objects.filter(Q(person=me.pk) | Q(buddy=me.pk), pk=pk).exists():
        raise Http404
    if "thoi" in request.POST:
        done, said = end(pk, me, now), _("Đã ghi: hôm nay là ngày cuối kèm nhau.")
    elif "nhan" in request.POST:
        done, said = answer(pk, me, True, now), _("Đã nhận lời. Đồng nghiệp của anh chị thấy tên anh chị ở trang này.")
    else:
        done, said = answer(pk, me, False, now), _("Đã trả lời là không nhận.")
    if done:
        messages.success(request, said)
    return redirect("my_learning")
