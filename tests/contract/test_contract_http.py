"""The addresses of the contract, and an official's whole way through the site in a browser without JavaScript."""

import json
import re
from urllib.parse import urlsplit

import pytest
import time_machine
from installations import at
from plain_browser import Browser
from quiz_form import answered, choose_right, chosen_in, possible, saved

pytestmark = pytest.mark.slow
NOW = at("2026-11-24", 10)
REQUIREMENT = COURSE = "nhan-dien-nan-nhan"
LANDING = {"learner": "/hoc-tap/", "trainer": "/bao-cao/", "unit_head": "/bao-cao/"}


@pytest.fixture
def accounts(demo_installation):
    return json.loads((demo_installation.data_dir / "demo.json").read_text(encoding="utf-8"))


@pytest.fixture
def signed_in(accounts):
    """A browser of the first account of a role, after a journey through the login page."""

    def enter(role):
        account = next(one for one in accounts if one["role"] == role)
        browser = Browser()
        browser.login = account["login"]
        page = browser.sign_in(account["login"], account["password"])
        assert (page.status, page.path) == (200, LANDING[role]), page.text[:300]
        return browser

    return enter


# --- seed
def test_the_demo_names_a_role_a_login_a_password_and_a_unit_for_each_account(accounts):
    assert all(set(one) == {"role", "login", "password", "unit"} for one in accounts)
    assert all(isinstance(value, str) and value for one in accounts for value in one.values())
    assert {"learner", "trainer", "province_manager", "administrator"} <= {one["role"] for one in accounts}


def test_the_demo_has_a_believable_number_of_officials(demo_installation):
    figure = demo_installation.coverage(on=NOW)
    assert 300 < figure["required"] < 500
    states = ("completed", "expired", "in_progress", "overdue", "not_started")
    assert sum(figure[state] for state in states) == figure["required"]
    assert all(figure[state] for state in ("completed", "in_progress", "not_started", "excused"))


def test_seeding_again_changes_nothing(demo_installation, accounts):
    before = demo_installation.coverage(on=NOW)
    assert demo_installation.manage("seed", "--demo", on=NOW).status == 0
    assert demo_installation.manage("seed", on=NOW).status == 0
    assert demo_installation.coverage(on=NOW) == before
    assert json.loads((demo_installation.data_dir / "demo.json").read_text(encoding="utf-8")) == accounts


def test_a_lost_account_file_is_written_again(demo_installation):
    (demo_installation.data_dir / "demo.json").unlink()
    assert demo_installation.manage("seed", "--demo", on=NOW).status == 0
    account = json.loads((demo_installation.data_dir / "demo.json").read_text(encoding="utf-8"))[0]
    assert Browser().sign_in(account["login"], account["password"]).path == "/hoc-tap/"


def test_without_insecure_http_there_is_no_demo(installation, settings):
    settings.INSECURE_HTTP = False
    refused = installation.manage("seed", "--demo")
    assert (refused.status, len(refused.err.strip().splitlines())) == (1, 1)
    assert not (installation.data_dir / "demo.json").exists()


# --- addresses
def test_alive_and_ready(demo_installation):
    assert Browser().open("/healthz").status == 200
    ready = Browser().open("/readyz")
    checks = json.loads(ready.html)
    assert set(checks) >= {"database", "cache", "storage", "worker"}
    # no worker runs beside a test
    assert (ready.status, checks["database"], checks["worker"]) == (503, "ok", "away")


@pytest.mark.parametrize("address", ["/hoc-tap/", "/bao-cao/", "/tai-khoan/"])
def test_a_stranger_is_led_to_the_login_and_back(demo_installation, accounts, address):
    browser = Browser()
    page = browser.open(address)
    assert page.path == "/tai-khoan/login/"
    trainer = next(one for one in accounts if one["role"] == "trainer")
    form = page.form(method="post")
    assert form.send({"login": trainer["login"], "password": trainer["password"]}).path == address


