from django.db import migrations, models


class Migration(migrations.Migration):
    """Points are kept exact, in parts of a hundredth; what was marked before keeps its meaning by a scale of 1."""

    dependencies = [("courses", "0012_concerns_and_pictures")]

    operations = [
        migrations.AlterField(
            model_name="attempt",
            name="score",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="attempt",
            name="max_score",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(model_name="attempt", name="scale", field=models.PositiveIntegerField(default=1)),
        migrations.AddField(model_name="mark", name="scale", field=models.PositiveIntegerField(default=1)),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(condition=models.Q(("scale__gte", 1)), name="attempt_scale_positive"),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.CheckConstraint(condition=models.Q(("scale__gte", 1)), name="mark_scale_positive"),
        ),
    ]
