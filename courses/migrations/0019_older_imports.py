from django.db import migrations


def list_older(apps, schema_editor):
    """Imports of before their rows were kept: that they were made is known by what they wrote."""
    BulkChange = apps.get_model("people", "BulkChange")
    excuses = apps.get_model("courses", "Excuse").objects.all()
    completions = apps.get_model("courses", "Completion").objects.filter(source="import")
    for kind, facts in (("excuses", excuses), ("completions", completions)):
        moments = facts.order_by("recorded_at").values_list("recorded_at", flat=True).distinct()
        BulkChange.objects.bulk_create(
            (BulkChange(kind=kind, begun_at=at, last_at=at, ended_at=at, is_old=True) for at in moments.iterator()),
            batch_size=500,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0018_approvals_of_chosen_contacts'),
        ('people', '0014_older_imports'),
    ]

    operations = [
        migrations.RunPython(list_older, migrations.RunPython.noop),
    ]
