"""Putting the parts of a course into another order.

As in Wagtail a new order is live at once, so what learners see changes only by who may publish; whoever may edit moves
what no learner sees yet. While a course waits to be approved, what learners see stays as it is.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.approving.deciding import NotDecided
from courses.content.course import CoursePage
from courses.content.lesson import ModulePage
from letters.numbers import is_number

UP, DOWN = "len", "xuong"


def is_shown(page: Page) -> bool:
    """Whether learners see it or something below it: an unpublished module still heads its published lessons."""
    return Page.objects.descendant_of(page, inclusive=True).live().exists()


def move(course: CoursePage, pk: int, where: str, user) -> str:
    """`where` is UP, DOWN or the id of a module. Returns one sentence; raises NotDecided with one."""
    with transaction.atomic():
        # one at a time: the tree has no lock of its own
        Page.objects.select_for_update().get(pk=course.pk)
        # read after the lock was given
        page = Page.objects.descendant_of(CoursePage.objects.get(pk=course.pk)).filter(pk=pk).first()
        if page is None:
            raise NotDecided(_("Phần này không còn trong khóa học. Xem lại dàn bài."))
        if where in (UP, DOWN):
            return _past_its_neighbour(page.specific, where, user)
        return _into(course, page.specific, where, user)


def _past_its_neighbour(page, where: str, user) -> str:
    parent = page.get_parent().specific
    if not page.permissions_for_user(user).can_edit():
        raise NotDecided(_("Anh chị không sửa được phần này nên không đổi chỗ được."))
    if is_shown(page) and not parent.permissions_for_user(user).can_reorder_children():
        raise NotDecided(_("Phần này người học đang thấy: người có quyền đăng mới đổi chỗ, khi khóa không chờ duyệt."))
    neighbour = page.get_prev_sibling() if where == UP else page.get_next_sibling()
    if neighbour is None:
        raise NotDecided(_("Phần này đã ở đầu hoặc cuối."))
    page.move(neighbour, pos="left" if where == UP else "right", user=user)
    return _("Đã đổi chỗ “%(title)s”.") % {"title": page.draft_title}


def _into(course: CoursePage, page, where: str, user) -> str:
    named = is_number(where)
    module = ModulePage.objects.child_of(course).filter(pk=where).first() if named else None
    if module is None:
        raise NotDecided(_("Chọn một mô-đun của khóa học."))
    if page.get_parent().pk == module.pk:
        raise NotDecided(_("Phần này đã ở trong mô-đun ấy."))
    allowed = page.permissions_for_user(user).can_move_to(module)
    if is_shown(page):
        allowed = allowed and module.permissions_for_user(user).can_reorder_children()
    if not allowed:
        raise NotDecided(_("Anh chị không chuyển được phần này sang mô-đun ấy."))
    try:
        with transaction.atomic():
            page.move(module, pos="last-child", user=user)
    except ValidationError:
        said = {"title": page.draft_title, "module": module.draft_title}
        raise NotDecided(_("“%(module)s” đã có một trang cùng địa chỉ với “%(title)s”.") % said) from None
    return _("Đã chuyển “%(title)s” sang “%(module)s”.") % {"title": page.draft_title, "module": module.draft_title}
