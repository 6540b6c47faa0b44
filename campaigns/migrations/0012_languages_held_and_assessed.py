"""Languages of an activity as one column, so that coverage reads one index; and which communes were assessed."""

from collections import defaultdict

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def carry_languages(apps, _editor):
    activities, languages = (apps.get_model("campaigns", name) for name in ("Activity", "ActivityLanguage"))
    held = defaultdict(list)
    for activity, language in languages.objects.order_by("language").values_list("activity", "language"):
        held[activity].append(language)
    for activity, tags in held.items():
        activities.objects.filter(pk=activity).update(held_in=" ".join(tags))


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0011_sentences"),
        ("people", "0033_activity_acts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="held_in",
            field=models.CharField(blank=True, max_length=200, verbose_name="tiếng đã dùng"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(("superseded_at", None), models.Q(("verified_at", None), _negated=True)),
                fields=["commune", "on", "held_in"],
                name="activity_counted",
            ),
        ),
        migrations.RunPython(carry_languages, migrations.RunPython.noop),
        migrations.DeleteModel(name="ActivityLanguage"),
        migrations.CreateModel(
            name="Assessed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("superseded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)), fields=("commune",), name="assessed_once"
                    )
                ],
            },
        ),
    ]
