"""One space of each unit in a language: the unit's key stands once more on the source alone, in a unique column."""

from django.db import migrations, models


def note_sources(apps, schema_editor):
    """The first space of a unit, the Vietnamese one before others, bears it."""
    CommuneSpacePage = apps.get_model("campaigns", "CommuneSpacePage")
    rows = list(CommuneSpacePage.objects.values_list("pk", "unit_id", "locale__language_code").order_by("pk"))
    given = set()
    for pk, unit, _language in sorted(rows, key=lambda row: (row[2] != "vi", row[0])):
        if unit not in given:
            given.add(unit)
            CommuneSpacePage.objects.filter(pk=pk).update(own_unit=unit)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_card_shapes"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.AddField(
            model_name="communespacepage",
            name="own_unit",
            field=models.PositiveBigIntegerField(editable=False, null=True, unique=True),
        ),
        migrations.RunPython(note_sources, migrations.RunPython.noop),
    ]
