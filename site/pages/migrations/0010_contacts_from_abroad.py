from django.db import migrations, models
from django.db.models.functions import Left
from django.db.models.lookups import Exact

# the starter's number for citizens abroad
ABROAD = "+84 981 84 84 84"


def mark(apps, schema_editor):
    apps.get_model("pages", "Contact").objects.filter(number=ABROAD).update(abroad=True)


class Migration(migrations.Migration):
    dependencies = [("pages", "0009_home_picture")]

    operations = [
        migrations.AddField(
            "contact", "abroad", models.BooleanField(default=False, verbose_name="để gọi từ nước ngoài")
        ),
        migrations.AddField(
            "contact", "country", models.CharField(blank=True, default="", max_length=60, verbose_name="gọi từ nước"),
            preserve_default=False,
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("abroad", False), ("country", "")),
                    models.Q(Exact(Left("number", 1), models.Value("+")), ("abroad", True)),
                    _connector="OR",
                ),
                name="contact_abroad_in_international_form",
                violation_error_message="Số để gọi từ nước ngoài bắt đầu bằng dấu + và mã nước.",
            ),
        ),
    ]
