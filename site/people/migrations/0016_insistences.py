

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0015_course_submissions'),
    ]

    operations = [
        migrations.AlterField(
            model_name='entry',
            name='act',
            field=models.CharField(choices=[('saw_person', 'Xem hồ sơ'), ('saw_people', 'Xem danh sách cán bộ'), ('exported', 'Xuất danh sách cán bộ'), ('contact', 'Sửa liên hệ'), ('imported', 'Nhập danh sách cán bộ'), ('ended_unit', 'Kết thúc mọi công tác của một đơn vị'), ('undid', 'Hoàn tác một lần thay đổi nhiều người'), ('gave_role', 'Giao vai trò'), ('ended_role', 'Kết thúc vai trò'), ('asked_role', 'Đề nghị cấp tỉnh giao vai trò'), ('answered_role', 'Trả lời đề nghị giao vai trò'), ('voided', 'Hủy một lần hoàn thành'), ('granted', 'Thêm lượt làm bài'), ('submitted', 'Gửi duyệt khóa học'), ('unsubmitted', 'Rút bài gửi duyệt'), ('sent_back', 'Gửi lại khóa học để sửa'), ('approved', 'Duyệt khóa học'), ('disapproved', 'Rút duyệt khóa học'), ('recognised', 'Công nhận các lần học thử'), ('confirmed', 'Xác nhận danh sách đơn vị'), ('unconfirmed', 'Rút xác nhận danh sách đơn vị'), ('cert_issued', 'Cấp chứng nhận'), ('cert_revoked', 'Thu hồi chứng nhận'), ('cert_reissued', 'Cấp lại chứng nhận'), ('cert_batch', 'In nhiều chứng nhận'), ('cert_file', 'Tải chứng nhận'), ('slip', 'In phiếu kích hoạt'), ('slip_no_second', 'In phiếu kích hoạt bỏ bước xác nhận thứ hai'), ('restored', 'Khôi phục tài khoản theo yêu cầu của chủ'), ('no_second_step', 'Bỏ bước xác nhận thứ hai'), ('own_data', 'Lấy dữ liệu của mình'), ('asked_erasure', 'Đề nghị xóa thông tin'), ('withdrew', 'Rút đề nghị xóa thông tin'), ('refused', 'Không xóa thông tin theo đề nghị'), ('erased', 'Xóa thông tin cá nhân'), ('insisted', 'Vẫn giữ chữ sau khi được nhắc'), ('saw_insisted', 'Xem các lần vẫn giữ chữ'), ('saw_audit', 'Xem nhật ký'), ('audit_file', 'Xuất nhật ký')], max_length=16),
        ),
        migrations.CreateModel(
            name='Insistence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('form', models.CharField(max_length=20)),
                ('signs', models.CharField(max_length=80)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='lý do')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='insistences', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'verbose_name': 'lần vẫn giữ chữ',
                'verbose_name_plural': 'lần vẫn giữ chữ',
                'ordering': ['-at', '-pk'],
            },
        ),
    ]
