"""How long cases are kept: two years after the last word, withdrawn ones a month."""

from datetime import datetime

from django.conf import settings

from courses.talk.clinic.case import CaseState, ClinicCase
from outbox.clock import daily


@daily("courses.talk.clinic.end_old", at="03:48")
def end_old(now: datetime) -> None:
    withdrawn = ClinicCase.objects.filter(state=CaseState.WITHDRAWN)
    withdrawn.filter(changed_at__lt=now - settings.RETENTION["withdrawn_talk"]).delete()
    ClinicCase.objects.filter(changed_at__lt=now - settings.RETENTION["clinic_cases"]).delete()
