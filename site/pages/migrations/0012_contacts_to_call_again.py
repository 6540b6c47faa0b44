from django.db import migrations
from django.utils import timezone

NATIONAL = ("111", "113", "114", "115")
SAID = ("number", "name", "when", "hours", "cost", "abroad", "country", "order")


def list_for_the_second_call(apps, schema_editor):
    """Every number waits for its second call, in the form that it has: also what is public, which stays. Whoever called
    it first may not call it the second time; where nobody did, whoever wrote it last. The province's numbers of the
    whole country need no call.
    """
    Contact, Version = apps.get_model("pages", "Contact"), apps.get_model("pages", "ContactVersion")
    User = apps.get_model("people", "User")
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects.filter(
        content_type__app_label="pages", content_type__model="contact", action__in=("wagtail.create", "wagtail.edit")
    )
    now, people = timezone.now(), set(User.objects.values_list("pk", flat=True))
    writers = {key: by for key, by in entries.order_by("timestamp").values_list("object_id", "user_id") if by in people}
    Version.objects.bulk_create(
        Version(
            contact=contact,
            written_by_id=contact.confirmed_by_id or writers.get(str(contact.pk)),
            written_at=now,
            **{name: getattr(contact, name) for name in SAID},
        )
        for contact in Contact.objects.order_by("pk")
        if contact.unit_id is not None or contact.number not in NATIONAL
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0011_contact_versions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(list_for_the_second_call, migrations.RunPython.noop)]
