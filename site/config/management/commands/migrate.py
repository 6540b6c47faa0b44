from django.core.management.commands import migrate
from django.db import DatabaseError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory

from config.schema.loading import load, steps_to_load
from config.schema.quick_steps import quick_steps

# with one of these, somebody asks for something else than a database that is ready
OTHER_WISHES = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(migrate.Command):
    """Django's own, which a database without any table does not have to wait for: most of its steps are data by now."""

    help = (
        "Đưa cơ sở dữ liệu lên phiên bản này; cơ sở dữ liệu chưa có bảng nào thì nạp lược đồ dựng sẵn (docs/schema.md)."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--by-steps", action="store_true", help="không nạp lược đồ dựng sẵn, đi từng bước")

    def handle(self, *args, by_steps=False, **options):
        if not by_steps and not any(options[wish] for wish in OTHER_WISHES):
            self._load(connections[options["database"]], options["verbosity"])
        with quick_steps():
            super().handle(*args, **options)

    def _load(self, connection, verbosity: int) -> None:
        """What the file lacks comes on top by steps; so does all, where it cannot be loaded."""
        steps = steps_to_load(connection)
        try:
            loaded = bool(steps) and load(connection)
        except (DatabaseError, InconsistentMigrationHistory) as error:
            reason = str(error).splitlines()[0]
            self.stderr.write(f"Không nạp được lược đồ dựng sẵn ({reason}): cơ sở dữ liệu được tạo theo từng bước.")
        else:
            if loaded and verbosity >= 1:
                self.stdout.write(f"Đã nạp lược đồ dựng sẵn: {len(steps)} bước.")
