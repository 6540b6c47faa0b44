from django.db import migrations, transaction
from django.db.models import Count, Min

from letters.folding import spelled
from letters.order import name_order, text_order
from people.persons import user as persons
from people.units import unit as units

BATCH = 500


def in_batches(rows):
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def fill(apps, schema_editor):
    """Each batch is a transaction of its own; filled twice it is the same."""
    User, Unit = apps.get_model("people", "User"), apps.get_model("people", "Unit")
    for batch in in_batches(User.objects):
        for person in batch:
            person.code_spelling = spelled(person.staff_code)
            person.name_order = name_order(person.full_name)
            person.search_words = persons.search_words(
                person.full_name, person.staff_code, person.email or "", person.phone or ""
            )
        User.objects.bulk_update(batch, ["code_spelling", "name_order", "search_words"])
    for batch in in_batches(Unit.objects):
        for unit in batch:
            unit.code_spelling = spelled(unit.code)
            unit.name_order = text_order(unit.name)
            unit.search_words = units.search_words(unit.name, unit.code)
        Unit.objects.bulk_update(batch, ["code_spelling", "name_order", "search_words"])


def keep_both(apps, schema_editor):
    """Where codes of two people are spelled alike both stay; the earlier person's keeps others from coming."""
    User = apps.get_model("people", "User")
    alike = User.objects.order_by().values("code_spelling").annotate(of=Count("pk"), first=Min("pk")).filter(of__gt=1)
    with transaction.atomic():
        for group in alike:
            later = User.objects.filter(code_spelling=group["code_spelling"]).exclude(pk=group["first"])
            later.update(shares_code=True)
            print("  Mã cùng cách viết, giữ cả hai:", group["code_spelling"])


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('people', '0005_foldings'),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(keep_both, migrations.RunPython.noop),
    ]
