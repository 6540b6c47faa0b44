"""The numbers of the home page become contacts; messages are pages of their own, made by `seed`."""

from django.db import migrations

KEPT_NAME = "Số đã đăng ở trang đầu"


def keep_numbers(apps, schema_editor):
    """Every number that stood on a home page, with the day on which it was called; who called is not known."""
    using = schema_editor.connection.alias
    contacts = apps.get_model("pages", "Contact").objects.using(using)
    for home in apps.get_model("pages", "HomePage").objects.using(using):
        for order, block in enumerate(home.hotlines.raw_data, start=1):
            told = block["value"]
            contacts.get_or_create(
                number=" ".join(told["number"].split()),
                unit=None,
                defaults={
                    "name": KEPT_NAME,
                    "when": told["when"],
                    "cost": told.get("terms") or "",
                    "confirmed_on": told.get("confirmed_on") or None,
                    "order": 10 * order,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_contacts")]

    operations = [
        migrations.RunPython(keep_numbers, migrations.RunPython.noop),
        *(migrations.RemoveField(model_name="homepage", name=name) for name in ("hotlines", "messages", "spoken")),
    ]
