"""A frozen report: written once, with its files, and never changed. A correction is a new version with its reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.annual.periods import Kind
from people.free_text import FreeLine
from people.units.unit import Unit


class AnnualReportQuerySet(models.QuerySet["AnnualReport"]):
    def last_versions(self):
        """Of each unit and series the last version."""
        later = models.Exists(
            AnnualReport.objects.filter(
                unit=models.OuterRef("unit"), series=models.OuterRef("series"), version__gt=models.OuterRef("version")
            )
        )
        return self.filter(~later)


class AnnualReport(models.Model):
    """`data` is canonical JSON (sorted keys, no spaces, UTF-8), `digest` its SHA-256 in hexadecimal. `series` is what
    versions follow in: of one unit and year, or of one unit and day.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    series = models.CharField(max_length=12)
    version = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    # the moment of the snapshot: everything in the report is as known then
    taken_at = models.DateTimeField()
    # NULL: by a command on the server
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # why it was made anew; "" of a first version
    reason = FreeLine(max_length=300, blank=True)
    data = models.TextField()
    digest = models.CharField(max_length=64)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo năm")
        verbose_name_plural = _("báo cáo năm")
        ordering = ["-as_of", "unit", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "series", "version"], name="annual_report_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="annual_report_anew_says_why",
            ),
            models.CheckConstraint(condition=Q(kind__in=["annual", "mid_year", "ad_hoc"]), name="annual_report_kind"),
        ]


class ReportFile(models.Model):
    """The very bytes, so that a later version of a library changes none of them."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="files")
    name = models.CharField(max_length=60)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("tệp của báo cáo")
        verbose_name_plural = _("tệp của báo cáo")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="annual_report_file_once")]


class ReportedPerson(models.Model):
    """Who stands in a report by which number. The numbers are drawn for each report, so nothing follows from them."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="people")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="annual_reports")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="annual_report_number_once"),
            models.UniqueConstraint(fields=["report", "person"], name="annual_report_person_once"),
        ]
