"""One object of each kind that an address of the rights table names."""

import json
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

from conversations import make_conversation
from django.core.files.base import ContentFile
from django.utils import timezone
from factories import REFORM, make_course, make_page, make_person, make_posting, make_unit
from telephones import of_bytes
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Site, Workflow

from outbox.private_files import private_files
from people.privacy import erasure
from people.rights.roles import RoleKind, give


def translating(cast, message):
    """The translator of the cast works in Cơ Tu, not in Lao; the first sentence of the message."""
    from campaigns.translating.following import follow
    from campaigns.translating.orthography import seed_orthographies
    from campaigns.translating.sentences import SourceSentence
    from people.rights.languages import Does, give_works

    give_works(cast.translator, cast.units.da_nang, [("ktv", does.value) for does in Does])
    seed_orthographies()
    follow(message, timezone.now())
    return SourceSentence.objects.of(message.translation_key)[0]


def create_voices(cast, sentence) -> dict:
    """A sentence that was recorded in Cơ Tu, the translator's, and in Lao; `speakers` and `takes` by language."""
    from campaigns.speaking.speaker import Speaker
    from campaigns.speaking.takes import Sound, Take

    speakers, takes = {}, {}
    for language in ("ktv", "lo"):
        said = {"language": language, "how": "paper", "uses": ["site"], "written_by": cast.translator}
        speakers[language] = Speaker.objects.create(**said)
        heard = private_files.save("voices/cau.m4a", ContentFile(b"sound"))
        sound = Sound.objects.create(
            number=uuid4(), page_key=sentence.page_key, language=language, speaker=speakers[language], digest="0" * 64
        )
        takes[language] = Take.objects.create(
            sound=sound, source=sentence, language=language, of_text=sentence.text, heard=heard
        )
    return {"speakers": speakers, "takes": takes}


def captioned():
    """A recording with captions."""
    from media.models import Recording

    row = Recording(title="Lời", type="audio", duration=1, captions="WEBVTT\n\n00:00.000 --> 00:01.000\nMột.\n")
    # as it is stored: nothing of the file is asked
    row.file.name = "media/loi.mp3"
    return Recording.objects.bulk_create([row])[0]


def sentence_orthography():
    from campaigns.translating.orthography import Orthography

    return Orthography.objects.get(language="ktv")


def create_twins(unit) -> SimpleNamespace:
    """Three records of one name in the unit: two held apart, the third merged into one of them."""
    from people.changes.change import BulkChange, ChangedRow
    from people.persons.merges import Merge, NotSame
    from people.postings.posting import Posting

    one, other, gone = (make_person("Alăng Thị Sinh Đôi", f"SD-{unit.pk}-{number}") for number in range(3))
    for person in (one, other):
        make_posting(person, unit)
    moved = make_posting(gone, unit)
    Posting.objects.filter(pk=moved.pk).supersede(timezone.now())
    change = BulkChange.objects.create(kind="merge", ended_at=timezone.now())
    ChangedRow.objects.create(change=change, kind="posting", what="removed", person=gone, unit=unit, old=moved.pk)
    return SimpleNamespace(
        same=NotSame.objects.create(one=one, other=other),
        merge=Merge.objects.create(gone=gone, stays=one, reason="Một người", change=change),
    )


def create_extras(cast, far) -> dict:
    """A course given beyond what is required, and a buddy of another commune, by learner; that of Tây Giang first."""
    from courses.assigned.assignment import Assignment
    from courses.buddies.buddy import Buddy

    people, fields = (cast.learner, cast.other_learner), {"start": timezone.localdate()}
    return {
        "assignments": {
            one.pk: Assignment.objects.create(person=one, course_key="them", given_by=cast.manager, **fields)
            for one in people
        },
        "buddies": {
            one.pk: Buddy.objects.create(person=one, buddy=far, named_by=cast.manager, **fields) for one in people
        },
    }


