"""Removes the second step of an administrator who lost the phone and the recovery codes, where there is no other."""

from django.core.management.base import BaseCommand, CommandError

from people.persons.user import User
from people.signing_in.activation import drop_second_step


class Command(BaseCommand):
    help = "Takes away the second step of signing in from one person; the password stays."

    def add_arguments(self, parser):
        parser.add_argument("staff_code", metavar="STAFF_CODE")

    def handle(self, *args, staff_code, **options):
        person = User.objects.by_code(staff_code)
        if person is None:
            raise CommandError(f"Không có cán bộ nào mang mã {staff_code}.")
        count = drop_second_step(person)
        self.stdout.write(f"Đã bỏ bước xác nhận thứ hai của {person.staff_code}." if count else "Người này chưa bật.")
