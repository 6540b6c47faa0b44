"""The first page of a list of people need not put everybody in order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0016_insistences")]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["name_order", "id"], name="user_in_order"),
        ),
    ]
