from django.db import migrations, models

# the starter's words for its messages, as `campaigns/starter/campaign.toml` has them
WORDS = {
    "di-lam-xa": "đi lao động nước ngoài, xuất khẩu lao động, đi làm ở Lào, Campuchia, Thái Lan, Trung Quốc, Malaysia, làm công nhân, hộ chiếu",
    "viec-tren-mang": "bị lừa, bị giữ, bị nhốt ở Campuchia, Myanmar, Lào, Philippines, casino, sòng bạc, tuyển dụng trên mạng, tiền chuộc, giải cứu",
    "cuoi-xa": "lấy chồng Trung Quốc, lấy chồng Hàn Quốc, Đài Loan, Malaysia, Singapore, lấy chồng xa, lấy chồng nước ngoài, cô dâu, mai mối, môi giới hôn nhân",
    "kho-nuoi-con": "cho con nuôi, xin con nuôi, bán con, đẻ thuê, mang thai hộ",
    "khi-ket-tien": "bán thận, bán nội tạng, vay nặng lãi, tín dụng đen, vay tiền trên mạng",
}


def fill(apps, schema_editor):
    """`prepare` writes the search index anew afterwards."""
    message, revisions = apps.get_model("campaigns", "MessagePage"), apps.get_model("wagtailcore", "Revision")
    for slug, words in WORDS.items():
        for page in message.objects.filter(slug=slug, locale__language_code="vi", search_words=""):
            message.objects.filter(pk=page.pk).update(search_words=words)
            # else the next publication would empty the field again
            for revision in revisions.objects.filter(pk__in=[page.latest_revision_id, page.live_revision_id]):
                revision.content["search_words"] = words
                revision.save()


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0005_library_pictures"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            "messagepage",
            "search_words",
            models.CharField(
                blank=True,
                default="",
                help_text="Không hiện trên trang. Ví dụ: lấy chồng Trung Quốc, cô dâu.",
                max_length=400,
                verbose_name="lời người ta hay gõ để tìm",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
