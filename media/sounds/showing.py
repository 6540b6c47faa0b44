"""`/tep/phu-de/<bản ghi>.vtt`: the captions of a recording, for players; as public as the recording is."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from media.recordings import Recording


@require_safe
def captions(request, pk: int) -> HttpResponse:
    row: Recording = get_object_or_404(Recording.objects.exclude(captions=""), pk=min(pk, 2**63 - 1))
    if row.consent_ended:
        raise Http404
    answer = HttpResponse(row.captions, content_type="text/vtt; charset=utf-8")
    answer["Cache-Control"] = "public, no-cache"
    return answer
