"""The index of citations: a row for each place of a text that cites a document or an article. Derived; made again at
publishing, at saving a draft, and whole each night.
"""

from django.db import models

from pages.laws.known import slug_of


class LawCitation(models.Model):
    # of a citing kind, see pages.laws.kinds
    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=64)
    place = models.CharField(max_length=64, blank=True)
    is_draft = models.BooleanField(default=False)
    # the number, and how it stands in an address
    document = models.CharField(max_length=60)
    slug = models.CharField(max_length=60)
    # "" of the document as a whole; clause and point where the text goes so deep
    article = models.CharField(max_length=8, blank=True)
    clause = models.CharField(max_length=8, blank=True)
    point = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target", "place", "is_draft", "document", "article", "clause", "point"],
                name="law_cited_once_in_a_place",
            )
        ]
        indexes = [models.Index(fields=["slug", "article"], name="law_citation_by_article")]

    def save(self, *args, **kwargs):
        self.slug = slug_of(self.document)
        super().save(*args, **kwargs)
