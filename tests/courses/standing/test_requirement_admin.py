"""Requirements under /cms/: a changed rule supersedes the one before."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import make_duty, make_person, make_posting
from sharing import shared

from courses.requirements.requirement import Requirement, RequirementRule
from courses.requirements.validity import NewLaw
from courses.standing.coverage import coverage
from courses.standing.rule_recount import RECOUNT
from courses.standing.rules import seed_requirements
from courses.standing.second_formulation import differences
from courses.standing.standing import Standing
from outbox.draining import drain
from outbox.effects import Effect, EffectState
from people.postings.posting import Duty
from people.times import covering, today

pytestmark = pytest.mark.django_db


@shared
def starter(cast):
    return next(one for one in seed_requirements() if one.key == "nhan-dien-nan-nhan")


def terms(**changed):
    duty = Duty.objects.get(key="ho_tro_nan_nhan")
    return {
        "name": "Nhận diện nạn nhân bị mua bán",
        "duty": duty.pk,
        "course_key": "nhan-dien-nan-nhan",
        "deadline": "2026-12-15",
        "validity_months": 24,
        "grace_days": 0,
        "effective_from": "",
        **changed,
    }


def post(client, path, data):
    """Sent, seen and sent again, as a manager does: nothing is saved before its numbers were seen."""
    shown = client.post(path, data)
    seen = re.search(r'name="da-xem" value="(\w+)"', shown.content.decode())
    return client.post(path, data | {"da-xem": seen[1]}) if seen else shown


def state_today(requirement, person) -> str:
    return Standing.objects.get(covering(today()), requirement=requirement, person=person).state


def test_a_correction_supersedes_the_rule_and_the_same_again_changes_nothing(cast, starter, client_of):
    client, path = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    for _time in range(2):
        assert post(client, path, terms(deadline="2026-11-30")).status_code == 302
    old, new = starter.rules.order_by("pk")
    assert (old.deadline, old.superseded_at) == (date(2026, 12, 15), new.recorded_at)
    assert (new.deadline, new.superseded_at) == (date(2026, 11, 30), None)


def test_a_new_rule_from_a_day_leaves_the_old_one_in_force_before_it(cast, starter, client_of):
    post(
        client_of(cast.manager),
        f"/cms/yeu-cau/edit/{starter.pk}/",
        terms(validity_months=12, effective_from="2027-01-01"),
    )
    assert list(starter.rules.current().order_by("pk").values_list("effective_from", "validity_months")) == [
        (None, 24),
        (date(2027, 1, 1), 12),
    ]


def test_a_requirement_is_added_with_its_first_rule(cast, starter, client_of):
    answer = post(
        client_of(cast.administrator), "/cms/yeu-cau/new/", terms(name="Đón tiếp tại cửa khẩu", grace_days=30)
    )
    assert answer.status_code == 302
    rule = RequirementRule.objects.get(requirement__key="don-tiep-tai-cua-khau")
    assert (rule.grace_days, rule.effective_from) == (30, None)


def test_figures_follow_a_changed_rule_in_the_background_and_say_so_until_they_do(cast, starter, client_of):
    manager, edit = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    report = f"/bao-cao/{starter.key}/48/"
    assert "Số liệu đang được tính lại" not in manager.get(report).content.decode()
    assert state_today(starter, cast.learner) == "not_started"
    post(manager, edit, terms(deadline="2024-01-31"))
    assert "Số liệu đang được tính lại" in manager.get(report).content.decode()
    assert "đang chờ tính lại" in manager.get("/cms/yeu-cau/").content.decode()
    drain()
    assert "Số liệu đang được tính lại" not in manager.get(report).content.decode()
    assert "theo quy định này" in manager.get("/cms/yeu-cau/").content.decode()
    assert state_today(starter, cast.learner) == "overdue"
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (EffectState.WAITING, "đang chờ tính lại"),
        (EffectState.RUNNING, "đang tính lại: 3/9 người"),
        (EffectState.FAILED, "chưa tính lại được"),
    ],
)
def test_every_report_says_so_while_a_recount_waits_runs_or_has_failed(cast, starter, client_of, state, words):
    manager = client_of(cast.manager)
    post(manager, f"/cms/yeu-cau/edit/{starter.pk}/", terms(deadline="2024-01-31"))
    running = {"done": 3, "total": 9, "lease_until": timezone.now() + timedelta(minutes=1)}
    Effect.objects.filter(kind=RECOUNT).update(state=state, **(running if state == EffectState.RUNNING else {}))
    for report in ("/bao-cao/", f"/bao-cao/{starter.key}/48/", f"/bao-cao/{starter.key}/48/can-bo/"):
        assert "Số liệu đang được tính lại" in manager.get(report).content.decode()
    assert words in manager.get("/cms/yeu-cau/").content.decode()
    other = Requirement.objects.exclude(pk=starter.pk).first()
    assert "Số liệu đang được tính lại" not in manager.get(f"/bao-cao/{other.key}/48/").content.decode()
    # figures as known on a past day are counted from the facts, which no recount changes
    known = f"/bao-cao/{starter.key}/48/?biet_den={today() - timedelta(days=1)}"
    assert "Số liệu đang được tính lại" not in manager.get(known).content.decode()


def test_a_recount_that_failed_is_said_and_tried_again_by_saving(cast, starter, client_of, monkeypatch):
    manager, edit = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    with monkeypatch.context() as broken:
        broken.setattr("courses.standing.rule_recount.refresh_steadily", lambda *_args, **_options: 1 / 0)
        post(manager, edit, terms(deadline="2024-01-31"))
        for hour in range(8):
            drain(timezone.now() + timedelta(hours=hour))
    assert "chưa tính lại được" in manager.get("/cms/yeu-cau/").content.decode()
    post(manager, edit, terms(deadline="2024-01-31"))
    drain()
    assert "theo quy định này" in manager.get("/cms/yeu-cau/").content.decode()
    assert state_today(starter, cast.learner) == "overdue"


def test_the_recount_of_a_rule_that_was_corrected_since_is_past(cast, starter, client_of):
    manager, edit = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    post(manager, edit, terms(deadline="2024-01-31"))
    Effect.objects.filter(kind=RECOUNT).update(state=EffectState.FAILED)
    post(manager, edit, terms(deadline="2024-02-29"))
    drain()
    assert "theo quy định này" in manager.get("/cms/yeu-cau/").content.decode()


def test_the_list_shows_the_rule_of_today(cast, starter, client_of):
    page = client_of(cast.manager).get("/cms/yeu-cau/").content.decode()
    assert "15/12/2026" in page
    assert "Hỗ trợ nạn nhân" in page


def test_nobody_deletes_a_requirement(cast, starter, client_of):
    client_of(cast.administrator).post(f"/cms/yeu-cau/delete/{starter.pk}/")
    assert Requirement.objects.filter(pk=starter.pk).exists()


# --- seen before it is saved


def test_nothing_is_saved_before_whom_it_touches_today_was_seen(cast, starter, client_of):
    make_posting(cast.stranger, cast.units.avuong, duties=("giang_day",))
    client, path = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    teaching = terms(duty=make_duty("giang_day").pk, deadline="2024-01-31")
    shown = client.post(path, teaching)
    assert starter.rules.count() == 1
    preview = shown.context["preview"]
    assert preview.total.required == (2, 1)
    assert preview.total.late == (0, 1)
    assert {row.name: row.required for row in preview.units} == {
        "Xã Tây Giang": (1, 0),
        "Xã Thạnh Mỹ": (1, 0),
        "Xã Avương": (0, 1),
    }
    assert "2 → 1" in shown.content.decode()
    # changed meanwhile, it is shown anew
    assert client.post(path, teaching | {"da-xem": shown.context["seen"], "grace_days": 9}).status_code == 200
    assert starter.rules.count() == 1
    assert client.post(path, teaching | {"da-xem": shown.context["seen"]}).status_code == 302
    assert starter.rules.current().get().duty.key == "giang_day"


def test_what_a_preview_says_is_what_the_figures_say_afterwards(cast, starter, client_of):
    client, path = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    shown = client.post(path, terms(deadline="2024-01-31")).context["preview"]
    post(client, path, terms(deadline="2024-01-31"))
    drain()
    total = coverage(starter.key).total
    assert shown.total.required[1] == total.required == 2
    assert shown.total.late[1] == total.overdue == 2


def test_a_preview_costs_the_same_for_one_and_for_many(cast, starter, client_of):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert "preview" in client.post(path, terms(deadline="2024-01-31")).context
        return len(seen)

    client, path = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    queries()
    few = queries()
    for unit in (cast.units.avuong, cast.units.school, cast.units.da_nang):
        for _number in range(3):
            make_posting(make_person(), unit)
    assert queries() == few


def test_a_course_due_each_january_has_no_months(cast, starter, client_of):
    client, path = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    answer = client.post(path, terms(each_january="on"))
    assert answer.context["form"].errors["each_january"] == ["Chọn một trong hai: số tháng, hoặc mỗi tháng Giêng."]
    post(client, path, terms(each_january="on", validity_months=""))
    rule = starter.rules.current().get()
    assert (rule.each_january, rule.validity_months) == (True, None)
    assert "đến hết 31/1 năm sau" in client.get("/cms/yeu-cau/").content.decode()


def test_the_database_refuses_a_rule_with_months_and_each_january(starter):
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementRule.objects.update(each_january=True)


NEW_LAW = {"law": "Luật 53/2024/QH15", "law_begins": "2025-07-01", "effective_from": "2026-07-01"}


def test_a_change_of_the_law_is_a_version_of_its_own_and_revokes_nothing(cast, starter, client_of):
    client, path = client_of(cast.manager), f"/cms/yeu-cau/edit/{starter.pk}/"
    post(client, path, terms(**NEW_LAW, old_until="2026-12-31", refresher_key="ho-tro-tam-ly-ban-dau"))
    old, new = starter.rules.current().order_by("pk")
    assert (old.law, old.effective_from) == ("", None)
    assert new.validity.law == NewLaw(date(2025, 7, 1), date(2026, 7, 1), date(2026, 12, 31), "ho-tro-tam-ly-ban-dau")


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("law", "Ghi tên luật mới"),
        ("law_begins", "Ghi ngày luật mới có hiệu lực"),
        ("effective_from", "ghi ngày quy định này bắt đầu"),
    ],
)
def test_a_new_law_needs_a_name_a_day_and_a_day_from_which_the_rule_holds(cast, starter, client_of, left_out, said):
    typed = terms(**NEW_LAW) | {left_out: ""}
    errors = client_of(cast.manager).post(f"/cms/yeu-cau/edit/{starter.pk}/", typed).context["form"].errors
    assert said in errors[left_out][0]


def test_the_database_refuses_a_law_without_a_name_or_without_a_day(starter):
    for wrong in ({"law": "Luật"}, {"law_begins": date(2025, 7, 1), "effective_from": date(2026, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RequirementRule.objects.filter(requirement=starter).update(**wrong)


def test_a_programme_names_its_further_courses_once_each(cast, starter, client_of):
    other = "ho-tro-tam-ly-ban-dau"
    path = f"/cms/yeu-cau/edit/{starter.pk}/"
    post(client_of(cast.manager), path, terms(more_course_keys=[other, "nhan-dien-nan-nhan"]))
    assert starter.rules.current().get().course_keys == ["nhan-dien-nan-nhan", other]


@pytest.mark.parametrize("who", ["trainer", "editor", "learner"])
def test_only_managers_see_them(cast, client_of, who):
    assert client_of(getattr(cast, who)).get("/cms/yeu-cau/").status_code == 302
