from django.db import migrations

from people.persons.phones import normal_phone
from people.persons.user import search_words

BATCH = 500


def dial(apps, schema_editor):
    """Until now “+84 (0)905…” was kept with the zero, so nobody could sign in with 0905…; a number that is somebody
    else's already stays as it is.
    """
    User = apps.get_model("people", "User")
    last = 0
    while batch := list(User.objects.filter(pk__gt=last).exclude(phone=None).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        wrong = {person: number for person in batch if (number := normal_phone(person.phone)) not in ("", person.phone)}
        taken = {*User.objects.filter(phone__in=wrong.values()).values_list("phone", flat=True)}
        for person, number in wrong.items():
            if number not in taken:
                taken.add(number)
                person.phone = number
                person.search_words = search_words(person.full_name, person.staff_code, person.email or "", number)
        User.objects.bulk_update(wrong, ["phone", "search_words"])


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('people', '0007_code_spelled_once'),
    ]

    operations = [
        migrations.RunPython(dial, migrations.RunPython.noop),
    ]
