"""One campaign of each year: the year stands once more on the source alone, in a column that is unique."""

from django.db import migrations, models


def note_sources(apps, schema_editor):
    """The first campaign of a year keeps it; a copy of it, or an alias in the same language, takes the next free one."""
    CampaignPage = apps.get_model("campaigns", "CampaignPage")
    Revision = apps.get_model("wagtailcore", "Revision")
    columns = ("pk", "year", "translation_key", "alias_of", "locale__language_code")
    rows = list(CampaignPage.objects.values_list(*columns).order_by("pk"))
    taken, given, of_family = {row[1] for row in rows}, set(), {}
    for pk, year, family, _alias, _language in sorted(rows, key=lambda row: (row[3] is not None, row[4] != "vi", row[0])):
        own = None
        if family not in of_family:
            own = year
            while own in (taken if year in given else given):
                own += 1
            of_family[family] = own
            taken.add(own)
            given.add(own)
        CampaignPage.objects.filter(pk=pk).update(year=of_family[family], own_year=own)
        if of_family[family] != year:
            for revision in Revision.objects.filter(content_type__model="campaignpage", object_id=str(pk)).iterator(100):
                revision.content["year"] = of_family[family]
                revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0006_search_words"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaignpage",
            name="own_year",
            field=models.PositiveSmallIntegerField(editable=False, null=True, unique=True),
        ),
        migrations.RunPython(note_sources, migrations.RunPython.noop),
    ]
