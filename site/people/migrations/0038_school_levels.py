
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0037_sheet_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SchoolLevels',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('levels', models.CharField(max_length=40)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit',), name='school_levels_once')],
            },
        ),
    ]
