import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

# as they stood when what is public was decided by these and by the last call
NATIONAL = ("111", "113", "114", "115")


def keep_public(apps, schema_editor):
    """What the public sees before the upgrade, it sees afterwards."""
    seen = models.Q(number__in=NATIONAL) | models.Q(confirmed_on__isnull=False)
    apps.get_model("pages", "Contact").objects.filter(seen).update(public_since=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0010_contacts_from_abroad'),
        ('people', '0015_course_submissions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactTakenOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('why', models.CharField(max_length=250, verbose_name='vì sao gỡ')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^\\+?[0-9](?:[0-9 ]{1,17}[0-9])$', 'Chỉ ghi chữ số và dấu cách, ví dụ 111.')], verbose_name='số')),
                ('name', models.CharField(max_length=120, verbose_name='nơi nghe máy')),
                ('when', models.CharField(max_length=200, verbose_name='khi nào gọi')),
                ('hours', models.CharField(blank=True, max_length=80, verbose_name='giờ')),
                ('cost', models.CharField(blank=True, max_length=80, verbose_name='giá cước')),
                ('abroad', models.BooleanField(default=False, verbose_name='để gọi từ nước ngoài')),
                ('country', models.CharField(blank=True, max_length=60, verbose_name='gọi từ nước')),
                ('order', models.PositiveSmallIntegerField(default=100, verbose_name='thứ tự')),
                ('written_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'Chờ gọi lần hai'), ('confirmed', 'Đã gọi lần hai'), ('returned', 'Trả lại để sửa'), ('superseded', 'Đã có bản khác thay')], default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='public_since',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='hiện ra ngoài từ'),
        ),
        migrations.RunPython(keep_public, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_on', None), ('public_since__isnull', False), _connector='OR'), name='contact_called_while_public'),
        ),
        migrations.AddField(
            model_name='contacttakenoff',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contacttakenoff',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times_taken_off', to='pages.contact'),
        ),
        migrations.AddField(
            model_name='contactversion',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='pages.contact'),
        ),
        migrations.AddField(
            model_name='contactversion',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactversion',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contactcall',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='pages.contactversion'),
        ),
        migrations.AddConstraint(
            model_name='contactversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('contact',), name='contact_version_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='contactversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('decided_by', None), ('written_by', None), models.Q(('decided_by', models.F('written_by')), _negated=True), _connector='OR'), name='contact_version_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='contactversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='contact_version_decided_at_a_time'),
        ),
    ]
