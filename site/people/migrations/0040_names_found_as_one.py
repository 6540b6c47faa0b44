from django.db import migrations

from people.persons import user as persons
from people.units import unit as units

BATCH = 500


def in_batches(rows):
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def fill(apps, schema_editor):
    """Whose first syllable is short, and every unit. Each batch is a transaction; filled twice it is the same."""
    User, Unit = apps.get_model("people", "User"), apps.get_model("people", "Unit")
    for batch in in_batches(User.objects.filter(full_name__regex=r"^\S{1,8}\s")):
        changed = []
        for person in batch:
            words = persons.search_words(person.full_name, person.staff_code, person.email or "", person.phone or "")
            if words != person.search_words:
                person.search_words = words
                changed.append(person)
        User.objects.bulk_update(changed, ["search_words"])
    for batch in in_batches(Unit.objects):
        for unit in batch:
            unit.search_words = units.search_words(unit.name, unit.code)
        Unit.objects.bulk_update(batch, ["search_words"])


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('people', '0039_alert_acts'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
