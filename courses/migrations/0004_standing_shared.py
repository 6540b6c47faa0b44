import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_quiz_engine'),
    ]

    operations = [
        migrations.AddField(
            model_name='standing',
            name='shared',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='StaleCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stale_counts', to='courses.requirement')),
            ],
        ),
    ]
