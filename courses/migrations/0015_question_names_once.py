from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("courses", "0014_course_keys_once")]

    operations = [
        migrations.AlterField(
            model_name="coursepage",
            name="key",
            field=models.SlugField(
                blank=True,
                help_text="Tên không dấu của khóa học, dùng trong yêu cầu và hồ sơ. Để trống thì lấy theo địa chỉ trang. Không đổi sau khi đã có người học.",
                max_length=80,
                verbose_name="khóa",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("category", "name", "locale"), name="question_name_once"),
        ),
    ]