def test_a_wrong_password_says_so_and_lets_nobody_in(demo_installation, accounts):
    page = Browser().sign_in(accounts[0]["login"], "sai mat khau")
    assert page.path == "/tai-khoan/login/"
    assert "mật khẩu" in page.text.lower()


def test_a_public_page_needs_no_cookie(demo_installation):
    browser = Browser()
    for address in ("/", "/khoa-hoc/", "/tai-khoan/login/"):
        assert browser.open(address).status == 200
    assert "sessionid" not in browser.client.cookies
    fresh = Browser()
    fresh.open("/")
    assert not fresh.client.cookies


# --- reports
def test_the_page_tells_what_the_command_tells(demo_installation, signed_in):
    figure = demo_installation.coverage("--as-of", "2026-06-30", on=NOW)
    page = signed_in("trainer").open("/bao-cao/").forms[0].send({"ngay": "2026-06-30"})
    assert page.status == 200
    assert f"{figure['completed']} trên {figure['required']} cán bộ" in page.text
    assert f"({figure['percent']:.1f} %)".replace(".", ",") in page.text
    assert f"{figure['unconfirmed_units']} đơn vị chưa xác nhận danh sách" in page.text
    rows = [row for row in page.root.all("tr") if "/bao-cao/" in (row.first("a") or row).get("href", "")]
    texts = {row.first("a").get("href").split("/")[3]: row.text.replace(" /", "/").replace("/ ", "/") for row in rows}
    compared = [child for child in figure["children"] if child["unit"]["code"] in texts and child["required"]]
    assert len(compared) >= 20
    for child in compared:
        assert f"{child['completed']}/{child['required']}" in texts[child["unit"]["code"]], child


def test_the_export_has_a_row_for_every_child_of_the_command(demo_installation, signed_in):
    figure = demo_installation.coverage(on=NOW)
    browser = signed_in("trainer")
    page = browser.open("/bao-cao/")
    csv = next(link for link in page.links if link.endswith(".csv") or ".csv?" in link)
    export = browser.open(csv)
    assert export.status == 200
    for child in figure["children"]:
        assert child["unit"]["name"] in export.html
    for child in figure["children"][:-1]:
        line = next(line for line in export.html.splitlines() if re.search(rf"\b{child['unit']['code']}\b", line))
        numbers = [int(n) for n in re.findall(r"(?<![\w.-])\d+(?![\w.-])", line.split(child["unit"]["name"], 1)[-1])]
        assert child["required"] in numbers, line
        assert child["completed"] in numbers, line


def test_a_unit_head_sees_the_own_unit_and_no_other(demo_installation, signed_in, accounts):
    browser = signed_in("unit_head")
    mine = next(one for one in accounts if one["role"] == "unit_head")["unit"]
    figure = demo_installation.coverage(on=NOW)
    codes = {child["unit"]["name"]: child["unit"]["code"] for child in figure["children"]}
    assert browser.open(f"/bao-cao/{REQUIREMENT}/{codes.pop(mine)}/").status == 200
    assert browser.open(f"/bao-cao/{REQUIREMENT}/{next(iter(codes.values()))}/").status == 404
    assert browser.open(f"/bao-cao/{REQUIREMENT}/48/").status == 404


def test_a_learner_has_no_reports(demo_installation, signed_in):
    assert signed_in("learner").open("/bao-cao/").status == 403


# --- the loop
def below(page, path):
    """The addresses one step below `path` that the page links to, each once."""
    links = (urlsplit(link).path for link in page.links)
    return [link for link in dict.fromkeys(links) if re.fullmatch(rf"{re.escape(path)}[^/]+/", link)]


def read_everything(browser, course=COURSE):
    """Opens every lesson of the course, tries what stands in it, and says that it is read: how many lessons."""
    modules = below(browser.open(f"/khoa-hoc/{course}/"), f"/khoa-hoc/{course}/")
    lessons = 0
    for address in [step for module in modules for step in below(browser.open(module), module)]:
        page = browser.open(address)
        if any("/hoi-chuyen/" in form.action for form in page.forms):
            continue  # an interview practice, which nobody must play
        while open_tries := [form for form in page.forms if form.element.first("ol", **{"class": "options"})]:
            assert open_tries[0].send().status == 200
            page = browser.open(address)
        assert next(form for form in page.forms if "/xong/" in form.action).send().status == 200
        lessons += 1
    return lessons


