"""An approval keeps a digest of each text. 0017 stored numbers to call in another form, so lessons with one looked
edited. Where the text of such a lesson is the one that was approved, the approval, and the completions by its whole
text, keep the digest of the new form; where it was edited since, the old digest stays and tells so.
"""

import hashlib
import json
import re
from html import unescape

from django.db import migrations

# as `courses.content.texts` makes digests at the time of this migration
READ = ("duties", "objective", "sectors", "sources")
KEYS = re.compile(r'\s+data-block-key="[^"]*"')
BREAKS = re.compile(r"</?(?:p|li|ul|ol|h[1-6]|br|hr|blockquote|tr|td|th|table)\b[^>]*>")


def plain(value):
    if isinstance(value, str):
        return " ".join(unescape(BREAKS.sub(" ", KEYS.sub("", value))).split())
    if isinstance(value, dict):
        is_block = {"type", "value", "id"} <= value.keys()
        return {name: plain(part) for name, part in value.items() if not (is_block and name == "id")}
    return [plain(part) for part in value] if isinstance(value, list) else value


def digest(content):
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def digest_of(title, fields, body):
    words = {"body": plain(body), **{name: plain(fields[name]) for name in READ}}
    if not words["duties"]:
        del words["duties"]
    return digest(["courses.LessonPage", plain(title), words])


def live_digest(page):
    return digest_of(page.title, {name: getattr(page, name) for name in READ}, list(page.body.raw_data))


def digest_then(page, at, publications):
    """Of what was live at `at`, in the form of now; None where that is not known."""
    if page.last_published_at is None or page.last_published_at <= at:
        return live_digest(page)
    last = (
        publications.filter(page_id=page.pk, action="wagtail.publish", timestamp__lte=at, revision__isnull=False)
        .select_related("revision")
        .order_by("-timestamp", "-pk")
        .first()
    )
    if last is None:
        return None
    content = last.revision.content
    fields = {"duties": content.get("duties") or [], "sectors": content.get("sectors") or []}
    fields |= {name: content.get(name) or "" for name in ("objective", "sources")}
    return digest_of(content.get("title") or "", fields, json.loads(content.get("body") or "[]"))


def carry_over(apps, schema_editor):
    approvals = list(apps.get_model("courses", "Approval").objects.exclude(texts=None))
    if not approvals:
        return
    lessons = apps.get_model("courses", "LessonPage").objects.filter(live=True)
    # of several languages the original comes last and stays
    pages = {f"page {page.translation_key}": page for page in lessons.order_by("-locale_id")}
    pages = {key: page for key, page in pages.items() if any(one["type"] == "contact" for one in page.body.raw_data)}
    publications = apps.get_model("wagtailcore", "PageLogEntry").objects
    completions = apps.get_model("courses", "Completion").objects
    for approval in approvals:
        texts = dict(approval.texts)
        for key in texts.keys() & pages.keys():
            now = live_digest(pages[key])
            if texts[key][1] != now and digest_then(pages[key], approval.recorded_at, publications) == now:
                texts[key] = [texts[key][0], now]
        if texts != approval.texts:
            old, approval.texts = approval.digest, texts
            approval.digest = digest(sorted(f"{key} {made}" for key, (_title, made) in texts.items()))
            approval.save(update_fields=["texts", "digest"])
            completions.filter(course_key=approval.course_key, text=old).update(text=approval.digest)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0017_contacts_chosen"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
