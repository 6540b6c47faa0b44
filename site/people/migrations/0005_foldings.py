from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_approval'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='code_spelling',
            field=models.TextField(db_index=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='shares_code',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='search_words',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='user',
            name='name_order',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='unit',
            name='code_spelling',
            field=models.TextField(db_index=True, default='', editable=False),
        ),
        migrations.AddField(
            model_name='unit',
            name='search_words',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='unit',
            name='name_order',
            field=models.TextField(default='', editable=False),
        ),
    ]
