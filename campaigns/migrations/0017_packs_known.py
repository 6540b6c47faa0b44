"""Lessons that stand keep what is known of them: their bands, read off the grades that the page names, and that a live
one without a note was called approved. A newer draft gets the bands too, else publishing it would lose them.
"""

import re

from django.db import migrations
from django.utils import timezone

GRADES = {"4-5": range(4, 6), "6-9": range(6, 10), "10-12": range(10, 13)}
NUMBER = re.compile(r"\d+")


def bands_of(grades: str) -> list[str]:
    numbers = [int(found) for found in NUMBER.findall(grades)][:2]
    if not numbers:
        return []
    named = range(min(numbers), max(numbers) + 1)
    return [band for band, grades_of in GRADES.items() if set(named) & set(grades_of)]


def know(apps, schema_editor):
    lessons = apps.get_model("campaigns", "SchoolLessonPage")
    approvals = apps.get_model("campaigns", "PackApproval")
    revisions = apps.get_model("wagtailcore", "Revision")
    now, approved = timezone.now(), set()
    for page in lessons.objects.select_related("locale", "latest_revision"):
        page.bands = bands_of(page.grades)
        page.save(update_fields=["bands"])
        if page.latest_revision_id and "bands" not in page.latest_revision.content:
            content = {**page.latest_revision.content, "bands": page.bands}
            revisions.objects.filter(pk=page.latest_revision_id).update(content=content)
        if page.live and not page.review_note and page.locale.language_code == "vi":
            approved.add(page.translation_key)
    approvals.objects.bulk_create(approvals(pack=key, recorded_at=now) for key in sorted(approved))


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0016_packs"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    operations = [migrations.RunPython(know, migrations.RunPython.noop)]
