"""What was in review page by page at the upgrade goes on as submissions of whole courses; questions say what they ask;
what somebody began and left without a word goes.
"""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

PARTS = ("coursepage", "modulepage", "lessonpage", "quizpage", "conversationpage")
BEFORE = timedelta(microseconds=1)


def say_what_is_asked(apps, schema_editor):
    questions = apps.get_model("courses", "Question")
    for question in questions.objects.iterator(chunk_size=200):
        raw = list(question.body.raw_data)
        question.text = " ".join(str((block["value"] or {}).get("text", "")) for block in raw).strip()
        if question.text:
            questions.objects.filter(pk=question.pk).update(text=question.text)


def drop_what_was_never_begun(apps, schema_editor):
    content_type = _types(apps).filter(app_label="courses", model="question").first()
    if content_type is None:
        return
    listed = apps.get_model("courses", "QuizQuestion").objects.values("question")
    empty = apps.get_model("courses", "Question").objects.filter(name="", text="", live=False, first_published_at=None)
    empty = empty.exclude(pk__in=listed)
    ids = [str(pk) for pk in empty.values_list("pk", flat=True)]
    empty.update(latest_revision=None, live_revision=None)
    for name in ("Revision", "ReferenceIndex"):
        apps.get_model("wagtailcore", name).objects.filter(base_content_type=content_type, object_id__in=ids).delete()
    apps.get_model("courses", "Question").objects.filter(pk__in=ids).delete()


def _types(apps):
    return apps.get_model("contenttypes", "ContentType").objects


class Reviews:
    """The open reviews of pages of courses in their original language, by course."""

    def __init__(self, apps):
        self.apps, self.now = apps, timezone.now()
        self.pages = apps.get_model("wagtailcore", "Page").objects
        self.submissions = apps.get_model("courses", "Submission").objects
        self.parts = apps.get_model("courses", "SubmittedPart").objects
        self.revisions = apps.get_model("wagtailcore", "Revision").objects
        self.kinds = {one.pk: one.model for one in _types(apps).filter(app_label="courses", model__in=PARTS)}

    def convert(self):
        courses = list(self.apps.get_model("courses", "CoursePage").objects.filter(own_key__isnull=False))
        states = self.apps.get_model("wagtailcore", "WorkflowState").objects.filter(
            content_type__in=list(self.kinds), status__in=("in_progress", "needs_changes")
        )
        by_course = {}
        for state in states.select_related("requested_by", "current_task_state").order_by("created_at", "pk"):
            page = self.pages.filter(pk=state.object_id).first()
            course = next((one for one in courses if page and page.path.startswith(one.path)), None)
            task = state.current_task_state
            if course and task and task.revision_id and (by := self.asked_by(state, task)):
                by_course.setdefault(course.pk, (course, []))[1].append((state, task, page, by))
        for course, found in by_course.values():
            for status in ("needs_changes", "in_progress"):
                if some := [one for one in found if one[0].status == status]:
                    self.submit(course, some, waits=status == "in_progress")

    def asked_by(self, state, task):
        return state.requested_by_id or self.revisions.get(pk=task.revision_id).user_id

    def submit(self, course, found, waits):
        by, at = found[-1][3], max(state.created_at for state, *_rest in found)
        names = ", ".join(page.draft_title or page.title for _state, _task, page, _by in found)
        said = {"course_key": course.own_key, "course_id": course.pk, "title": course.title, "by_id": by, "at": at}
        word = f"Chuyển từ các trang gửi duyệt riêng: {names}"[:500]
        if waits:
            submission = self.submissions.create(state="waiting", word=word, **said)
        else:
            comments = " ".join(task.comment for _state, task, _page, _by in found if task.comment)
            last = max(found, key=lambda one: one[1].finished_at or self.now)[1]
            submission = self.submissions.create(
                state="sent_back",
                word=word,
                reason=(comments or word)[:500],
                decided_by_id=last.finished_by_id or by,
                decided_at=last.finished_at or self.now,
                **said,
            )
        self.keep(submission, course, {page.pk: task.revision_id for _state, task, page, _by in found})
        for state, task, _page, _by in found:
            type(state).objects.filter(pk=state.pk).update(status="cancelled")
            type(task).objects.filter(pk=task.pk, status="in_progress").update(status="cancelled", finished_at=self.now)

    def keep(self, submission, course, submitted):
        pages = self.pages.filter(path__startswith=course.path, alias_of=None).order_by("path")
        place = 0
        for page in pages.filter(content_type__in=list(self.kinds)):
            own = page.pk in submitted
            if own or page.live:
                revision = self.pinned(submitted[page.pk]) if own else page.live_revision_id
                self.parts.create(
                    submission=submission,
                    place=place,
                    kind=self.kinds[page.content_type_id],
                    object_id=page.pk,
                    title=page.draft_title or page.title,
                    revision_id=revision,
                    publishes=own,
                )
                place += 1

    def pinned(self, pk):
        """A copy, since autosave may write on in the draft."""
        draft = self.revisions.get(pk=pk)
        draft.pk, draft.created_at = None, draft.created_at - BEFORE
        draft.approved_go_live_at = None
        draft.save(force_insert=True)
        return draft.pk


def submit_whole(apps, schema_editor):
    Reviews(apps).convert()


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0021_submissions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.RunPython(say_what_is_asked, migrations.RunPython.noop),
        migrations.RunPython(drop_what_was_never_begun, migrations.RunPython.noop),
        migrations.RunPython(submit_whole, migrations.RunPython.noop),
    ]
