"""Every address of the site, filled in with objects that exist, and everybody who knocks at it."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

from django.contrib.auth import SESSION_KEY
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from factories import make_course, make_person
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Site, Workflow

from outbox.private_files import private_files
from people import erasure
from people.roles import RoleKind, give

# who knocks, in the order of the table's columns; `local` administers the commune of Tây Giang only
WHO = ["public", "stranger", "learner", "trainer", "unit_head", "editor", "translator", "teacher", "observer",
       "manager", "administrator", "local"]  # fmt: skip
OK, SIGN_IN, DOOR, BACK = "ok", "sign in", "door", "back"
NO_SUCH, FORBIDDEN, NOT_SO, BROKEN = "404", "403", "405", "broken"


def addresses() -> list[str]:
    """The pattern of every address that the resolver knows, each once."""

    def walk(resolver, prefix="") -> Iterator[str]:
        for entry in resolver.url_patterns:
            path = prefix + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from walk(entry, path)
            else:
                yield path

    return list(dict.fromkeys(walk(get_resolver())))


def furnish(cast) -> SimpleNamespace:
    """One object of each kind that an address names, `own` of Tây Giang and `other` of Thạnh Mỹ where units own it."""
    from wagtail.contrib.redirects.models import Redirect

    from courses.attempts import start
    from courses.rules import seed_requirements
    from media.models import DocumentFile, Picture, Recording
    from outbox.effects import Effect, EffectState
    from pages.rights import sync_all

    cast.local = make_person("Quản Trị Xã", "VT-local")
    give(cast.local, RoleKind.ADMINISTRATOR, cast.units.tay_giang)
    role_of_other = give(cast.other_learner, RoleKind.UNIT_HEAD, cast.units.thanh_my)
    requirement = seed_requirements(timezone.now().replace(year=2024))[0]
    made = make_course(attempt_limit=1)
    home = made.course.get_ancestors().get(depth=2)
    Site.objects.update(root_page=home)
    sync_all()
    picture = Picture.objects.create(title="Ảnh", file=get_test_image_file())
    document = DocumentFile.objects.create(title="Tệp", file=ContentFile(b"x", name="tep.txt"))
    recording = Recording.objects.create(title="Lời", type="audio", duration=1, file=ContentFile(b"x", name="a.mp3"))
    revision = made.course.save_revision()
    attempts, works = {}, {}
    for person in (cast.learner, cast.other_learner):
        attempts[person.pk] = start(person, made.quiz, timezone.now())
    for person in (cast.manager, cast.trainer):
        works[person.pk] = Effect.objects.create(
            kind="roster_check", key=f"t{person.pk}", requested_by=person, state=EffectState.DONE
        )
    files = {person.pk: own_file(person) for person in (cast.learner, cast.other_learner)}
    erasures = {person.pk: erasure.ask(person, timezone.now()) for person in (cast.learner, cast.other_learner)}
    workflow = Workflow.objects.first() or Workflow.objects.create(name="Duyệt")
    return SimpleNamespace(
        cast=cast,
        own_files=files,
        erasures=erasures,
        requirement=requirement,
        made=made,
        home=home,
        picture=picture,
        document=document,
        recording=recording,
        revision=revision,
        attempts=attempts,
        works=works,
        role_of_other=role_of_other,
        redirect=Redirect.objects.create(old_path="/cu", redirect_page=home),
        question=made.questions[0],
        collection=Collection.get_first_root_node().add_child(name="Riêng"),
        workflow=workflow,
        task=workflow.tasks.first(),
        locale=Locale.objects.first(),
        site=Site.objects.first(),
    )


def own_file(person):
    """The finished copy of somebody's own data."""
    from outbox.effects import Effect, EffectState

    name = private_files.save("own-data/a.zip", ContentFile(b"x"))
    result = {"file": name, "download": "a.zip"}
    return Effect.objects.create(
        kind="own_data", key=f"own{person.pk}", requested_by=person, state=EffectState.DONE, result=result
    )


