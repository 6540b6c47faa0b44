"""Wagtail's first migrations name a few rows in English that editors meet on every screen."""

from django.db import migrations

APPROVAL = "Duyệt trước khi đăng"

# (model of wagtailcore, its fields of names, Wagtail's name, ours)
NAMES = [
    ("Workflow", ["name"], "Moderators approval", APPROVAL),
    ("Task", ["name"], "Moderators approval", APPROVAL),
    ("Collection", ["name"], "Root", "Chung"),
    ("Page", ["title", "draft_title"], "Root", "Mọi trang"),
]


def rename(apps, schema_editor):
    for model_name, fields, english, vietnamese in NAMES:
        rows = apps.get_model("wagtailcore", model_name).objects.using(schema_editor.connection.alias)
        if "depth" in {field.name for field in rows.model._meta.fields}:
            rows = rows.filter(depth=1)
        rows.filter(**{fields[0]: english}).update(**dict.fromkeys(fields, vietnamese))


class Migration(migrations.Migration):
    dependencies = [("pages", "0002_initial"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    # a name that somebody chose is left alone, so there is nothing to take back
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
