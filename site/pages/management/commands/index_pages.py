from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from pages.search.index import index_all


class Command(BaseCommand):
    help = _("Lập lại chỉ mục tìm kiếm của mọi trang đã đăng.")

    def handle(self, *args, **options):
        self.stdout.write(_("Đã lập chỉ mục %(count)d trang.") % {"count": index_all()})
