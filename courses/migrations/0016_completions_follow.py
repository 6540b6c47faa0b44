from django.db import migrations, models


class Migration(migrations.Migration):
    """What a course asks is kept, so that completions follow it; they say why, and news which steps are new."""

    dependencies = [("courses", "0015_question_names_once")]

    operations = [
        migrations.CreateModel(
            name="AskedSteps",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course_key", models.SlugField(max_length=80, unique=True)),
                ("steps", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddField(model_name="completion", name="reason", field=models.CharField(blank=True, max_length=300)),
        migrations.AddField(model_name="coursenews", name="steps", field=models.JSONField(default=list)),
    ]
