from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_fill_foldings'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(condition=models.Q(('shares_code', False)), fields=('code_spelling',), name='user_code_spelled_once'),
        ),
    ]