def fillings(it: SimpleNamespace, scope: str) -> list[tuple[str, object]]:
    """(what an address contains, its value): the first that fits fills a place. `scope` is "own" or "other"."""
    cast, own = it.cast, scope == "own"
    person = cast.learner if own else cast.other_learner
    role = cast.editor.roles.get() if own else it.role_of_other
    unit = cast.units.tay_giang if own else cast.units.thanh_my
    return [
        ("bao-cao/them-luot/<int:pk>", person.pk),
        ("cms/can-bo/ <int:pk>", person.pk),
        ("cms/vai-tro/ <int:pk>", role.pk),
        ("cms/don-vi/ <int:pk>", unit.pk),
        ("cms/nhiem-vu/ <int:pk>", it.requirement.rules.first().duty_id),
        ("cms/yeu-cau/ <int:pk>", it.requirement.pk),
        ("cms/locales/ <int:pk>", it.locale.pk),
        ("cms/sites/ <int:pk>", it.site.pk),
        ("question/ <int:pk>", it.question.pk),
        ("question/ <str:pk>", it.question.pk),
        ("question/ (?P<pk>.+)", it.question.pk),
        ("cms/collections/ <int:pk>", it.collection.pk),
        ("cms/workflows/tasks <int:pk>", it.task.pk),
        ("cms/workflows/ <int:pk>", it.workflow.pk),
        ("chooser/chosen/ <str:pk>", it.picture.pk),
        ("api/main/^documents <int:pk>", it.document.pk),
        ("api/main/^images <int:pk>", it.picture.pk),
        ("api/main <int:pk>", it.made.course.pk),
        ("hoc-tap/muc <int:pk>", it.made.lessons[0].pk),
        ("hoc-tap/bai-lam <int:pk>", it.attempts[person.pk].pk),
        ("bao-cao/danh-sach <int:pk>", it.works[cast.manager.pk if own else cast.trainer.pk].pk),
        ("bao-cao/viec <int:pk>", it.works[cast.manager.pk if own else cast.trainer.pk].pk),
        ("tai-khoan/du-lieu <int:pk>", it.own_files[person.pk].pk),
        ("tai-khoan/xoa <int:pk>", it.erasures[person.pk].pk),
        ("<path:staff_code>", person.staff_code),
        ("<str:code>", unit.code),
        ("<slug:requirement>", it.requirement.key),
        ("<uuid:quiz_key>", it.made.quiz.translation_key),
        ("<int:position>", 1),
        ("localize/api <slug:app_label>", "courses"),
        ("add/<slug:content_type_app_name>", "courses"),
        ("add/ <slug:content_type_model_name>", "coursepage"),
        ("<int:parent_page_id>", it.made.course.get_parent().pk),
        ("<slug:content_type_app_name>", "courses"),
        ("<slug:content_type_model_name>", "coursepage"),
        ("task/add <str:app_label>", "wagtailcore"),
        ("<app_label>", "courses"),
        ("snippet/ <slug:app_label>", "courses"),
        ("snippet/ <slug:model_name>", "question"),
        ("snippet/ <str:pk>", it.question.pk),
        ("snippets/ <slug:model_name>", "question"),
        ("snippets/ <str:pk>", it.question.pk),
        ("tasks/add <str:app_label>", "wagtailcore"),
        ("tasks/add <str:model_name>", "groupapprovaltask"),
        ("bulk <str:app_label>", "wagtailcore"),
        ("bulk <str:model_name>", "page"),
        ("ping/ <str:app_label>", "courses"),
        ("ping/ <str:model_name>", "coursepage"),
        ("ping/ <str:object_id>", it.made.course.pk),
        ("bulk <str:action>", "delete"),
        ("<str:action_name>", "delete"),
        ("<slug:action_name>", "approve"),
        ("<slug:app_label>", "courses"),
        ("<slug:model_name>", "coursepage"),
        ("tag-autocomplete <slug:app_name>", "taggit"),
        ("settings/ <slug:app_name>", "wagtailcore"),
        ("<slug:app_name>", "taggit"),
        ("<int:page_to_move_id>", it.made.course.pk),
        ("<int:destination_id>", it.home.pk),
        ("<int:page_id>", it.made.course.pk),
        ("<int:page_pk>", it.home.pk),
        ("<int:workflow_pk>", it.workflow.pk),
        ("<int:revision_id>", it.revision.pk),
        ("<int:collection_id>", it.collection.pk),
        ("<int:task_id>", it.task.pk),
        ("<int:media_id>", it.recording.pk),
        ("<int:redirect_id>", it.redirect.pk),
        ("<int:document_id>", it.document.pk),
        ("<int:doc_id>", it.document.pk),
        ("<int:image_id>", it.picture.pk),
        ("<str:filter_spec>", "max-100x100"),
        ("<path:path>", it.picture.file.name),
        ("<int:", 1),
        ("<uidb64>", "MQ"),
        ("<token>", "x-y"),
        ("<str:mode>", "x"),
    ]