def questions_in(form):
    return sum(field.endswith("-choice") for field in form)


def next_button(form):
    """The last button that leads on: to the next part, or to the page before submitting."""
    wanted = [b for b in form.buttons if "sang phần" in b.text] or [b for b in form.buttons if "nộp" in b.text]
    return wanted[0]


def send_on(form, chosen):
    """Sends a part and goes on. Whoever keeps an order by its own button stays on the part, and goes on from there."""
    page = form.send(chosen, button=next_button(form))
    if any(field.endswith("-move") for field in chosen):
        form = page.form(id="bai")
        page = form.send(button=next_button(form))
    return page


def test_an_official_learns_and_passes_and_the_province_moves_by_one(demo_installation, signed_in):
    with time_machine.travel(NOW, tick=True):
        before = demo_installation.coverage()
        browser = signed_in("learner")
        trainer = signed_in("trainer")
        assert f"{before['completed']} trên {before['required']}" in trainer.open("/bao-cao/").text
        assert read_everything(browser) == 15

        # start, answer the first part, leave, come back
        start = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        page = next(form for form in start.forms if "bat-dau" in form.action).send()
        attempt = page.path
        assert page.root.first(data_question=True)
        assert not saved(page)
        chosen = answered(page, choose_right(COURSE))
        page = send_on(page.form(id="bai"), chosen)
        back = browser.open(attempt)
        assert saved(back) == chosen_in(chosen)
        again = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        assert any(attempt in link or "bat-dau" in "".join(f.action for f in again.forms) for link in again.links)

        # the other parts, one after another
        total = questions_in(chosen)
        for _part in range(20):
            if not page.root.first(data_question=True):
                break
            chosen = answered(page, choose_right(COURSE))
            total += questions_in(chosen)
            page = send_on(page.form(id="bai"), chosen)
            assert page.status == 200
        assert total == 20

        # submitting twice is submitting once
        submit = next(form for form in page.forms if form.method == "post" and "nop" in form.action)
        result, twice = submit.send(), submit.send()
        assert (result.status, twice.status, twice.path) == (200, 200, result.path)
        assert result.path == f"/hoc-tap/hoan-thanh/{COURSE}/"
        assert "100 %" in result.text
        late = browser.open(attempt)
        assert "20 /20" in late.text or "20/20" in late.text
        assert not [form for form in late.forms if form.element.get("id") == "bai"]

        # completed, here and there
        assert "Đã hoàn thành" in browser.open("/hoc-tap/").text
        after = demo_installation.coverage()
        assert (after["completed"], after["required"]) == (before["completed"] + 1, before["required"])
        assert f"{after['completed']} trên {after['required']}" in trainer.open("/bao-cao/").text
        yesterday = demo_installation.coverage("--as-of", "2026-11-23")
        assert demo_installation.coverage("--as-of", "2026-11-23", "--known-on", "2026-11-23") == {
            **yesterday, "known_on": "2026-11-23",
            "children": [{**child, "known_on": "2026-11-23"} for child in yesterday["children"]],
        }  # fmt: skip
        assert demo_installation.manage("recompute", "--check").status == 0


def test_failing_is_told_with_reasons_and_a_wait_and_changes_no_figure(demo_installation, signed_in):
    with time_machine.travel(NOW, tick=True) as clock:
        before = demo_installation.coverage()
        browser = signed_in("learner")
        read_everything(browser)
        start = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        page = next(form for form in start.forms if "bat-dau" in form.action).send()
        form = page.form(id="bai")
        page = form.send(button=next(b for b in form.buttons if b.get("value") == "submit"))
        result = next(form for form in page.forms if "nop" in form.action).send()
        assert result.status == 200
        assert "chưa đạt" in result.text
        assert "Đáp án đúng" in result.text
        assert {**demo_installation.coverage(), "children": 0} == {**before, "children": 0}
        # no second attempt before the ten minutes are over
        start = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        assert not [form for form in start.forms if "bat-dau" in form.action and form.buttons]
        clock.shift(11 * 60)
        start = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        assert [form for form in start.forms if "bat-dau" in form.action and form.buttons]


