"""What every page holds: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere, and it is light."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.trial import LOOKS

FIRST = "nhan-dien-nan-nhan"
# with a picture, a law, a list to tick, words to say
LESSONS = [
    "nhin-ra-dau-hieu/viec-tren-mang-khu-lua-dao",
    "ba-muoi-phut-dau/hoi-an-toan",
    "bao-dung-ghi-dung/bao-cho-ai",
]
PUBLIC = [
    "/",
    "/khoa-hoc/",
    f"/khoa-hoc/{FIRST}/",
    "/xa-phuong/",
    "/xa-phuong/xa-tay-giang/",
    "/xa-phuong/xa-tay-giang/di-lam-xa/",
    "/xa-phuong/xa-avuong/ban-hoi-dap-o-cho-phien/",
    "/truong-hoc/",
    "/truong-hoc/lop-4-5/",
    "/truong-hoc/lop-6-9/",
    "/truong-hoc/lop-10-12/",
    "/dieu-4/",
    "/lo/dieu-4/",
    "/en/",
    "/en/goi-ai/",
    "/tim-kiem/?q=mua+ban+nguoi",
    "/tim-kiem/?q=khong-co-gi-nhu-the",
    "/tro-nang/",
    "/du-lieu-ca-nhan/",
    "/tien-do/",
    "/chung-nhan/",
    "/chung-nhan/LC-0000/",
    "/tai-khoan/login/",
    "/tai-khoan/kich-hoat/",
    "/khong-co-trang-nay/",
]
LEARNER = [
    "/hoc-tap/",
    f"/khoa-hoc/{FIRST}/",
    f"/khoa-hoc/{FIRST}/ba-muoi-phut-dau/",
    *(f"/khoa-hoc/{FIRST}/{lesson}/" for lesson in LESSONS),
    "/khoa-hoc/xac-minh-lap-ho-so/can-cu-va-ho-so/chin-nguon-can-cu/",
    f"/khoa-hoc/{FIRST}/bai-kiem-tra/",
    f"/khoa-hoc/{FIRST}/tinh-huong-re-nhanh/",
    f"/khoa-hoc/{FIRST}/tinh-huong-re-nhanh/nguoi-di-cung-tra-loi-thay/",
    "/hoc-tap/bai-lam/",
    "/hoc-tap/tim/?q=72+gi%E1%BB%9D",
    "/hoc-tap/tu-can-hieu/",
    f"/hoc-tap/the/{FIRST}/",
    "/hoc-tap/ghi-chu/",
    "/tra-luat/",
    "/tra-luat/53-2024-qh15/",
    "/tra-luat/53-2024-qh15/dieu-27/",
    "/hoi-dap/",
    "/hoi-dap/?loc=don-vi",
    "/mo-hinh-hay/",
    "/hoi-dap/ca/",
    "/hoi-dap/ca/moi/",
    "/hoc-tap/chung-nhan/",
    "/tai-khoan/",
    "/tai-khoan/du-lieu/",
    "/lich/",
    "/tai-khoan/nhat-ky/",
    "/tai-khoan/hai-buoc/",
]
TRAINER = [
    "/bao-cao/",
    f"/bao-cao/{FIRST}/20455/",
    f"/bao-cao/{FIRST}/48/can-bo/",
    f"/bao-cao/{FIRST}/48/hoi-lai/",
    f"/bao-cao/{FIRST}/48/bien-dong/?tu=2025-12-31",
    f"/bao-cao/{FIRST}/48/bien-dong/can-bo/?tu=2025-12-31",
    f"/bao-cao/{FIRST}/48/gop/?theo=nganh",
    f"/bao-cao/{FIRST}/48/gop/can-bo/?muc=mot-phan",
    "/bao-cao/can-bo/CB-0001/",
    "/buoi-tap/",
    "/buoi-tap/moi/",
    "/lop-tap-huan/",
    "/lop-tap-huan/moi/",
    "/lop-tap-huan/noi-khac/",
    "/lop-tap-huan/noi-khac/ghi/",
    "/ke-hoach/",
    "/hoat-dong/",
    "/hoat-dong/ghi/",
    "/hoat-dong/ghi/noi-chuyen/",
    "/hoat-dong/do-phu/",
    "/hoat-dong/bao-cao-30-7/",
    "/hoat-dong/trong-diem/",
    "/loa-xa/",
    "/canh-bao-nhanh/",
    "/canh-bao-nhanh/viet/",
    "/dich/",
    "/dich/bang/",
    "/dich/ktv/",
    "/dich/ktv/tu/",
    "/dich/cau-da-sua/",
    "/dich/bo-chu/",
    "/dich/bo-chu/them/ktv/",
    "/tieng-noi/",
    "/tieng-noi/ktv/",
    "/ke-hoach/lap/",
    "/ke-hoach/lap-mau/",
    "/ke-hoach/ban/1/",
    "/ke-hoach/ban/2/",
    "/bao-cao/danh-sach/",
    "/bao-cao/nhap/hoan-thanh/",
    "/bao-cao/nhap/don-vi/",
    "/bao-cao/danh-sach/don-vi/20455/ket-thuc/",
    "/bao-cao/chung-nhan/",
    "/bao-cao/nam/",
    "/bao-cao/nam/mau/48/",
    "/bao-cao/nam/ngay-chot/",
    "/bao-cao/cong-khai/",
    "/bao-cao/chua-co-nguoi/?don_vi=48",
    "/bao-cao/mien-hoan/",
    "/bao-cao/nhac/",
    "/bao-cao/nhac/goi/",
    "/bao-cao/nhac/ke-hoach/",
    "/bao-cao/nhac/ngay-nghi/?nam=2027",
    "/bao-cao/mien-hoan/moi/?ma=CB-0001",
    "/tai-khoan/thay-doi/",
    "/tai-khoan/thay-doi/1/",
    "/tai-khoan/phieu-kich-hoat/",
]
ADMINISTRATOR = [
    "/bao-cao/",
    "/tai-khoan/",
    "/tai-khoan/nhat-ky/tat-ca/",
    "/tai-khoan/xoa/",
    "/tai-khoan/de-nghi-vai-tro/",
    "/tai-khoan/goi-bao/",
    "/tai-khoan/chu-van-giu/",
]
PAGES = [
    *((None, path) for path in PUBLIC),
    *(("ha", path) for path in LEARNER),
    *(("phuong", path) for path in TRAINER),
    *(("quan", path) for path in ADMINISTRATOR),
]
# HTML + CSS + scripts, gzip, bytes (issue: 30 KB and 6 requests; public pages: 14 KB without scripts)
SIGNED_IN_BUDGET, PUBLIC_BUDGET, REQUESTS = 30 * 1024, 14 * 1024, 6


@pytest.mark.parametrize("login", [None, "ha", "phuong", "quan"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(someone, trial, looks, login):
    """In light and dark at three widths; a page is loaded once and its window changed, as when a phone is turned."""
    problems, page = [], someone(login).page
    for number, path in enumerate(path for who, path in PAGES if who == login):
        response = page.goto(trial.url + path)
        if login and response.status != 200:
            problems.append(f"{path}: {response.status}")
        problems += amiss(page, looks(number))
    assert not problems, "\n".join(problems)


def amiss(page, examined=LOOKS) -> list[str]:
    """Whether the open page scrolls sideways, at each width in each scheme, and what axe finds in those examined."""
    problems = []
    page.wait_for_load_state("load")
    for viewport, scheme in LOOKS:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        where = f"{page.url} at {viewport['width']} px, {scheme}"
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide > window + 1:
            problems.append(f"{where}: {wide} px wide")
        for violation in Axe().run(page).response["violations"] if (viewport, scheme) in examined else []:
            nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            problems.append(f"{where}: {violation['id']}: {nodes}")
    return problems


def test_pages_are_light_and_ask_nobody_else(someone, figure):
    """Each in a browser that was never here; whoever signs in did so once."""
    lines, heavy = [], []
    states = {login: someone(login).context.storage_state() if login else None for login, _path in PAGES}
    for login, path in PAGES:
        visitor = someone(None, storage_state=states[login])
        taken = []
        visitor.page.on("response", lambda response, taken=taken: taken.append(response))
        visitor.page.goto(visitor.trial.url + path)
        visitor.page.wait_for_load_state("networkidle")
        kinds = {"document": 0, "stylesheet": 0, "script": 0}
        for response in taken:
            assert response.url.startswith((visitor.trial.url, "data:")), response.url
            if response.request.resource_type in kinds and not 300 <= response.status < 400:
                kinds[response.request.resource_type] += len(gzip.compress(response.body(), 6))
        requests = len([one for one in taken if "favicon" not in one.url])
        weight = kinds["document"] + kinds["stylesheet"] + (kinds["script"] if login else 0)
        lines.append(f"{weight / 1024:5.1f} KB {requests} requests  {login or 'public'} {path}")
        if weight > (SIGNED_IN_BUDGET if login else PUBLIC_BUDGET) or requests > REQUESTS:
            heavy.append(lines[-1])
        visitor.context.close()
    figure("\n".join(lines))
    assert not heavy, "\n".join(heavy)


def test_escape_three_times_leaves_fast_and_the_link_works_without_scripts(someone):
    visitor = someone()
    page = visitor.visit("/")
    target = page.get_attribute("a.exit", "href")
    page.route("**/*", lambda route: route.fulfill(body="") if route.request.url == target else route.continue_())
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(target)
    plain = someone(None, script=False).visit("/")
    assert plain.get_attribute("a.exit", "href") == target
    assert plain.locator("a[href='tel:111']").first.is_visible()


def test_the_first_tab_reaches_the_skip_link(someone):
    page = someone().visit("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#chinh"
