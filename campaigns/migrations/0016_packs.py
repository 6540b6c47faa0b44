import campaigns.schools.facets
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0015_pulse_counts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='schoollessonpage',
            name='adaptations',
            field=wagtail.fields.StreamField([('adaptation', 2)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('lop_ghep', 'Lớp ghép'), ('tieng_me_de', 'Dạy bằng tiếng mẹ đẻ'), ('nghe_kem', 'Em điếc, nghe kém'), ('nhin_kem', 'Em nhìn kém, khó vận động'), ('khong_dien', 'Không có điện, không có máy in'), ('lop_dong', 'Lớp đông'), ('30_phut', 'Chỉ có 30 phút')], 'label': 'Hoàn cảnh'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Làm thế nào'}), 2: ('wagtail.blocks.StructBlock', [[('circumstance', 0), ('text', 1)]], {})}, verbose_name='điều chỉnh theo lớp học'),
        ),
        migrations.AddField(
            model_name='schoollessonpage',
            name='background',
            field=wagtail.fields.RichTextField(blank=True, help_text='Không đọc cho lớp.', verbose_name='thầy cô cần biết'),
        ),
        migrations.AddField(
            model_name='schoollessonpage',
            name='bands',
            field=campaigns.schools.facets.BandsField(blank=True, default=list, help_text='Để thầy cô lọc. Một bài có thể cho nhiều bậc.', validators=[campaigns.schools.facets.checked_bands], verbose_name='bậc học'),
        ),
        migrations.AddField(
            model_name='schoollessonpage',
            name='month',
            field=models.PositiveSmallIntegerField(blank=True, choices=[(9, 'Tháng 9'), (10, 'Tháng 10'), (11, 'Tháng 11'), (12, 'Tháng 12'), (1, 'Tháng 1'), (2, 'Tháng 2'), (3, 'Tháng 3'), (4, 'Tháng 4'), (5, 'Tháng 5')], help_text='Để xếp chuỗi bài cả năm.', null=True, verbose_name='tháng trong năm học'),
        ),
        migrations.AddField(
            model_name='schoollessonpage',
            name='needs_power',
            field=models.BooleanField(default=False, verbose_name='cần điện'),
        ),
        migrations.AddField(
            model_name='schoollessonpage',
            name='needs_projector',
            field=models.BooleanField(default=False, verbose_name='cần máy chiếu'),
        ),
        migrations.AddField(
            model_name='schoollessonpage',
            name='topic',
            field=models.CharField(blank=True, choices=[('giu_minh', 'Giữ mình an toàn'), ('tren_mang', 'Lời mời trên mạng'), ('di_lam', 'Đi làm, đi xa'), ('luat', 'Luật và quyền'), ('tro_ve', 'Người trở về')], max_length=12, verbose_name='chủ đề'),
        ),
        migrations.AlterField(
            model_name='schoollessonpage',
            name='body',
            field=wagtail.fields.StreamField([('timeline', 9), ('cards', 19), ('sheet', 34), ('quiz', 43), ('text', 44), ('discussion', 49), ('role_play', 55), ('song', 59)], blank=True, block_lookup={0: ('wagtail.blocks.IntegerBlock', (), {'label': 'Từ phút', 'min_value': 0}), 1: ('wagtail.blocks.IntegerBlock', (), {'label': 'Đến phút', 'min_value': 1}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Hoạt động', 'max_length': 120}), 3: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ví dụ: A2, A3.', 'label': 'Thẻ, phiếu dùng', 'max_length': 60, 'required': False}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'Lời đọc nguyên văn; việc làm viết nghiêng trong ngoặc vuông.', 'label': 'Lời thầy cô'}), 5: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'Chép lên bảng, hoặc chiếu cho lớp; không có lời của thầy cô, không có đáp án.', 'label': 'Chữ cho lớp thấy', 'required': False}), 6: ('wagtail.blocks.IntegerBlock', (), {'help_text': '0 là bỏ. Để trống ở mọi hoạt động thì bài không có bản 30 phút.', 'label': 'Số phút khi chỉ có 30 phút', 'min_value': 0, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('begins', 0), ('ends', 1), ('title', 2), ('things', 3), ('script', 4), ('shown', 5), ('short', 6)]], {}), 8: ('wagtail.blocks.ListBlock', (7,), {'label': 'Các hoạt động', 'min_num': 1}), 9: ('wagtail.blocks.StructBlock', [[('steps', 8)]], {}), 10: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ví dụ A2. Mỗi mã một lần trong bài.', 'label': 'Mã', 'max_length': 12, 'validators': [django.core.validators.RegexValidator('^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$', 'Chỉ dùng chữ không dấu, số và dấu nối.')]}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'Tên bộ thẻ', 'max_length': 120}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ví dụ: cắt rời, in hai mặt.', 'label': 'In thế nào', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('class', 'cả lớp một bộ'), ('group', 'mỗi nhóm một bộ'), ('pair', 'mỗi hai em một tờ'), ('pupil', 'mỗi em một tờ'), ('twice', 'mỗi em hai tờ')], 'help_text': 'Để tính cả lớp hết mấy tờ giấy.', 'label': 'Phát mấy tờ', 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Thẻ', 'max_length': 60}), 15: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Mặt trước'}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Mặt sau', 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('name', 14), ('front', 15), ('back', 16)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Các thẻ', 'min_num': 1}), 19: ('wagtail.blocks.StructBlock', [[('code', 10), ('title', 11), ('hint', 12), ('each', 13), ('cards', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'Tên phiếu', 'max_length': 120}), 21: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('pupil', 'phát cho học sinh'), ('teacher', 'thầy cô giữ'), ('parents', 'gửi cha mẹ học sinh')], 'label': 'Cho ai'}), 22: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('1', 'một tờ một trang'), ('2', 'hai tờ một trang'), ('4', 'bốn thẻ một trang')], 'label': 'Cỡ'}), 23: ('campaigns.schools.blocks.sheets.WordsBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link']}), 24: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 25: ('wagtail.blocks.ListBlock', (24,), {'label': 'Tên các cột', 'min_num': 2}), 26: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic'], 'required': False}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Hàng'}), 28: ('wagtail.blocks.ListBlock', (27,), {'label': 'Các hàng', 'min_num': 1}), 29: ('wagtail.blocks.StructBlock', [[('columns', 25), ('rows', 28)]], {}), 30: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('frame', 'khung trống để vẽ'), ('phone', 'điện thoại giấy'), ('circle', 'hình tròn xanh'), ('square', 'hình vuông đỏ'), ('triangle', 'hình tam giác vàng'), ('star', 'ngôi sao chàm')]}), 31: ('wagtail.blocks.StreamBlock', [[('words', 23), ('table', 29), ('drawing', 30)]], {'label': 'Mặt trước', 'required': True}), 32: ('wagtail.blocks.StreamBlock', [[('words', 23), ('table', 29), ('drawing', 30)]], {'label': 'Mặt sau', 'required': False}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'Không in trên phiếu; in chung ở phần của thầy cô.', 'label': 'Dặn thầy cô', 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('code', 10), ('title', 20), ('hint', 12), ('each', 13), ('holder', 21), ('copies', 22), ('front', 31), ('back', 32), ('note', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'Tên bài đố', 'max_length': 120}), 36: ('wagtail.blocks.TextBlock', (), {'label': 'Cách làm', 'required': False}), 37: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic'], 'label': 'Câu hỏi'}), 38: ('wagtail.blocks.CharBlock', (), {'max_length': 200}), 39: ('wagtail.blocks.ListBlock', (38,), {'label': 'Các câu trả lời', 'max_num': 6, 'min_num': 2}), 40: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('E', 'E'), ('F', 'F')], 'label': 'Đáp án'}), 41: ('wagtail.blocks.StructBlock', [[('text', 37), ('choices', 39), ('right', 40)]], {}), 42: ('wagtail.blocks.ListBlock', (41,), {'label': 'Các câu hỏi', 'min_num': 1}), 43: ('wagtail.blocks.StructBlock', [[('code', 10), ('title', 35), ('hint', 12), ('lead', 36), ('questions', 42)]], {}), 44: ('pages.text_blocks.TextBlock', (), {}), 45: ('wagtail.blocks.CharBlock', (), {'label': 'Tên thảo luận', 'max_length': 120}), 46: ('wagtail.blocks.CharBlock', (), {'max_length': 250}), 47: ('wagtail.blocks.ListBlock', (46,), {'label': 'Các câu hỏi', 'min_num': 1}), 48: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'Thầy cô giữ, không phát.', 'label': 'Nghe gì, chốt gì', 'required': False}), 49: ('wagtail.blocks.StructBlock', [[('code', 10), ('title', 45), ('hint', 12), ('questions', 47), ('listen', 48)]], {}), 50: ('wagtail.blocks.CharBlock', (), {'label': 'Tên đóng vai', 'max_length': 120}), 51: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Thầy cô nói'}), 52: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Lời gợi ý cho em'}), 53: ('wagtail.blocks.StructBlock', [[('name', 14), ('said', 51), ('answer', 52)]], {}), 54: ('wagtail.blocks.ListBlock', (53,), {'label': 'Các tình huống', 'min_num': 1}), 55: ('wagtail.blocks.StructBlock', [[('code', 10), ('title', 50), ('hint', 12), ('situations', 54)]], {}), 56: ('wagtail.blocks.CharBlock', (), {'label': 'Tên bài hát', 'max_length': 120}), 57: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Lời'}), 58: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ví dụ: học sinh lớp 5A tự đặt lời, nhà trường cho dùng.', 'label': 'Của ai, được dùng thế nào', 'max_length': 200}), 59: ('wagtail.blocks.StructBlock', [[('code', 10), ('title', 56), ('hint', 12), ('words', 57), ('rights', 58)]], {})}, verbose_name='bài học'),
        ),
        migrations.AlterField(
            model_name='schoolspage',
            name='shared',
            field=wagtail.fields.StreamField([('sheet', 17)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ví dụ A2. Mỗi mã một lần trong bài.', 'label': 'Mã', 'max_length': 12, 'validators': [django.core.validators.RegexValidator('^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$', 'Chỉ dùng chữ không dấu, số và dấu nối.')]}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Tên phiếu', 'max_length': 120}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Ví dụ: cắt rời, in hai mặt.', 'label': 'In thế nào', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('class', 'cả lớp một bộ'), ('group', 'mỗi nhóm một bộ'), ('pair', 'mỗi hai em một tờ'), ('pupil', 'mỗi em một tờ'), ('twice', 'mỗi em hai tờ')], 'help_text': 'Để tính cả lớp hết mấy tờ giấy.', 'label': 'Phát mấy tờ', 'required': False}), 4: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('pupil', 'phát cho học sinh'), ('teacher', 'thầy cô giữ'), ('parents', 'gửi cha mẹ học sinh')], 'label': 'Cho ai'}), 5: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('1', 'một tờ một trang'), ('2', 'hai tờ một trang'), ('4', 'bốn thẻ một trang')], 'label': 'Cỡ'}), 6: ('campaigns.schools.blocks.sheets.WordsBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link']}), 7: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 8: ('wagtail.blocks.ListBlock', (7,), {'label': 'Tên các cột', 'min_num': 2}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic'], 'required': False}), 10: ('wagtail.blocks.ListBlock', (9,), {'label': 'Hàng'}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Các hàng', 'min_num': 1}), 12: ('wagtail.blocks.StructBlock', [[('columns', 8), ('rows', 11)]], {}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('frame', 'khung trống để vẽ'), ('phone', 'điện thoại giấy'), ('circle', 'hình tròn xanh'), ('square', 'hình vuông đỏ'), ('triangle', 'hình tam giác vàng'), ('star', 'ngôi sao chàm')]}), 14: ('wagtail.blocks.StreamBlock', [[('words', 6), ('table', 12), ('drawing', 13)]], {'label': 'Mặt trước', 'required': True}), 15: ('wagtail.blocks.StreamBlock', [[('words', 6), ('table', 12), ('drawing', 13)]], {'label': 'Mặt sau', 'required': False}), 16: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'Không in trên phiếu; in chung ở phần của thầy cô.', 'label': 'Dặn thầy cô', 'required': False}), 17: ('wagtail.blocks.StructBlock', [[('code', 0), ('title', 1), ('hint', 2), ('each', 3), ('holder', 4), ('copies', 5), ('front', 14), ('back', 15), ('note', 16)]], {})}, help_text='Trang đầu tiên mở và in được từ mỗi bài, ở chỗ quy tắc an toàn.', verbose_name='trang dùng chung'),
        ),
        migrations.CreateModel(
            name='PackApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('pack', models.UUIDField(editable=False)),
                ('digest', models.CharField(blank=True, editable=False, max_length=64)),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-recorded_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('pack',), name='pack_approved_once')],
            },
        ),
    ]