def test_somebody_elses_attempt_is_not_there_and_a_foreign_choice_is_refused(demo_installation, signed_in, accounts):
    with time_machine.travel(NOW, tick=True):
        browser = signed_in("learner")
        read_everything(browser)
        start = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        page = next(form for form in start.forms if "bat-dau" in form.action).send()
        other = Browser()
        stranger = [one for one in accounts if one["role"] == "learner"][1]
        other.sign_in(stranger["login"], stranger["password"])
        assert other.open(page.path).status == 404
        field = next(iter(answered(page, lambda question: possible(question)[0])))
        form = page.form(id="bai")
        refused = form.send({field: "00000000-0000-4000-8000-000000000000"}, button=next_button(form))
        assert refused.status < 500
        assert not saved(browser.open(page.path))


def test_a_second_tab_is_told_and_shown_both_answers(demo_installation, signed_in):
    with time_machine.travel(NOW, tick=True):
        browser = signed_in("learner")
        read_everything(browser)
        start = browser.open(f"/khoa-hoc/{COURSE}/bai-kiem-tra/")
        first = next(form for form in start.forms if "bat-dau" in form.action).send()
        second = browser.open(first.path)
        one = answered(first, lambda question: possible(question)[0])
        two = answered(second, lambda question: possible(question)[1])
        form = first.form(id="bai")
        form.send(one, button=next_button(form))
        form = second.form(id="bai")
        stale = form.send(two, button=next_button(form))
        assert stale.status == 409
        assert saved(browser.open(first.path)) == chosen_in(one)


def test_one_lesson_makes_somebody_in_progress_from_today_on(demo_installation, signed_in):
    other = "ho-tro-tam-ly-ban-dau"
    with time_machine.travel(NOW, tick=True):
        days = ("2026-11-23", "2026-11-24", "2026-12-15", "2026-12-16")
        before = [demo_installation.coverage("--as-of", day, requirement=other) for day in days]
        browser = signed_in("learner")
        module = below(browser.open(f"/khoa-hoc/{other}/"), f"/khoa-hoc/{other}/")[0]
        lesson = browser.open(below(browser.open(module), module)[0])
        # looking is not reading
        assert demo_installation.coverage(requirement=other)["in_progress"] == before[1]["in_progress"]
        next(form for form in lesson.forms if "/xong/" in form.action).send()
        after = [demo_installation.coverage("--as-of", day, requirement=other) for day in days]
        moved = [new["in_progress"] - old["in_progress"] for old, new in zip(before, after, strict=True)]
        assert moved == [0, 1, 1, 0]
        assert after[3]["overdue"] == before[3]["overdue"]
        assert after[1]["not_started"] == before[1]["not_started"] - 1


def test_confirming_a_roster_makes_one_unit_less_unknown(demo_installation, signed_in):
    with time_machine.travel(NOW, tick=True):
        before = demo_installation.coverage()
        silent = next(c for c in before["children"] if c["unconfirmed_units"] and c["unit"]["code"])["unit"]["code"]
        # who confirms is shown the list first
        page = signed_in("trainer").open(f"/bao-cao/xac-nhan/{silent}/")
        confirmed = next(form for form in page.forms if "xac-nhan" in form.action).send()
        assert confirmed.status == 200
        assert demo_installation.coverage()["unconfirmed_units"] == before["unconfirmed_units"] - 1
        assert demo_installation.coverage("--as-of", "2026-11-23")["unconfirmed_units"] >= before["unconfirmed_units"]
