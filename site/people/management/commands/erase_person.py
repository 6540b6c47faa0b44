from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from people.persons.user import User
from people.postings.posting import Posting
from people.privacy.erasure import CannotErase, erase
from people.times import covering, today


class Command(BaseCommand):
    help = "Xóa thông tin cá nhân của một người: người ấy thành một mã, mọi con số giữ nguyên (docs/personal-data.md)."

    def add_arguments(self, parser):
        parser.add_argument("staff_code", metavar="CODE", help=_("mã cán bộ"))
        parser.add_argument("--by", metavar="CODE", help=_("mã cán bộ của quản trị viên đã quyết định, để ghi nhật ký"))
        parser.add_argument("--yes", action="store_true", help=_("làm thật; không có thì chỉ nói sẽ làm gì"))

    def handle(self, *args, staff_code, by, yes, **options):
        person, decider = _person(staff_code), _person(by) if by else None
        posted = Posting.objects.current().filter(covering(today()), person=person).count()
        if posted:
            self.stdout.write(
                _("Người này còn giữ %(n)d vị trí và vẫn tính vào mẫu số đến khi danh sách ghi ngày kết thúc.")
                % {"n": posted}
            )
        if not yes:
            self.stdout.write(
                _("Chưa xóa gì. Thêm --yes để xóa họ tên, mã, email, điện thoại của %(code)s; không lấy lại được.")
                % {"code": person.staff_code}
            )
            return
        try:
            code = erase(person, decider, timezone.now())
        except CannotErase as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(_("Đã xóa; người này nay là %(code)s.") % {"code": code})


def _person(staff_code: str) -> User:
    person = User.objects.by_code(staff_code)
    if person is None:
        raise CommandError(_("Không có cán bộ nào mang mã %(code)s.") % {"code": staff_code[:40]})
    return person