def create_reform(units) -> SimpleNamespace:
    """A draft in which both communes are split, and the look at it."""
    from outbox.effects import Effect, EffectState
    from people.reforms import acts
    from people.reforms.finding import known
    from people.reforms.reform import Reform

    on, splits = date(2027, 1, 1), []
    for unit in (units.tay_giang, units.thanh_my):
        parts = [acts.Target(f"{unit.code}-{n}", f"Xã Phần {n}", "xa", "chinh_quyen", "48", True) for n in (1, 2)]
        splits.append(acts.splitting(known(unit, on), parts, on))
    reform = Reform.objects.create(decree="NQ 1", on=on, acts=splits)
    result = {"mark": "", "wrong": [{"item": "", "line": None, "reason": "Sai."}]}
    look = {"kind": "reform_check", "payload": {"reform": reform.pk}, "state": EffectState.DONE, "result": result}
    return SimpleNamespace(draft=reform, look=Effect.objects.create(key="reform-look", **look))


def create_rows(cast) -> SimpleNamespace:
    """One object of each kind that an address names, `own` of Tây Giang and `other` of Thạnh Mỹ where units own it."""
    from wagtail.contrib.redirects.models import Redirect
    from wagtail_localize.models import Translation, TranslationSource

    from courses.acts.choice import choose
    from courses.calendars.address import make as make_calendar
    from courses.certificates.issuers import Issuer
    from courses.practice.conversations.words import ConversationWords, seed_words
    from courses.quizzes.admission import start
    from courses.reports.importing.evidence import FiledPaper
    from courses.standing.rules import seed_requirements
    from media.models import DocumentFile, Picture, Recording
    from outbox.effects import Effect, EffectState
    from pages.cms.groups import sync_all
    from people.changes.change import BulkChange
    from people.guarding.notices import AccountNotice
    from people.roster.confirmations import confirm_roster

    cast.local = make_person("Quản Trị Xã", "VT-local")
    give(cast.local, RoleKind.ADMINISTRATOR, cast.units.tay_giang)
    role_of_other = give(cast.other_learner, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    seed_words(Locale.get_default())
    requirement = seed_requirements(timezone.now().replace(year=2024))[0]
    small_course = make_course(attempt_limit=1)
    card = {"title": "Thẻ", "audience": "", "lines": [{"type": "item", "id": str(uuid4()), "value": "Hỏi."}]}
    card_id = str(uuid4())
    small_course.module.cards = json.dumps([{"type": "card", "id": card_id, "value": card}])
    small_course.module.save()
    small_course.lessons[0].sources = "Luật 53/2024/QH15, Điều 3"
    small_course.lessons[0].save_revision().publish()
    home = small_course.course.get_ancestors().get(depth=2)
    Site.objects.update(root_page=home)
    sync_all()
    picture = Picture.objects.create(title="Ảnh", file=get_test_image_file())
    document = DocumentFile.objects.create(title="Tệp", file=ContentFile(b"x", name="tep.txt"))
    # Wagtail looks for the file on the disk, the tests' storage has it in memory
    on_disk = Path(document.file.path)
    on_disk.parent.mkdir(parents=True, exist_ok=True)
    on_disk.write_bytes(b"x")
    recording = Recording.objects.create(title="Lời", type="audio", duration=1, file=of_bytes(1, "a.mp3"))
    revision = small_course.course.save_revision()
    change = BulkChange.objects.create(kind="roster", name="a.xlsx", ended_at=timezone.now())
    paper = private_files.save("filed-papers/giay.pdf", ContentFile(b"%PDF-1.4"))
    FiledPaper.objects.create(change=change, file=paper, sent_by=cast.manager)
    attempts, works, looks = {}, {}, {}
    for person in (cast.learner, cast.other_learner):
        attempts[person.pk] = start(person, small_course.quiz, timezone.now())
    for person in (cast.manager, cast.trainer):
        works[person.pk] = Effect.objects.create(
            kind="roster_check", key=f"t{person.pk}", requested_by=person, state=EffectState.DONE
        )
        looks[person.pk] = Effect.objects.create(
            kind="undo_check",
            key=f"u{person.pk}",
            requested_by=person,
            state=EffectState.DONE,
            payload={"change": change.pk, "rows": None},
            result={"going": 0},
        )
    conversation, runs = create_runs(small_course, (cast.learner, cast.other_learner))
    files = {person.pk: create_file(person, "own_data") for person in (cast.learner, cast.other_learner)}
    far = make_person("Quản Trị Xã Khác", "VT-far")
    give(far, RoleKind.ADMINISTRATOR, cast.units.thanh_my)
    role_requests = create_role_requests(cast, far)
    notices = {
        person.pk: AccountNotice.objects.create(person=person, what="printed", at=timezone.now(), to_call=True)
        for person in (cast.learner, cast.other_learner)
    }
    erasures = {person.pk: erasure.ask(person, timezone.now()) for person in (cast.learner, cast.other_learner)}
    issuers = {
        unit.pk: Issuer.objects.create(
            unit=unit, organisation=unit.name, mark=unit.code, place="Đà Nẵng", signer_name="A"
        )
        for unit in (cast.units.tay_giang, cast.units.thanh_my)
    }
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Duyệt")
    small_course.module.save_revision(user=cast.trainer)
    waiting = workflow.start(small_course.module, cast.trainer)
    public = create_public_pages(cast, home)
    source, _new = TranslationSource.update_or_create_from_instance(small_course.course)
    locale = Locale.objects.exclude(pk=small_course.course.locale_id).first() or Locale.objects.create(
        language_code="en"
    )
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    segment = source.stringsegment_set.first()
    return SimpleNamespace(
        cast=cast,
        card_id=card_id,
        **public,
        replacements=create_replacements(cast, public["spaces"]),
        **create_practice(cast),
        **create_classes(cast, small_course.course),
        calendars={cast.learner.pk: make_calendar(cast.learner, None, timezone.now())},
        waiting=waiting,
        source=source,
        translation=translation,
        segment=segment,
        revision_of_question=small_course.questions[0].save_revision(),
        own_files=files,
        erasures=erasures,
        **role_requests,
        reliefs=create_reliefs(cast, requirement, far),
        elsewhere=create_elsewhere(cast, small_course.course, far),
        inquiries=create_inquiries(cast, small_course),
        cases=create_cases(cast),
        **create_exemplars(cast, far),
        kept=create_kept_answer(cast, small_course),
        remarking=create_remarking(cast, small_course.questions[0]),
        **create_plans(cast, far),
        **create_activities(cast, far),
        **create_lesson_logs(cast),
        **create_slots(cast),
        calls=create_calls(cast, requirement),
        annual_reports={unit.pk: create_annual_report(unit) for unit in (cast.units.tay_giang, cast.units.thanh_my)},
        annual_works={
            person.pk: Effect.objects.create(kind="annual_report", key=f"b{person.pk}", requested_by=person)
            for person in (cast.manager, cast.trainer)
        },
        saved_reports=create_saved_reports(cast),
        choices={
            person.pk: choose(person, [cast.learner.pk], "/bao-cao/can-bo/", timezone.now())
            for person in (cast.manager, cast.trainer)
        },
        **create_extras(cast, far),
        notices=notices,
        issuers=issuers,
        confirmations={
            unit.pk: confirm_roster(unit, cast.manager, timezone.now())
            for unit in (cast.units.tay_giang, cast.units.thanh_my)
        },
        certificates={person.pk: create_certificate(person) for person in (cast.learner, cast.other_learner)},
        uncertified={person.pk: create_completion(person, day=1) for person in (cast.learner, cast.other_learner)},
        keys={person.pk: create_second_step(person, "webauthn") for person in (cast.learner, cast.other_learner)},
        requirement=requirement,
        small_course=small_course,
        home=home,
        picture=picture,
        document=document,
        recording=recording,
        revision=revision,
        attempts=attempts,
        conversation=conversation,
        runs=runs,
        words=ConversationWords.objects.get(),
        works=works,
        looks=looks,
        reform=create_reform(cast.units),
        change=change,
        twins={unit.pk: create_twins(unit) for unit in (cast.units.tay_giang, cast.units.thanh_my)},
        exports={person.pk: create_file(person, "report_export") for person in (cast.manager, cast.trainer)},
        role_of_other=role_of_other,
        redirect=Redirect.objects.create(old_path="/cu", redirect_page=home),
        question=small_course.questions[0],
        collection=Collection.get_first_root_node().add_child(name="Riêng"),
        workflow=workflow,
        task=workflow.tasks.first(),
        locale=locale,
        site=Site.objects.first(),
    )


def create_annual_report(unit):
    """Frozen, with one file."""
    from courses.annual.report import AnnualReport, ReportFile

    data = {"activities_from": "2025-12-15", "changes": {}, "figures": [], "starred": [], "tables": []}
    report = AnnualReport.objects.create(
        unit=unit,
        year=2026,
        kind="annual",
        series="2026-nam",
        version=1,
        as_of=date(2026, 12, 14),
        taken_at=timezone.now(),
        data=json.dumps(data),
        digest="0" * 64,
    )
    ReportFile.objects.create(report=report, name="bao-cao.pdf", content=b"%PDF", size=4, digest="0" * 64)
    return report


def create_role_requests(cast, far) -> dict:
    """One asked by each administrator of a commune, and one granted to each learner: `own` of Tây Giang."""
    from people.guarding.role_requests import RequestState, RoleRequest

    now, asked, granted = timezone.now(), {}, {}
    places = [(cast.learner, cast.local, cast.units.tay_giang), (cast.other_learner, far, cast.units.thanh_my)]
    for person, by, unit in places:
        of = {"asked_by": by, "unit": unit, "asked_at": now, "changed_at": now, "why": "Cần"}
        asked[person.pk] = RoleRequest.objects.create(person=cast.stranger, kind=RoleKind.TEACHER, **of)
        granted[person.pk] = RoleRequest.objects.create(
            person=person, kind=RoleKind.OBSERVER, state=RequestState.GRANTED, decided_by=cast.administrator, **of
        )
    return {"roles_asked": asked, "roles_granted": granted}


def create_calls(cast, requirement) -> dict:
    """Each learner is to be called about a due day that still stands, which is so on every day that a test may play."""
    from courses.standing.standing import refresh
    from people.messages.day_message import DayMessage, MessageState

    people, now = (cast.learner, cast.other_learner), timezone.now()
    refresh([person.pk for person in people], now)
    state = {"state": MessageState.TO_CALL, "ended_at": now, "about": [f"han:{requirement.pk}"]}
    return {
        person.pk: DayMessage.objects.create(person=person, day=timezone.localdate(now), **state) for person in people
    }


def create_reliefs(cast, requirement, far) -> dict:
    """What waits for each learner: of Tây Giang asked by its head, of Thạnh Mỹ by who administers that commune."""
    from courses.requirements.relief import ReliefRequest

    now = timezone.now()
    same = {"requirement": requirement, "kind": "excuse", "start": REFORM, "end": REFORM, "reason": "Nghỉ"}
    places = [(cast.learner, cast.unit_head, cast.units.tay_giang), (cast.other_learner, far, cast.units.thanh_my)]
    return {
        person.pk: ReliefRequest.objects.create(
            person=person, asked_by=by, unit=unit, asked_at=now, changed_at=now, **same
        )
        for person, by, unit in places
    }


def create_elsewhere(cast, course, far) -> dict:
    """A training elsewhere of each learner, entered by somebody of her unit."""
    from courses.classes.elsewhere.entering import Said, enter

    said = Said(course.key, REFORM, "Học viện", "")
    return {
        person.pk: enter(by, person, said, ContentFile(b"x", name="a.png"), timezone.now())
        for person, by in [(cast.learner, cast.unit_head), (cast.other_learner, far)]
    }


def create_inquiries(cast, small_course) -> dict:
    """A private one of each learner."""
    from courses.talk.inquiries.asking import Wish, ask

    wish = Wish(small_course.course.key, small_course.lessons[0].translation_key, "Gọi ai?", False, False)
    return {person.pk: ask(person, wish, uuid4(), timezone.now()) for person in (cast.learner, cast.other_learner)}


def create_exemplars(cast, far) -> dict:
    """One of each commune that waits for review, and a listed one of Thạnh Mỹ."""
    from courses.talk.exemplars.reviewing import put_on_the_list
    from courses.talk.exemplars.writing import Words, write

    words = Words("Tổ", "y_te", "joining", 2023, "Gặp.", "Mỗi tháng.", "Ít hơn.", None, "", "UBND xã")
    places = [(cast.units.tay_giang, cast.unit_head), (cast.units.thanh_my, far), (cast.units.thanh_my, far)]
    first, other, listed = [write(by, unit, words, uuid4(), True, timezone.now()) for unit, by in places]
    put_on_the_list(cast.manager, listed, listed.stamp, timezone.now())
    return {"exemplars": {first.unit_id: first, other.unit_id: other}, "listed_exemplar": listed}


def create_cases(cast) -> dict:
    """One of each learner, not released."""
    from courses.talk.clinic.telling import Told, tell

    told = Told("health", "returned", "young", "border", "work", "Hỏi gì trước?", "Một người vừa về.", "")
    return {person.pk: tell(person, told, uuid4(), timezone.now()) for person in (cast.learner, cast.other_learner)}


def create_remarking(cast, question):
    from courses.attempts.remarks import Remarking
    from courses.questions.versions import QuestionVersion

    version = QuestionVersion.objects.get(question_key=question.translation_key)
    now = timezone.now()
    return Remarking.objects.create(
        question_key=question.translation_key, by_version=version, reason="Sai.", by=cast.manager, finished_at=now
    )


def create_kept_answer(cast, small_course):
    """Proposed by the trainer of Tây Giang."""
    from courses.talk.kept.keeping import stamp_of
    from courses.talk.kept.kept_answer import KeptAnswer

    now, of = timezone.now(), small_course.lessons[0].translation_key
    moment = {"proposed_at": now, "changed_at": now}
    words = {"question": "Gọi ai?", "answer": "Gọi 111.", "proposed_by": cast.trainer}
    row = KeptAnswer.objects.create(course_key=small_course.course.key, lesson_key=of, **words, **moment)
    row.stamp = stamp_of(row)
    return row


def create_plans(cast, far) -> dict:
    """The template of this year, and by unit a plan that was approved and is changed, with a result and its paper."""
    from courses.plans import starter
    from courses.plans.made import deciding, making, recording
    from courses.plans.made.offers import published
    from people.times import today

    year, now, plans, results = today().year, timezone.now(), {}, {}
    template = making.begin_template(cast.manager, cast.units.da_nang, year, now)
    starter.fill(template)
    deciding.publish(cast.manager, template, now)
    key = template.tasks.get(place=1).key
    for by, unit in [(cast.unit_head, cast.units.tay_giang), (far, cast.units.thanh_my)]:
        version = making.begin(by, unit, year, now, template=published([year])[0])
        deciding.submit(by, version, now)
        deciding.approve(cast.manager, version, now)
        said = recording.Said(today(), 1, None, "")
        results[unit.pk] = recording.say(by, version.plan, key, said, ContentFile(b"x", name="a.png"), now)
        deciding.change(by, version.plan, "Sửa", now)
        plans[unit.pk] = version.plan
    return {"plan_year": year, "plan_task": key, "plans": plans, "plan_results": results}


def create_activities(cast, far) -> dict:
    """By unit: an activity that waits, written by its editor or administrator, with a photograph."""
    from campaigns.activities.made import evidence, writing
    from campaigns.activities.made.kind import ActivityKind, seed_kinds
    from people.times import today

    seed_kinds()
    now, kind, made, photos = timezone.now(), ActivityKind.objects.get(key="noi-chuyen"), {}, {}
    for by, unit in [(cast.editor, cast.units.tay_giang), (far, cast.units.thanh_my)]:
        said = writing.Said(kind, unit, unit, None, today(), {"people": 30}, {}, ["vi"])
        made[unit.pk] = writing.write(by, uuid4(), said, now, send=True)
        file = ContentFile(b"x", name="a.png")
        photos[unit.pk] = evidence.keep_photo(made[unit.pk].key, unit, file, by, now)
    return {"activities": made, "activity_photos": photos, "activity_kind": kind}


def create_lesson_logs(cast) -> dict:
    """By whose school: a lesson that the teacher taught, and one of a school in Thạnh Mỹ."""
    from campaigns.schools.lesson import SchoolLessonPage
    from campaigns.schools.log.writing import Said, keep
    from campaigns.schools.quiz.class_run import ClassRun
    from people.times import today
    from people.units.successions import rebuild_reach

    elsewhere = make_unit("THCS-99", "Trường ở Thạnh Mỹ", "truong", cast.units.thanh_my)
    rebuild_reach()
    pack, made, runs = SchoolLessonPage.objects.get(slug="bai-a"), {}, {}
    asked = [{"text": "Số nào miễn phí?", "choices": ["113", "111"], "right": "B"}]
    for key, by, school in (("own", cast.teacher, cast.units.school), ("other", cast.manager, elsewhere)):
        said = Said(school, pack, today(), 6, "", 16, 14, ("vi",), "tot", "", by)
        made[key] = keep(by, uuid4(), key, said, timezone.now())
        known = {"pack": pack.translation_key, "title": pack.title, "quiz": "Bài đố", "asked": asked}
        runs[key] = ClassRun.objects.create(school=school, by=by, at=timezone.now(), **known)
    return {"lesson_logs": made, "class_runs": runs, "pack_copies": _copies(cast, elsewhere, pack)}


def _copies(cast, elsewhere, pack) -> dict:
    """By whose school: a version of the lesson that waits for who answers for the school."""
    from campaigns.adapting import acts

    made, now = {}, timezone.now()
    for key, by, school in (("own", cast.teacher, cast.units.school), ("other", cast.manager, elsewhere)):
        made[key] = acts.make(by, school, pack, now)
        acts.write(by, made[key], {**acts.latest(made[key]).words, "title": "Bản của trường"}, now)
        acts.hand_in(by, made[key], now)
    return made


def create_slots(cast) -> dict:
    """By unit: a loudspeaker's slot of today, and a package of a week."""
    from datetime import time

    from campaigns.loudspeakers.package import Package
    from campaigns.loudspeakers.slot import Slot
    from people.times import today

    days = {"first_day": today(), "last_day": today(), "at": time(6)}
    fields = {"message_key": uuid4(), "planned_by": cast.editor, **days}
    units = (cast.units.tay_giang, cast.units.thanh_my)
    week = {"monday": today(), "use_until": today(), "language": "vi", "asked_at": timezone.now()}
    return {
        "slots": {unit.pk: Slot.objects.create(commune=unit, **fields) for unit in units},
        "sound_packages": {unit.pk: Package.objects.create(commune=unit, **week) for unit in units},
    }


def create_runs(small_course, people) -> tuple:
    """A conversation, and of each person a run of it."""
    from courses.practice.conversations.speaking import begin

    page = make_conversation(small_course.module)
    return page, {person.pk: begin(person, page, small_course.course.key, timezone.now()) for person in people}


def create_classes(cast, course) -> dict:
    """A class of each learner's commune with the learner in it: one of the trainer, one of the manager."""
    from courses.classes.held.papers import keep_paper
    from courses.classes.planned import planning, seating

    now, participants, papers = timezone.now(), {}, {}
    places = [
        (cast.learner, cast.trainer, cast.units.tay_giang),
        (cast.other_learner, cast.manager, cast.units.thanh_my),
    ]
    for person, leader, unit in places:
        start = now + timedelta(days=1)
        meetings = [planning.MeetingTimes(start, start + timedelta(hours=1), "Hội trường")]
        fields = {"course_key": course.key, "unit": unit, "title": "Lớp", "seats": 5}
        made = planning.plan(leader, fields, meetings, now)
        seating.invite(leader, made, [person.pk], now)
        participants[person.pk] = made.participants.get()
        papers[person.pk] = keep_paper(made, ContentFile(b"x", name="a.png"), leader, now)
    return {"participants": participants, "papers": papers}


def create_saved_reports(cast) -> dict:
    from courses.reports.saved.report import SavedReport

    row = {"title": "Báo cáo", "address": "/bao-cao/can-bo/", "rhythm": "weekly", "told_for": "2026-01-05"}
    people = (cast.trainer, cast.manager)
    return {one.pk: SavedReport.objects.create(person=one, role=one.roles.first(), **row) for one in people}


def create_practice(cast) -> dict:
    """The rubrics that ship, and a settled performance of each learner: one observed by the trainer, one by the
    manager, with somebody of the unit.
    """
    from courses.practice.observed import planning
    from courses.practice.observed.agreeing import receive
    from courses.practice.observed.filling import Entry
    from courses.practice.observed.rubric import Guide, Rubric
    from courses.starter.rubrics import load_rubrics

    load_rubrics()
    rubric, now, performances = Rubric.objects.first(), timezone.now(), {}
    sessions = [
        (cast.learner, cast.trainer, cast.units.tay_giang),
        (cast.other_learner, cast.manager, cast.units.thanh_my),
    ]
    for person, leader, unit in sessions:
        session = planning.plan(leader, rubric, unit, timezone.localdate(now), now)
        second = make_person(f"Quan Sát {unit.code}")
        make_posting(second, unit)
        planning.name_second(leader, session, second.pk)
        performance = performances[person.pk] = planning.add(leader, session, person.pk)
        entries = [Entry(behaviour.id, 3, "") for behaviour in session.version.frozen.behaviours]
        for place in (1, 2):
            receive(performance.pk, place, entries, uuid4(), now)
    return {"rubric": rubric, "guide": Guide.objects.get(), "performances": performances}


def create_public_pages(cast, home) -> dict:
    """A message of the province, the spaces of the communes with it, a lesson for schools, a number of each unit."""
    from campaigns.communes.commune import CommuneSpacePage
    from campaigns.communes.taking import take
    from campaigns.messages.campaign import CampaignPage, days_of
    from campaigns.messages.message import MessagePage
    from campaigns.schools.lesson import SchoolLessonPage, SchoolsPage
    from campaigns.spaces.spaces import bring_in_step, create_communes
    from pages.contacts.contact import Contact

    create_communes(home)
    bring_in_step(REFORM)
    said = {"heading": "Hỏi cho rõ", "lead": "Đi đâu cũng hỏi."}
    campaign = make_page(home, CampaignPage, "Tháng Bảy", **said, **days_of(2026), year=2026)
    message = make_page(campaign, MessagePage, "Đi làm xa", slug="di-lam-xa", heading="Hỏi cho rõ")
    message.save_revision().publish()
    sentence = translating(cast, message)
    sheets = json.dumps([{"type": "sheet", "value": {"code": "P1", "title": "Phiếu 1"}}])
    schools = make_page(home, SchoolsPage, "Trường học", slug="truong-hoc", shared=sheets)
    step = {"begins": 0, "ends": 45, "title": "Mở đầu", "things": "", "script": "<p>Chào.</p>", "short": 30}
    taught = json.dumps([{"type": "timeline", "value": {"steps": [step]}}, *json.loads(sheets)])
    make_page(schools, SchoolLessonPage, "Bài A", slug="bai-a", grades="Lớp 6", aims="Biết", body=taught)
    units = (cast.units.tay_giang, cast.units.thanh_my)
    spaces = {unit.pk: CommuneSpacePage.objects.get(unit=unit) for unit in units}
    return {
        **create_prints(cast, message, units),
        "alert": create_alert(cast),
        "press_package": create_press_package(message),
        "message": message,
        "sentence": sentence,
        **create_voices(cast, sentence),
        "captioned": captioned(),
        "orthography": sentence_orthography(),
        "spaces": spaces,
        "taken": {unit.pk: take(spaces[unit.pk], message, cast.manager) for unit in units},
        "contacts": {
            unit.pk: Contact.objects.create(number="0235 1", name="Xã", when="x", unit=unit) for unit in units
        },
    }


def create_alert(cast):
    """One that stands: the manager wrote it, an administrator approved it."""
    from campaigns.alerts.alert import Alert, AlertWording
    from campaigns.alerts.publishing import publish

    now = timezone.now()
    said = {"title": "Đừng đưa thẻ", "how": "Chúng hỏi mượn thẻ.", "signs": "Hỏi mượn thẻ", "act": "Giữ thẻ."}
    said |= {"ends_on": timezone.localdate() + timedelta(days=30), "state": "approved"}
    alert = Alert.objects.create(version=1, ends_on=said["ends_on"], approved_at=now)
    people = {"written_by": cast.manager, "written_at": now, "approved_by": cast.administrator, "approved_at": now}
    wording = AlertWording.objects.create(alert=alert, version=1, **said, **people)
    publish(alert, wording, cast.administrator, now)
    return alert


def create_press_package(message):
    """What broadcasters took of the message; its file is gone."""
    from campaigns.press.press_package import PressPackage
    from people.times import today

    known = {"number": message.pk, "version": 1, "title": message.title, "made_of": "x"}
    return PressPackage.objects.create(message=message, made_at=timezone.now(), use_until=today(), **known)


def create_prints(cast, message, units) -> dict:
    """Approved texts of the message but one, with an open point, a step of the plan, a withdrawn print of each unit,
    and for the manager and an administrator a finished print for all communes.
    """
    from starter_kit import messages

    from campaigns.renderings.plan import PlanStep
    from campaigns.renderings.sheets import Sheet, SheetVersion, Withdrawal
    from campaigns.renderings.texts.passages import MessageKit, OpenPoint, Passage
    from pages.contacts.contact import Contact

    now = timezone.now()
    Contact.objects.create(number="111", name="Tổng đài", when="Cần giúp", public_since=now)
    MessageKit.objects.create(message=message, scene="two-paths")
    Passage.objects.bulk_create(
        Passage(message=message, slot=one.slot, title=one.title, text=one.text, written_at=now, approved_at=now)
        for one in messages()["2.1"].passages
        # what nobody wrote yet
        if one.slot != "audience.elders"
    )
    share = message.passages.get(slot="share")
    withdrawal = Withdrawal.objects.create(message=message, why="Đã sai.", by=cast.manager, at=now)
    return {
        "passage": share,
        "point": OpenPoint.objects.create(passage=share, what="Giấy phép", office="Cơ quan lao động"),
        "step": PlanStep.objects.create(order=1, days=-30, what="Gọi thử", who="Văn phòng"),
        "prints": {
            unit.pk: SheetVersion.objects.create(
                sheet=Sheet.objects.create(message=message, unit=unit, format="a4"),
                number=1,
                made_of="x",
                issued_at=now,
                withdrawal=withdrawal,
            )
            for unit in units
        },
        "print_works": {
            person.pk: create_file(person, "sheets_of_communes") for person in (cast.manager, cast.administrator)
        },
    }


def create_replacements(cast, spaces: dict) -> dict:
    """Of each unit a new file of the picture that its space shows, brought by the editor of Tây Giang and by none."""
    from wagtail.models import ReferenceIndex

    from media.models import Picture
    from media.replacing.waiting import set_aside

    found = {}
    for unit, by in ((cast.units.tay_giang, cast.editor), (cast.units.thanh_my, None)):
        space = spaces[unit.pk]
        space.picture = Picture.objects.create(title="Ảnh", description="Nhà", file=get_test_image_file())
        type(space).objects.filter(pk=space.pk).update(picture=space.picture)
        ReferenceIndex.create_or_update_for_object(space)
        found[unit.pk] = set_aside(space.picture, "file", "moi.png", get_test_image_file(), by=by)
    return found


def create_file(person, kind):
    """A finished work of somebody's, with its file."""
    from outbox.effects import Effect, EffectState

    name = private_files.save("works/a.zip", ContentFile(b"x"))
    result = {"file": name, "download": "a.zip"}
    return Effect.objects.create(
        kind=kind, key=f"{kind}{person.pk}", requested_by=person, state=EffectState.DONE, result=result
    )


def create_completion(person, day):
    from courses.completions.completion import Completion

    return Completion.objects.create(
        person=person, course_key="nhan-dien-nan-nhan", completed_on=date(2026, 9, day), source="quiz"
    )


def create_certificate(person):
    from courses.certificates.issuing import issue

    return issue([create_completion(person, day=20)], timezone.now())[0]


def create_second_step(person, kind="totp"):
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.create(user=person, type=kind, data={"name": "Khóa", "secret": "x"})
