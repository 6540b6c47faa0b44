from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0004_files_cleaned_at_the_store'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='why_refused',
            field=models.TextField(blank=True, default='', editable=False),
        ),
    ]
