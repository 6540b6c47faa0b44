"""Daily counts of what a completion rests on and what is known of it; days counted before are counted again."""

from datetime import date

from django.db import migrations, models


def count_again(apps, schema_editor):
    """By the clock; until it has, a figure is counted from everybody's standings."""
    counted = apps.get_model("courses", "DailyCount").objects.filter(requirement=models.OuterRef("pk"))
    requirements = apps.get_model("courses", "Requirement").objects.filter(models.Exists(counted))
    StaleCount = apps.get_model("courses", "StaleCount")
    StaleCount.objects.bulk_create(StaleCount(requirement=one, since=date.min) for one in requirements)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0028_annual_reports"),
    ]

    operations = [
        migrations.AddField("dailycount", "unapproved", models.PositiveIntegerField(default=0)),
        migrations.AddField("dailycount", "still_knows", models.PositiveIntegerField(default=0)),
        migrations.AddField("dailycount", "to_review", models.PositiveIntegerField(default=0)),
        migrations.AddIndex("standing", models.Index(fields=["requirement", "end"], name="standing_ending")),
        migrations.RunPython(count_again, migrations.RunPython.noop),
    ]
