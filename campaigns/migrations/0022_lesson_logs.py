
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0021_voices'),
        ('people', '0038_school_levels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClassCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('school', 'year'), name='class_count_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='LessonLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('number', models.UUIDField(editable=False, unique=True)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('activity_key', models.UUIDField(editable=False)),
                ('withdrawn', models.BooleanField(default=False)),
                ('pack', models.UUIDField()),
                ('title', models.CharField(max_length=255)),
                ('approved', models.BooleanField()),
                ('on', models.DateField()),
                ('grade', models.PositiveSmallIntegerField(null=True)),
                ('class_name', models.CharField(blank=True, max_length=6, validators=[django.core.validators.RegexValidator('^[0-9A-ZĐa-zđ][0-9A-ZĐa-zđ./-]{0,5}$', 'Ghi tên lớp ngắn, như 5A hay 10-2.')])),
                ('held_in', models.CharField(max_length=200)),
                ('went', models.CharField(choices=[('tot', 'Tốt'), ('duoc', 'Tạm được'), ('kho', 'Khó')], max_length=4)),
                ('improve', models.TextField(blank=True, max_length=500, verbose_name='điều nên sửa')),
                ('answered_at', models.DateTimeField(null=True)),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='campaigns.lessonlog')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('taught_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'indexes': [models.Index(fields=['school', 'on'], name='lesson_log_by_school'), models.Index(fields=['written_by', 'on'], name='lesson_log_by_writer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('activity_key',), name='lesson_log_one_current'), models.CheckConstraint(condition=models.Q(('grade', None), models.Q(('grade__gte', 1), ('grade__lte', 12)), _connector='OR'), name='lesson_log_grade')],
            },
        ),
    ]
