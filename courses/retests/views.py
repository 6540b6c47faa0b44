"""`/hoc-tap/hoi-lai/<completion>/`: what a re-test is, beginning it, and whether she did what she meant to try."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from courses.completions.completion import Completion
from courses.content.course import CoursePage
from courses.quizzes.views import signed_in
from courses.retests.opening import NotAsked, begin, open_retests
from courses.retests.retest import FollowUp, Retest
from courses.retests.rules import following
from people.guarding.wording import writes
from people.times import today


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def retest(request, pk: int) -> HttpResponse:
    completion = get_object_or_404(Completion.objects.current(), pk=pk, person=request.user)
    sentence = ""
    if request.method == "POST":
        try:
            return redirect("attempt", begin(request.user, completion.pk, timezone.now()).pk)
        except NotAsked as refusal:
            sentence = str(refusal)
    here = next((one for one in open_retests(request.user, today()) if one.completion_id == completion.pk), None)
    course = CoursePage.objects.live().filter(key=completion.course_key).order_by("locale_id").first()
    context = {
        "completion": completion,
        "title": course.title if course else completion.course_key,
        "here": here,
        "next": following(completion.completed_on, today()) if completion.asked_again else None,
        "sentence": sentence,
    }
    return render(request, "quiz/retest.html", context)


@require_POST
@signed_in
@writes("retest", gettext_lazy("Điều ghi thêm khi hỏi lại"), "words")
def follow_up(request, pk: int) -> HttpResponse:
    """The answer to the one-month re-test's question about herself; a later one replaces it."""
    completion = get_object_or_404(Completion.objects.current(), pk=pk, person=request.user)
    row = Retest.objects.filter(completion=completion, months=1, attempt__submitted_at__isnull=False).first()
    if row is None:
        return redirect("retest", completion.pk)
    did, words = request.POST.get("did", ""), request.POST.get("words", "").strip()
    if did not in FollowUp.Did.values or len(words) > 500:
        sentence = _("Hãy chọn một trong ba câu trả lời, và viết không quá 500 chữ cái.")
        context = {"sentence": sentence, "back": f"/hoc-tap/bai-lam/{row.attempt_id}/ket-qua/"}
        return render(request, "learning/refused.html", context, status=400)
    FollowUp.objects.update_or_create(retest=row, defaults={"did": did, "words": words, "at": timezone.now()})
    return redirect("attempt_result", row.attempt_id)
