"""Prints the link by which the first administrator sets up the second step: nobody is there yet to print her a slip."""

from django.core.management.base import BaseCommand, CommandError

from people.guarding.first_enrolment import link_for
from people.persons.user import User
from people.signing_in.second_step import second_steps


class Command(BaseCommand):
    help = "Prints a link, good for an hour, by which this person may set up her first second step after signing in."

    def add_arguments(self, parser):
        parser.add_argument("staff_code", metavar="STAFF_CODE")

    def handle(self, *args, staff_code, **options):
        person = User.objects.filter(is_active=True).by_code(staff_code)
        if person is None:
            raise CommandError(f"Không có cán bộ nào mang mã {staff_code}.")
        if second_steps(person).exists():
            raise CommandError("Người này đã có bước xác nhận thứ hai; mất điện thoại thì dùng drop_second_step.")
        self.stdout.write(link_for(person))
