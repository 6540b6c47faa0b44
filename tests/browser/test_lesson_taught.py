"""A lesson is taught from the screen, with and without a line; what was taught is logged once, whatever breaks."""

import json
import random
import re

import pytest
from browser.conftest import FLAGS
from browser.test_recording import Telephone
from browser.trial import CHROMIUM, DESK, PHONE, Visitor

RUN = "/truong-hoc/lop-4-5/day/"
CLOCK = "[data-clock=lesson]"
RUNS = 10
# keeps a lesson on a device with the page's own button
KEPT = "() => document.querySelector('[data-keep] [data-state]').textContent.includes('Đã giữ')"
# how many entries wait on a device; a browser that is killed may forget the count that it keeps beside them
WAITING = """() => new Promise((ok, fail) => {
  const request = indexedDB.open("nhat-ky");
  request.onerror = () => fail(request.error);
  request.onsuccess = () => {
    const base = request.result;
    const counted = base.transaction("entries").objectStore("entries").count();
    counted.onsuccess = () => { base.close(); ok(counted.result); };
    counted.onerror = () => fail(counted.error);
  };
})"""
LOGS = """
import json
from campaigns.schools.log.lesson_log import LessonLog
print("JSON" + json.dumps(list(LessonLog.objects.values_list("class_name", flat=True))))
"""
A_MINUTE_LATER = """() => {
  const name = "day-lop-4-5/day";
  const kept = JSON.parse(localStorage[name]);
  const earlier = { began: kept.began - 65e3, since: kept.since - 65e3, told: kept.told + 1 };
  localStorage[name] = JSON.stringify({ ...kept, ...earlier });
}"""


@pytest.fixture
def teacher(trial) -> str:
    """Her login; the demo has one school in her commune."""
    return trial.of_role("teacher")["login"]


def at(page) -> str:
    return page.locator("[data-at]:visible").get_attribute("data-at")


def logged(trial) -> list[str]:
    return json.loads(trial.manage("shell", "-v", "0", "-c", LOGS).partition("JSON")[2])


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_a_lesson_runs_by_keys_keeps_its_clocks_and_comes_back_from_page_e(someone, window):
    visitor = someone(None, window)
    page = visitor.visit(RUN)
    assert at(page) == "0"
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageDown")
    assert at(page) == "2"
    visitor.no_sideways_scrolling()
    # a minute passes, and the page is loaded anew
    page.evaluate(A_MINUTE_LATER)
    page.reload()
    assert at(page) == "2"
    page.wait_for_function("() => document.querySelector('[data-clock=step]').textContent.startsWith('1:')")
    assert page.inner_text(CLOCK).startswith("1:")
    # page E, one press away, and back to the same step
    page.locator("[data-at]:visible [data-go=e]").click()
    assert page.locator("[data-danger]").is_visible()
    assert page.locator("[data-at]:visible").count() == 0
    visitor.no_sideways_scrolling()
    page.fill("[data-whom] [name=whom]", "Tổng phụ trách")
    page.fill("[data-whom] [name=tel]", "0900 000 000")
    page.click("[data-whom] button")
    assert page.locator("[data-call]").get_attribute("href") == "tel:0900000000"
    page.click("[data-go=back]")
    assert at(page) == "2"
    assert page.inner_text(CLOCK).startswith("1:")


def test_the_window_for_the_class_follows_and_leads_and_goes_dark(someone):
    visitor = someone(None, DESK)
    page = visitor.visit(RUN)
    with page.context.expect_page() as opened:
        page.click("[data-class]")
    shown = opened.value
    shown.wait_for_load_state()
    page.keyboard.press("PageDown")
    shown.wait_for_selector("[data-at='1']:visible")
    shown.keyboard.press("PageDown")
    page.wait_for_selector("[data-at='2']:visible")
    page.keyboard.press("b")
    shown.wait_for_selector("body.dark")
    assert "dark" not in (page.get_attribute("body", "class") or "")
    shown.keyboard.press("b")
    shown.wait_for_selector("body:not(.dark)")
    # a reload of either finds the other
    shown.reload()
    shown.wait_for_selector("[data-at='2']:visible")


def test_without_scripts_each_step_is_a_page(someone):
    page = someone(None, script=False).visit(RUN)
    page.click("[data-at='0'] .btn")
    assert re.search(r"/day/1/$", page.url)
    page.click("a[rel=next]")
    page.click("a[data-go=e]")
    assert re.search(r"/day/2/e/$", page.url)
    page.click("[data-go=back]")
    assert re.search(r"/day/2/$", page.url)


def keep(visitor) -> None:
    page = visitor.visit("/truong-hoc/lop-4-5/")
    page.click("[data-keep-now]")
    page.wait_for_function(KEPT)


