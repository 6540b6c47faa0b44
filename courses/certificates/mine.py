"""`/hoc-tap/chung-nhan/`: the certificates of the signed-in person, and their PDFs."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.certificates import sheets
from courses.certificates.certificate import Certificate
from courses.certificates.described import described
from courses.certificates.issuing import awaited
from people.persons.merges import one_person
from people.times import today
from printing import MissingLetter


@require_safe
@never_cache
@login_required
def my_certificates(request) -> HttpResponse:
    rows = (
        Certificate.objects.with_ending()
        .filter(person__in=one_person(request.user))
        .select_related("replaced_by")
        .order_by("-issued_on", "-pk")
    )
    waiting = awaited(request.user)
    return render(request, "certificates/mine.html", {"certificates": described(rows, today()), "waiting": waiting})


@require_safe
@never_cache
@login_required
def my_certificate_file(request, pk: int) -> HttpResponse:
    hers = Certificate.objects.select_related("person").filter(person__in=one_person(request.user))
    return file_of(request, get_object_or_404(hers, pk=pk))


def file_of(request, certificate: Certificate) -> HttpResponse:
    """The PDF, rendered on request; an error page that names the letter where the font lacks it."""
    try:
        content = sheets.pdf_of(certificate)
    except MissingLetter as missing:
        return render(request, "certificates/not_printed.html", {"reason": str(missing)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    what = "xac-nhan-hoc-thu" if certificate.trial else "chung-nhan"
    name = f"{what}-{certificate.number}-{certificate.year}-{certificate.mark.replace('Đ', 'D')}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
