from django.db import migrations


def list_older(apps, schema_editor):
    """Imports of before their rows were kept: that they were made is known by the log, and by what units say."""
    BulkChange, Entry = apps.get_model("people", "BulkChange"), apps.get_model("people", "Entry")
    entries = Entry.objects.filter(act="imported").order_by("at").values_list("at", "by")
    BulkChange.objects.bulk_create(
        (
            BulkChange(kind="roster", by_id=by, begun_at=at, last_at=at, ended_at=at, is_old=True)
            for at, by in entries.iterator()
        ),
        batch_size=500,
    )
    versions = apps.get_model("people", "UnitVersion").objects.order_by("recorded_at")
    moments = versions.values_list("recorded_at", flat=True).distinct()
    BulkChange.objects.bulk_create(
        (BulkChange(kind="units", begun_at=at, last_at=at, ended_at=at, is_old=True) for at in moments.iterator()),
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_units_believed'),
    ]

    operations = [
        migrations.RunPython(list_older, migrations.RunPython.noop),
    ]
