"""A course on a phone, with the keyboard alone: its outline is re-ordered, then it is submitted and approved."""

from browser.test_editor_screens import look_at
from browser.trial import PHONE

COURSE = "luat-moi-2024"
# no other test of the trial reads this course's approval
OUTLINE, REVIEW = f"/cms/dan-bai/{COURSE}/", f"/cms/duyet-khoa-hoc/{COURSE}/"
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"
LESSONS = ".outline__part--2 .outline__title a"

# the name of a screen, in the header of Wagtail, is cut off by nothing around it
NAME_IS_WHOLE = """() => {
    const name = document.querySelector(".w-breadcrumbs li:last-child"), box = name.getBoundingClientRect();
    for (let a = name.parentElement; a.tagName !== "HEADER"; a = a.parentElement) {
        const around = a.getBoundingClientRect(), hides = getComputedStyle(a).overflowX !== "visible";
        if (hides && (box.right > around.right + 1 || box.bottom > around.bottom + 1)) return false;
    }
    return name.scrollWidth <= name.clientWidth + 1 && box.right <= innerWidth;
}"""


def press(page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_course_is_put_in_order_submitted_and_approved_on_a_phone(someone):
    manager, trainer = someone("phuong", PHONE), someone("binh", PHONE)
    assert manager.visit("/cms/dan-bai/nhan-dien-nan-nhan/").evaluate(NAME_IS_WHOLE)
    page, problems = manager.visit(OUTLINE), []
    problems += look_at(page, "the outline", [(PHONE, "light")])
    page.set_viewport_size(PHONE)
    first, second = page.locator(LESSONS).all_inner_texts()[:2]
    page.get_by_role("link", name=second, exact=True).focus()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == f"Đưa “{second}” lên"
    press(page, "Enter")
    assert page.locator(LESSONS).all_inner_texts()[:2] == [second, first]
    # who goes on with the keyboard is still at that part
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == second

    page = trainer.visit(OUTLINE)
    page.locator("[name=word]").fill("Đổi thứ tự hai mục đầu")
    page.get_by_role("button", name="Gửi duyệt cả khóa").focus()
    press(page, "Enter")
    assert page.get_by_role("button", name="Rút bài gửi duyệt").is_visible()

    page = manager.visit(REVIEW)
    assert page.locator("tr", has_text="đổi chỗ trong").count() == 1
    problems += look_at(page, "the review", [(PHONE, "dark")])
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Đến phần quyết định").focus()
    page.keyboard.press("Enter")
    page.locator("[name=reason]").fill("Đã đọc cả khóa; điều còn lại trả lời sau.")
    page.get_by_role("button", name="Duyệt và đăng cả khóa").focus()
    press(page, "Enter")
    assert page.get_by_text("Đã duyệt và đăng khóa học đúng như đã gửi.").is_visible()
    assert page.locator("tr", has_text="đổi chỗ trong").count() == 0
    assert not problems, "\n".join(problems)