REGEXES = {
    "^(?:users|groups|password_reset)(?:/|$)": "groups/",
    "^(?:failwhale|test404)/": "failwhale/",
    "^api/main/(?:documents|images)/": "api/main/images/",
    "^bulk/(?:people|auth)/": "bulk/people/user/delete/",
    "^(?P<media_type>audio|video|media)/add/$": "audio/add/",
    "(?P<media_type>audio|video)/": "audio/",
    "^(?P<media_type>audio|video)/chooser/upload/$": "audio/chooser/upload/",
    "^(\\d+)/revisions/compare/(live|earliest|\\d+)\\.\\.\\.(live|latest|\\d+)/$":
        "{course}/revisions/compare/live...latest/",
    "(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\\d+)\\.\\.\\.(?P<revision_id_b>live|latest|\\d+)/$":
        "{question}/revisions/compare/live...latest/",
    "^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-x/",
    "^(\\d+)/(.*)$": "{document}/{file}",
    "^.*/$": "khong-co/",
    "^((?:[\\w\\-]+/)*)$": "khoa-hoc/",
}  # fmt: skip


def _choices(it: SimpleNamespace, scope: str) -> list[tuple[str, object]]:
    """Read once for all addresses."""
    if not hasattr(it, scope):
        setattr(it, scope, fillings(it, scope))
    return getattr(it, scope)


def filled(pattern: str, it: SimpleNamespace, scope: str) -> str:
    """The path of an address. ValueError where nothing fills a place: give it something in `fillings`."""
    path = pattern
    for regex, value in REGEXES.items():
        if path.endswith(regex):
            path = path.removesuffix(regex) + value.format(
                course=it.made.course.pk, question=it.question.pk, document=it.document.pk,
                file=it.document.filename,
            )  # fmt: skip
            break
    path = path.replace("^", "")
    choices = _choices(it, scope)
    while place := re.search(r"<[^>]+>|\(\?P<[^>]+>[^)]*\)", path):
        value = next((value for what, value in choices if _fits(what, pattern, place.group())), None)
        if value is None:
            raise ValueError(f"{pattern}: nothing fills {place.group()}")
        path = path.replace(place.group(), str(value), 1)
    return "/" + path


def _fits(what: str, pattern: str, place: str) -> bool:
    """`what` is a place alone, or part of the address and, after a space, the place."""
    where, _, named = what.rpartition(" ")
    if not named.startswith(("<", "(")):
        where, named = named[: named.index("<")], named[named.index("<") :]
    return place.startswith(named) and where.strip("/") in pattern


def knock(client: Client, method: str, path: str) -> tuple[str, str | None]:
    """What answers, in one word, and whose the session is afterwards; whatever the request did is undone."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        outcome = _outcome(answer, path)
        if answer.streaming:
            b"".join(answer.streaming_content)  # to its end, where the client closes the file
        person = client.session.get(SESSION_KEY) if client.cookies else None
        transaction.set_rollback(True)
    client.cookies.clear()
    for name, value in cookies.items():
        client.cookies[name] = value
    return outcome, person


def _outcome(answer, path: str) -> str:
    status = answer.status_code
    if status in (403, 404, 405):
        return str(status)
    if status >= 500:
        return BROKEN
    target = answer.headers.get("Location", "")
    if target.startswith("/tai-khoan/login/"):
        return SIGN_IN
    if target.startswith("/cms/login/"):
        return DOOR
    if target == "/cms/" and path.startswith("/cms/"):
        return BACK
    return OK
