"""One course of each key: the key stands once more on the source alone, in a column that is unique."""

from django.db import migrations, models

LONGEST = 80


def free(wanted, taken):
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted[: LONGEST - len(str(number)) - 1]}-{number}"
    return key


def note_sources(apps, schema_editor):
    """The first page of each key keeps it; a copy of it, or an alias in the same language, takes the next free one."""
    CoursePage = apps.get_model("courses", "CoursePage")
    Revision = apps.get_model("wagtailcore", "Revision")
    columns = ("pk", "key", "translation_key", "alias_of", "locale__language_code")
    rows = list(CoursePage.objects.values_list(*columns).order_by("pk"))
    taken, of_family = {row[1] for row in rows}, {}
    given = set()
    for pk, key, family, _alias, _language in sorted(rows, key=lambda row: (row[3] is not None, row[4] != "vi", row[0])):
        own = None
        if family not in of_family:
            own = of_family[family] = free(key or "khoa-hoc", taken) if key in given or not key else key
            taken.add(own)
            given.add(own)
        CoursePage.objects.filter(pk=pk).update(key=of_family[family], own_key=own)
        if of_family[family] != key:
            for revision in Revision.objects.filter(content_type__model="coursepage", object_id=str(pk)).iterator(100):
                revision.content["key"] = of_family[family]
                revision.save(update_fields=["content"])


def name_questions_once(apps, schema_editor):
    """A question of a name that another of its group bears: "Câu 1" becomes "Câu 1 (2)"."""
    Question = apps.get_model("courses", "Question")
    Revision = apps.get_model("wagtailcore", "Revision")
    same = ("category", "name", "locale")
    twice = Question.objects.order_by().values(*same).annotate(n=models.Count("pk")).filter(n__gt=1)
    for group in list(twice):
        group.pop("n")
        taken = set(Question.objects.filter(category=group["category"]).values_list("name", flat=True))
        for pk in list(Question.objects.filter(**group).order_by("pk").values_list("pk", flat=True))[1:]:
            name = next(
                name for number in range(2, 10**6) if (name := f"{group['name'][:190]} ({number})") not in taken
            )
            taken.add(name)
            Question.objects.filter(pk=pk).update(name=name)
            for revision in Revision.objects.filter(content_type__model="question", object_id=str(pk)).iterator(100):
                revision.content["name"] = name
                revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0013_exact_marks"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.AddField(
            model_name="coursepage",
            name="own_key",
            field=models.CharField(editable=False, max_length=80, null=True, unique=True),
        ),
        migrations.RunPython(note_sources, migrations.RunPython.noop),
        migrations.RunPython(name_questions_once, migrations.RunPython.noop),
    ]
