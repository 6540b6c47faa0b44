"""Every address of the site, filled in with objects that exist, and everybody who requests it."""

import re
import time
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

# who sends requests, in the order of the table's columns; `local` administers the commune of Tây Giang only
VISITORS = ["public", "stranger", "learner", "trainer", "unit_head", "editor", "translator", "teacher", "observer",
            "manager", "administrator", "local"]  # fmt: skip
ADMITTED, REDIRECTED, TO_SIGN_IN, TO_PASSWORD, TO_SECOND_STEP, TO_CMS_SIGN_IN, TO_CMS_HOME = (
    "ok",
    "redirected",
    "to sign in",
    "to password",
    "to second step",
    "to cms sign in",
    "to cms home",
)
NOT_FOUND, FORBIDDEN, METHOD_NOT_ALLOWED, SERVER_ERROR = "404", "403", "405", "server error"


def patterns() -> list[str]:
    """The pattern of every address that the resolver knows, each once."""

    def walk(resolver, prefix="") -> Iterator[str]:
        for entry in resolver.url_patterns:
            path = prefix + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from walk(entry, path)
            else:
                yield path

    return list(dict.fromkeys(walk(get_resolver())))


def fillings(it: SimpleNamespace, scope: str) -> list[tuple[str, object]]:
    """(what an address contains, its value): the first that fits fills a place. `scope` is "own" or "other"."""
    from people.guarding.first_enrolment import link_for
    from people.guarding.notices import token_of

    cast, own = it.cast, scope == "own"
    person = cast.learner if own else cast.other_learner
    role = cast.editor.roles.get() if own else it.role_of_other
    unit = cast.units.tay_giang if own else cast.units.thanh_my
    return [
        ("cms/trang-xa/<int:space_id>", it.spaces[unit.pk].pk),
        ("dich/bo-chu/them/ <slug:language>", "ktv"),
        ("dich/ <slug:language>", "ktv" if own else "lo"),
        ("dich/<slug:language>/cau/ <int:pk>", it.sentence.pk),
        ("dich/bo-chu/ <int:pk>", it.orthography.pk),
        ("dich/cau-da-sua/ <int:pk>", it.sentence.pk),
        ("dich/<slug:language>/bai/ <int:pk>", it.message.pk),
        ("tieng-noi/ <slug:language>", "ktv" if own else "lo"),
        ("tieng-noi/<slug:language>/cau/ <int:pk>", it.takes["ktv" if own else "lo"].pk),
        ("tieng-noi/<slug:language>/nguoi-doc/ <int:pk>", it.speakers["ktv" if own else "lo"].pk),
        ("tieng-noi/ <int:pk>", it.message.pk),
        ("tep/phu-de/<int:pk>", it.captioned.pk),
        ("<int:message_id>", it.message.pk),
        ("cms/trang-xa/ <int:page_id>", it.taken[unit.pk].pk),
        ("cms/so-lien-he/ <int:pk>", it.contacts[unit.pk].pk),
        ("xa-phuong/<slug:slug>", it.spaces[unit.pk].slug),
        ("in-an/xa/ <int:space>", it.spaces[unit.pk].pk),
        ("in-an/ <int:message>", it.message.pk),
        ("canh-bao/so/ <int:number>", it.alert.pk),
        ("bao-chi/ <int:number>", it.press_package.number),
        ("bao-chi/ <int:version>", it.press_package.version),
        ("canh-bao-nhanh/ <int:pk>", it.alert.pk),
        ("canh-bao-nhanh/ <slug:key>", "the"),
        ("in-an/xa/ <slug:key>", "a4"),
        ("da-go/ <int:pk>", it.prints[unit.pk].pk),
        ("in-an/xa/<int:space>/viec/ <int:pk>", it.step.pk),
        ("in-an/ke-hoach/ <int:pk>", it.step.pk),
        ("in-an/hinh/ <str:slot>", "card.1"),
        ("in-an/hinh/ <slug:size>", "vuong"),
        ("in-an/loi/sua/ <int:pk>", it.passage.pk),
        ("in-an/loi/them-dieu/ <int:pk>", it.passage.pk),
        ("in-an/loi/ <str:slot>", "audience.elders"),
        ("in-an/loi/ <int:pk>", it.point.pk),
        ("in-an/tat-ca/ <int:pk>", it.print_works[(cast.manager if own else cast.administrator).pk].pk),
        ("to/<int:number>", it.prints[unit.pk].sheet_id),
        ("truong-hoc/<slug:slug>", "bai-a"),
        ("truong-hoc/quan-ly/duyet/<slug:slug>", "bai-a"),
        ("truong-hoc/ <slug:code>", "P1"),
        ("truong-hoc/ <plan:plan>", "day"),
        ("truong-hoc/ <int:number>", 1),
        ("truong-hoc/nhat-ky/truong/phieu/<int:pk>", person.pk),
        ("truong-hoc/ban-cua-truong/ <uuid:key>", it.pack_copies["own" if own else "other"].key),
        ("truong-hoc/nhat-ky/do/ <uuid:key>", it.class_runs["own" if own else "other"].key),
        ("truong-hoc/nhat-ky/do/ <slug:moment>", "sau"),
        ("do/<str:token>", "khong-co"),
        ("truong-hoc/nhat-ky/ <int:pk>", it.lesson_logs["own" if own else "other"].pk),
        ("chia-se/<int:pk>", it.message.pk),
        ("the-tin/<int:pk>", it.message.pk),
        ("bao-cao/them-luot/<int:pk>", person.pk),
        ("bao-cao/chung-nhan/cap/<int:pk>", it.uncertified[person.pk].pk),
        ("bao-cao/chung-nhan/ <int:pk>", it.certificates[person.pk].pk),
        ("hoc-tap/chung-nhan/ <int:pk>", it.certificates[person.pk].pk),
        ("chung-nhan/<str:code>", it.certificates[person.pk].written_code),
        ("cms/dong-y/ <str:kind>", "picture"),
        ("cms/dong-y/ <int:pk>", it.replacements[unit.pk].picture_id),
        ("cms/tep-thay/ <int:pk>", it.replacements[unit.pk].pk),
        ("cms/tep-thay/ <str:which>", "moi"),
        ("cms/cap-chung-nhan/ <int:pk>", it.issuers[unit.pk].pk),
        ("hai-buoc/lien-ket/<str:token>", link_for(person).split("/")[-2]),
        ("hai-buoc/khoa/<int:pk>", it.keys[person.pk].pk),
        ("oidc/<slug:provider_id>", "tinh"),
        ("cms/can-bo/ <int:pk>", person.pk),
        ("cms/vai-tro/ <int:pk>", role.pk),
        ("cms/don-vi/ <int:pk>", unit.pk),
        ("cms/nhiem-vu/ <int:pk>", it.requirement.rules.first().duty_id),
        ("cms/yeu-cau/ <int:pk>", it.requirement.pk),
        ("lich/don-vi/ <int:pk>", (cast.trainer if own else cast.manager).roles.order_by("pk")[0].pk),
        ("lich/<slug:secret>", it.calendars[person.pk] if own else "khong-co"),
        # before "ca", with which they begin
        ("hoi-dap/cau/ <int:pk>", it.inquiries[person.pk].pk),
        ("hoi-dap/phu-trach/cau/ <int:pk>", it.inquiries[person.pk].pk),
        ("hoi-dap/ca/ <int:pk>", it.cases[person.pk].pk),
        ("hoi-dap/phu-trach/ca/ <int:pk>", it.cases[person.pk].pk),
        ("lam-theo/ <int:pk>", it.listed_exemplar.pk if own else it.exemplars[unit.pk].pk),
        ("mo-hinh-hay/phu-trach/ <int:pk>", it.exemplars[unit.pk].pk),
        ("mo-hinh-hay/ <int:pk>", it.listed_exemplar.pk if own else it.exemplars[unit.pk].pk),
        ("hoi-dap/bai/ <int:pk>", it.small_course.lessons[0].pk),
        ("lop-tap-huan/cua-toi/ <int:pk>", it.participants[person.pk].pk),
        ("lop-tap-huan/ma/ <slug:token>", it.participants[person.pk].token),
        ("lop-tap-huan/phieu/ <int:pk>", it.papers[person.pk].pk),
        ("lop-tap-huan/noi-khac/ <int:pk>", it.elsewhere[person.pk].pk),
        ("ke-hoach/minh-chung/ <int:pk>", it.plan_results[unit.pk].pk),
        ("ke-hoach/ban/ <int:pk>", it.plans[unit.pk].pk),
        ("ke-hoach/ <uuid:key>", it.plan_task),
        ("ke-hoach/ <int:year>", it.plan_year),
        ("loa-xa/goi/ <int:pk>", it.sound_packages[unit.pk].pk),
        ("loa-xa/to-tin/ <int:pk>", it.slots[unit.pk].pk),
        ("loa-xa/ <int:pk>", unit.pk),
        ("loa/ <slug:token>", it.slots[unit.pk].token),
        ("hoat-dong/muc/ <uuid:key>", it.activities[unit.pk].key),
        ("hoi-nhanh/phong/ <uuid:key>", it.activities[unit.pk].key),
        ("hoi-nhanh/p/ <slug:token>", "khong-co"),
        ("hoi-nhanh/ <int:pk>", it.message.pk),
        ("hoat-dong/anh/ <int:pk>", it.activity_photos[unit.pk].pk),
        ("hoat-dong/xa/ <int:pk>", unit.pk),
        ("hoat-dong/ghi/ <slug:kind>", "noi-chuyen"),
        ("tra-luat/ <slug:slug>", "53-2024-qh15"),
        ("tra-luat/ <str:number>", "3"),
        ("lop-tap-huan/diem-danh/ <int:pk>", it.participants[person.pk].training_class.meetings.get().pk),
        ("lop-tap-huan/lop/ <int:pk>", it.participants[person.pk].training_class_id),
        ("buoi-tap/bo-tieu-chi/ <int:pk>", it.rubric.pk),
        ("buoi-tap/phieu/ <int:pk>", it.performances[person.pk].pk),
        ("buoi-tap/thong-nhat/ <int:pk>", it.performances[person.pk].pk),
        ("buoi-tap/cua-toi/ <int:pk>", it.performances[person.pk].pk),
        ("buoi-tap/buoi/ <int:pk>", it.performances[person.pk].session_id),
        ("buoi-tap/buoi/ <slug:name>", "actor"),
        ("cms/thuc-hanh/ <int:pk>", it.rubric.pk),
        ("cms/huong-dan-thuc-hanh/ <int:pk>", it.guide.pk),
        ("cms/locales/ <int:pk>", it.locale.pk),
        ("cms/sites/ <int:pk>", it.site.pk),
        ("question/ <int:pk>", it.question.pk),
        ("question/ <str:pk>", it.question.pk),
        ("question/ (?P<pk>.+)", it.question.pk),
        ("cms/collections/ <int:pk>", it.collection.pk),
        ("cms/workflows/tasks <int:pk>", it.task.pk),
        ("cms/workflows/ <int:pk>", it.workflow.pk),
        ("documents/chooser/chosen/ <str:pk>", it.document.pk),
        ("chooser/chosen/ <str:pk>", it.picture.pk),
        ("api/main/^documents <int:pk>", it.document.pk),
        ("api/main/^images <int:pk>", it.picture.pk),
        ("api/main <int:pk>", it.small_course.course.pk),
        ("bao-cao/lua-chon/<int:pk>", it.small_course.lessons[0].pk),
        ("hoc-tap/tin/<slug:key>", it.small_course.course.key),
        ("hoc-tap/muc <int:pk>", it.small_course.lessons[0].pk),
        ("hoc-tap/hoi-chuyen/lan-tap <int:pk>", it.runs[person.pk].pk),
        ("hoc-tap/hoi-chuyen <int:pk>", it.conversation.pk),
        ("conversationwords/ <int:pk>", it.words.pk),
        ("conversationwords/ <str:pk>", it.words.pk),
        ("hoc-tap/hoc-them <int:pk>", it.assignments[person.pk].pk),
        ("hoc-tap/kem <int:pk>", it.buddies[person.pk].pk),
        ("hoc-tap/hoi-lai <int:pk>", it.uncertified[person.pk].pk),
        ("hoc-tap/bai-lam <int:pk>", it.attempts[person.pk].pk),
        ("bao-cao/nhac/chon <int:pk>", it.choices[cast.manager.pk if own else cast.trainer.pk].pk),
        ("bao-cao/dinh-ky <int:pk>", it.saved_reports[(cast.trainer if own else cast.manager).pk].pk),
        ("bao-cao/chon <int:pk>", it.choices[cast.manager.pk if own else cast.trainer.pk].pk),
        ("bao-cao/nhac/goi <int:pk>", it.calls[person.pk].pk),
        ("bao-cao/mien-hoan <int:pk>", it.reliefs[person.pk].pk),
        ("bao-cao/danh-sach/viec/<slug:kind>", "thoi"),
        ("bao-cao/nam/viec <int:pk>", it.annual_works[cast.manager.pk if own else cast.trainer.pk].pk),
        ("bao-cao/nam/ <int:pk>", it.annual_reports[unit.pk].pk),
        ("bao-cao/nam/ <str:name>", "bao-cao.pdf"),
        ("bao-cao/xac-nhan/ <int:pk>", it.confirmations[unit.pk].pk),
        ("bao-cao/nhap/viec <int:pk>", it.works[cast.manager.pk if own else cast.trainer.pk].pk),
        ("bao-cao/nhap/minh-chung <int:pk>", it.change.pk),
        ("bao-cao/nhap <slug:kind>", "mien"),
        ("bao-cao/danh-sach/cong-tac <int:pk>", person.postings.current().earliest("pk").pk),
        ("bao-cao/danh-sach <int:pk>", it.works[cast.manager.pk if own else cast.trainer.pk].pk),
        ("bao-cao/viec <int:pk>", it.exports[cast.manager.pk if own else cast.trainer.pk].pk),
        ("gop-ho-so/ <int:one>", it.twins[unit.pk].same.one_id),
        ("gop-ho-so/ <int:other>", it.twins[unit.pk].same.other_id),
        ("gop-ho-so/lan/ <int:pk>", it.twins[unit.pk].merge.pk),
        ("gop-ho-so/hai-nguoi/ <int:pk>", it.twins[unit.pk].same.pk),
        ("tai-khoan/sap-xep <int:pk>", it.reform.draft.pk),
        ("tai-khoan/sap-xep <slug:what>", "gop"),
        ("tai-khoan/sap-xep <int:work>", it.reform.look.pk),
        ("tai-khoan/thay-doi/hoan-tac <int:pk>", it.looks[cast.manager.pk if own else cast.trainer.pk].pk),
        ("tai-khoan/thay-doi <int:pk>", it.change.pk),
        ("tai-khoan/du-lieu <int:pk>", it.own_files[person.pk].pk),
        ("tai-khoan/khoi-phuc/<str:token>", token_of(it.notices[person.pk])),
        ("tai-khoan/goi-bao <int:pk>", it.notices[person.pk].pk),
        ("tai-khoan/de-nghi-vai-tro <int:pk>", it.roles_asked[person.pk].pk),
        ("tai-khoan/nhan-vai-tro <int:pk>", it.roles_granted[person.pk].pk),
        ("tai-khoan/xoa <int:pk>", it.erasures[person.pk].pk),
        ("pages/workflow <int:page_id>", it.small_course.module.pk),
        ("workflow_history <int:page_id>", it.small_course.module.pk),
        ("<int:workflow_state_id>", it.waiting.pk),
        ("<int:task_state_id>", it.waiting.current_task_state_id),
        ("courses/question/history <int:revision_id>", it.revision_of_question.pk),
        ("<int:translation_id>", it.translation.pk),
        ("<int:translation_source_id>", it.source.pk),
        ("<int:string_segment_id>", it.segment.pk),
        ("<path:staff_code>", person.staff_code),
        ("<str:code>", unit.code),
        ("<slug:requirement>", it.requirement.key),
        ("hoan-thanh/<slug:key>", it.small_course.course.key),
        ("hoc-tap/the/ <slug:key>", it.small_course.course.key),
        ("<uuid:card_id>", it.card_id),
        ("hoc-tap/so-tay/<slug:key>", it.small_course.course.key),
        ("hoc-tap/tu-can-hieu/<slug:key>", it.small_course.course.key),
        ("duyet-khoa-hoc/<slug:key>", it.small_course.course.key),
        ("cms/dan-bai/trang/<int:pk>", it.small_course.lessons[0].pk),
        ("dan-bai/<slug:key>", it.small_course.course.key),
        ("<uuid:quiz_key>", it.small_course.quiz.translation_key),
        ("<uuid:question_key>", it.small_course.questions[0].translation_key),
        ("bao-cao/cham-lai/lan/ <int:pk>", it.remarking.pk),
        ("<int:position>", 1),
        ("localize/api <slug:app_label>", "courses"),
        ("add/<slug:content_type_app_name>", "courses"),
        ("add/ <slug:content_type_model_name>", "coursepage"),
        ("<int:parent_page_id>", it.small_course.course.get_parent().pk),
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
        ("ping/ <str:object_id>", it.small_course.course.pk),
        ("bulk <str:action>", "delete"),
        ("<str:action_name>", "delete"),
        ("<slug:action_name>", "approve"),
        ("<slug:app_label>", "courses"),
        ("<slug:model_name>", "coursepage"),
        ("tag-autocomplete <slug:app_name>", "taggit"),
        ("<slug:app_name>", "taggit"),
        ("<int:page_to_move_id>", it.small_course.course.pk),
        ("<int:destination_id>", it.home.pk),
        ("<int:page_id>", it.small_course.course.pk),
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
    "^(?:users|groups|sites|password_reset)(?:/|$)": "groups/",
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
                course=it.small_course.course.pk, question=it.question.pk, document=it.document.pk,
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
    return "/" + path + QUERIES.get(pattern, "").format(page=it.small_course.course.pk)


# what names its objects after the question mark
QUERIES = {
    "cms/bulk/<str:app_label>/<str:model_name>/<str:action>/": "?id={page}",
    "cms/choose-page/chosen-multiple/": "?id={page}",
    "cms/block-preview/": "?id=x",
}


def _fits(what: str, pattern: str, place: str) -> bool:
    """`what` is a place alone, or part of the address and, after a space, the place."""
    where, _, named = what.rpartition(" ")
    if not named.startswith(("<", "(")):
        where, named = named[: named.index("<")], named[named.index("<") :]
    return place.startswith(named) and where.strip("/") in pattern


# what a POST needs to get as far as the question whose it is
FORMS = {
    "truong-hoc/nhat-ky/<int:pk>/rut/": lambda it: {"reason": "Nhầm"},
    "hoat-dong/loai/": lambda it: {"which": it.activity_kind.pk, "name": "Nói chuyện"},
    "hoat-dong/muc/<uuid:key>/": lambda it: {"act": "withdraw", "reason": "Nhầm"},
    "bao-cao/cong-khai/": lambda it: {"yeu_cau": "nhan-dien-nan-nhan", "cong_khai": "1"},
    "bao-cao/hoc-them/": lambda it: {"thoi": min(row.pk for row in it.assignments.values())},
    "bao-cao/kem/": lambda it: {"thoi": min(row.pk for row in it.buddies.values())},
    "bao-cao/chon/": lambda it: {"viec": "nhac", "tu": "/bao-cao/can-bo/"},
    "dich/cau-da-sua/": lambda it: {"act": "same", "cau": it.sentence.pk},
    "in-an/xa/<int:space>/viec/<int:pk>/": lambda it: {"xong": "1"},
    "hoi-dap/cau/<int:pk>/": lambda it: {"act": "read"},
    "hoi-dap/ca/<int:pk>/": lambda it: {"act": "contribute", "text": ""},
    "hoi-dap/phu-trach/ca/<int:pk>/": lambda it: {"act": "send_back", "text": ""},
    "mo-hinh-hay/phu-trach/<int:pk>/": lambda it: {"act": "send_back", "text": ""},
    "mo-hinh-hay/phu-trach/<int:pk>/lam-theo/": lambda it: {"unit": it.cast.units.tay_giang.pk},
    "hoi-dap/phu-trach/ghi-lai/": lambda it: {"which": it.kept.pk, "act": "approve", "seen": it.kept.stamp},
    "hoi-dap/phu-trach/cau/<int:pk>/": lambda it: {"act": "close", "text": "Đã nói ở lớp."},
    "hoc-tap/bai-kiem-tra/<uuid:quiz_key>/bat-dau/": lambda it: {"quiz": it.small_course.quiz.pk},
    "hoc-tap/bai-lam/<int:pk>/cau/<int:position>/": lambda it: {"flag": "1"},
}


def signed_in(person) -> Client:
    """Signed in a moment ago, so that nobody is asked for their password again."""
    client = Client(raise_request_exception=False)
    # what other sites may put into a frame, and what of that has a script or a cookie
    client.frameable, client.frameable_with_more = set(), set()
    if person is not None:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return client


def posted(pattern: str, it: SimpleNamespace) -> str:
    return urlencode(FORMS[pattern](it)) if pattern in FORMS else ""


def request_as(client: Client, method: str, path: str, form: str = "") -> tuple[str, str | None]:
    """What answers, in one word, and whose the session is afterwards; whatever the request did is undone."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = client.generic(method, path, form, content_type="application/x-www-form-urlencoded")
        outcome = _outcome(answer, path)
        if may_be_framed(answer):
            client.frameable.add(path)
            if answer.cookies or not answer.streaming and b"<script" in answer.content.lower():
                client.frameable_with_more.add(path)
        if answer.streaming:
            b"".join(answer.streaming_content)  # to its end, where the client closes the file
        person = client.session.get(SESSION_KEY) if client.cookies else None
        transaction.set_rollback(True)
    client.cookies.clear()
    for name, value in cookies.items():
        client.cookies[name] = value
    return outcome, person


def may_be_framed(answer) -> bool:
    """By pages of others: a browser heeds the policy where it names who may, else the older header; old ones that
    alone.
    """
    ancestors = re.search(r"frame-ancestors ([^;]+)", answer.headers.get("Content-Security-Policy", ""))
    opened = ancestors is not None and ancestors[1].strip() not in ("'none'", "'self'")
    return opened or answer.headers.get("X-Frame-Options") not in ("DENY", "SAMEORIGIN")


def _outcome(answer, path: str) -> str:
    status = answer.status_code
    if status in (403, 404, 405):
        return str(status)
    if status >= 500:
        return SERVER_ERROR
    target = answer.headers.get("Location", "")
    if target.startswith("/tai-khoan/reauthenticate/"):
        return TO_PASSWORD
    if target.startswith("/tai-khoan/hai-buoc/") and not path.startswith("/tai-khoan/hai-buoc/"):
        return TO_SECOND_STEP
    if target.startswith("/tai-khoan/login/"):
        return TO_SIGN_IN
    if target.startswith("/cms/login/"):
        return TO_CMS_SIGN_IN
    if target == "/cms/" and path.startswith("/cms/"):
        return TO_CMS_HOME
    # by a GET nothing was shown; after a POST it is the answer of a form that was taken
    return REDIRECTED if target and answer.wsgi_request.method == "GET" else ADMITTED