def test_what_is_kept_runs_without_a_line_and_leaves_the_device(someone, trial):
    visitor = someone(None)
    page = visitor.page
    visitor.visit("/truong-hoc/lop-4-5/")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    keep(visitor)
    said = page.inner_text("[data-keep] [data-state]")
    assert re.search(r"ngày \d\d/\d\d/\d{4}, [\d,]+ [KM]B", said), said
    assert visitor.context.cookies() == []
    visitor.context.set_offline(True)
    page.goto(trial.url + RUN)
    page.keyboard.press("PageDown")
    assert at(page) == "1"
    page.goto(trial.url + "/truong-hoc/lop-4-5/loi-thay-co/")
    assert "Thầy/cô nói" in page.inner_text("main")
    # nothing else of the site is answered
    for path in ("/", "/truong-hoc/lop-6-9/", "/tai-khoan/login/"):
        with pytest.raises(Exception, match="ERR_"):
            page.goto(trial.url + path)
        # the browser's own page of the error is a navigation of its own
        page.wait_for_url("chrome-error://chromewebdata/")
    page.goto(trial.url + "/truong-hoc/tren-may/")
    page.locator("[data-kept-list] a").first.wait_for()
    page.click("[data-forget]")
    page.wait_for_function("() => caches.keys().then(names => !names.some(name => name.startsWith('giu:')))")
    visitor.context.set_offline(False)
    visitor.complaints.clear()


# --- the log, whatever breaks


class Device(Telephone):
    """A teacher's phone, which keeps its profile when its browser is killed."""

    def on(self, *, worker: bool = True) -> Visitor:
        context = self.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=PHONE,
            locale="vi-VN",
            base_url=self.trial.url,
            service_workers="allow" if worker else "block",
        )
        self.visitor = Visitor(context, self.trial)
        return self.visitor


def write(page, class_name: str) -> None:
    form = page.locator("form[data-log]")
    pack = form.locator("[name=pack] option:not([value=''])").first.get_attribute("value")
    form.locator("[name=pack]").select_option(pack)
    form.locator("[name=grade]").select_option("6")
    form.locator("[name=class_name]").fill(class_name)
    form.locator("[name=went]").first.check()
    form.locator("button:has-text('Ghi')").click()


def waits(page) -> int:
    return page.evaluate("() => +(localStorage['nhat-ky-cho'] || 0)")


def enter(visitor, login: str) -> None:
    """A browser that was killed may have kept its session."""
    if "/login/" in visitor.page.goto(f"{visitor.trial.url}/tai-khoan/").url:
        visitor.sign_in(login)


def lose_the_answer(route) -> None:
    if route.request.method != "POST":
        return route.continue_()
    route.fetch()
    return route.abort()


def one_lesson(device: Device, chance: random.Random, class_name: str, login: str) -> None:
    """Written down while something breaks: the line, an answer on its way, the browser, the worker."""
    breaks = chance.choice(["nothing", "line", "answer", "killed", "answer and killed"])
    visitor = device.on(worker=chance.random() < 0.5)
    enter(visitor, login)
    page = visitor.visit("/truong-hoc/nhat-ky/ghi/")
    page.wait_for_load_state("networkidle")
    if "answer" in breaks:
        # it gets there, and nobody hears of it
        page.route("**/nhat-ky/ghi/", lose_the_answer)
    elif breaks != "nothing":
        visitor.context.set_offline(True)
    write(page, class_name)
    if breaks == "nothing":
        page.wait_for_url("**/nhat-ky/")
    else:
        # this one, not what waited before it
        page.locator("[data-waiting] li", has_text=class_name).wait_for()
    page.unroute_all(behavior="ignoreErrors")
    if "killed" in breaks:
        device.kill()
    else:
        visitor.context.close()


def all_sent(device: Device, login: str) -> None:
    visitor = device.on()
    enter(visitor, login)
    page = visitor.visit("/truong-hoc/nhat-ky/")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(f"async () => await ({WAITING})() === 0")
    visitor.context.close()


def test_a_lesson_is_logged_once_whatever_breaks(browser_type, trial, teacher, tmp_path):
    chance = random.Random(16)
    devices = [Device(browser_type, trial, tmp_path / name) for name in ("mot", "hai")]
    before = logged(trial)
    names = [f"6T{number}" for number in range(RUNS)]
    try:
        for name in names:
            one_lesson(chance.choice(devices), chance, name, teacher)
        for device in devices:
            all_sent(device, teacher)
    finally:
        for device in devices:
            device.kill()
    found = [name for name in logged(trial) if name.startswith("6T")]
    assert sorted(found) == sorted(names)
    assert len(logged(trial)) == len(before) + RUNS


def test_what_is_written_without_a_line_waits_sealed_for_its_writer(someone, trial, teacher):
    visitor = someone(teacher)
    page = visitor.visit("/truong-hoc/nhat-ky/")
    page.wait_for_load_state("networkidle")
    keep(visitor)
    visitor.context.set_offline(True)
    # the lesson's own link, without a line
    page.goto(trial.url + "/truong-hoc/nhat-ky/ghi/?bai=x")
    assert "/truong-hoc/ghi-sau/" in page.url
    write(page, "7S1")
    page.wait_for_selector("[data-waiting] li")
    visitor.context.set_offline(False)
    # it does not go while the server does not take it
    visitor.context.route("**/nhat-ky/ghi/", lambda route: route.abort())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.goto(trial.url + "/tai-khoan/")
    with page.expect_navigation():
        page.click("form[data-sign-out] button")
    assert [one for one in asked if "niêm phong" in one]
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert waits(page) == 1
    page.goto(trial.url + "/truong-hoc/tren-may/")
    page.get_by_text("niêm phong").wait_for()
    assert "7S1" not in page.inner_text("main")
    visitor.context.unroute("**/nhat-ky/ghi/")
    visitor.sign_in(teacher)
    page = visitor.visit("/truong-hoc/nhat-ky/")
    page.wait_for_function("() => !localStorage['nhat-ky-cho']")
    assert logged(trial).count("7S1") == 1
    visitor.complaints.clear()
