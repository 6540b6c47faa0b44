"""The question bank under /cms/, filtered by category, tag, objective, difficulty and lesson; searchable without
diacritics."""

import django_filters
from django import forms
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm, LocaleFilterMixin
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page, Revision
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet, UnpublishView

from courses.questions.bank import Difficulty, Question, folded
from courses.questions.changed_keys import holds_up
from pages.cms.page_lists import with_translations


def matching(questions: QuerySet, words: str) -> QuerySet:
    """Filters questions with all the words in name, category or text, with or without diacritics."""
    for word in folded(words).split():
        questions = questions.filter(folded__contains=word)
    return questions


def tags_in_use(_request) -> QuerySet:
    return Tag.objects.filter(courses_questiontag_items__isnull=False).distinct().order_by("name")


def lessons_in_use(_request) -> QuerySet:
    return Page.objects.filter(pk__in=Question.objects.values("lesson")).order_by("path")


class QuestionFilters(WagtailFilterSet):
    category = django_filters.AllValuesFilter(field_name="category", label=_("Nhóm"))
    tags = django_filters.ModelChoiceFilter(field_name="tags", queryset=tags_in_use, label=_("Nhãn"))
    objective = django_filters.AllValuesFilter(field_name="objective", label=_("Mục tiêu"))
    difficulty = django_filters.ChoiceFilter(choices=Difficulty.choices, label=_("Độ khó"))
    lesson = django_filters.ModelChoiceFilter(queryset=lessons_in_use, label=_("Mục để ôn"))
    live = django_filters.BooleanFilter(field_name="live", label=_("Đã xuất bản"))

    class Meta:
        model = Question
        fields = ["category", "tags", "objective", "difficulty", "lesson", "live"]


def with_schedule(questions: QuerySet) -> QuerySet:
    """Annotates whether a revision is scheduled for publication."""
    waiting = Revision.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Question),
        object_id=Cast(OuterRef("pk"), CharField()),
        approved_go_live_at__isnull=False,
    )
    return questions.annotate(_approved_schedule=Exists(waiting))


class QuestionIndex(IndexView):
    def get_base_queryset(self):
        """Adds what the state and the buttons of each row need."""
        return with_schedule(with_translations(super().get_base_queryset().written()))

    @cached_property
    def header_buttons(self):
        # the screen stands on a higher floor
        return [*super().header_buttons, HeaderButton(_("Thử đoán mò"), reverse("guessing"), icon_name="view")]

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query) if self.is_searching else queryset


class TitleMixin:
    """Adds the title that Wagtail gives its other editors, for screen readers."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "title": context["header_title"]}


class QuestionCreate(TitleMixin, CreateView):
    pass


class QuestionEdit(TitleMixin, EditView):
    pass


class QuestionUnpublish(UnpublishView):
    """Refuses while a course waits to be approved with the question."""

    def dispatch(self, request, *args, **kwargs):
        if reasons := holds_up(self.object.pk):
            for reason in reasons:
                messages.error(request, reason)
            return redirect(Question.snippet_viewset.get_url_name("edit"), self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ChooserSearch(LocaleFilterMixin, BaseFilterForm):
    q = forms.CharField(
        label=_("Tìm"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Tên, nhóm hoặc chữ trong câu")})
    )

    def filter(self, objects):
        objects = super().filter(objects)
        if words := self.cleaned_data.get("q"):
            self.is_searching, self.search_query = True, words
            objects = matching(objects, words)
        return objects


class ShowsWhatIsAsked:
    filter_form_class = ChooserSearch

    def get_object_list(self):
        return super().get_object_list().written()  # type: ignore[misc]

    @property
    def columns(self):
        title, *rest = super().columns  # type: ignore[misc]
        title.accessor = "shown_name"
        return [title, Column("asks", label=_("Câu hỏi"), accessor="asks"), *rest]


class QuestionChoose(ShowsWhatIsAsked, ChooseView):
    pass


class QuestionChooseResults(ShowsWhatIsAsked, ChooseResultsView):
    pass


class QuestionChooser(SnippetChooserViewSet):
    choose_view_class = QuestionChoose
    choose_results_view_class = QuestionChooseResults


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Ngân hàng câu hỏi")
    menu_order = 220
    add_to_admin_menu = True
    list_display = [
        "shown_name",
        "asks",
        "category",
        "objective",
        "kind_name",
        # Wagtail reads its own words before a language is known
        LocaleColumn(label=_("Ngôn ngữ")),
        LiveStatusTagColumn(label=_("Tình trạng")),
        UpdatedAtColumn(label=_("Cập nhật")),
    ]
    list_per_page = 50
    search_fields = ["folded"]
    filterset_class = QuestionFilters
    index_view_class = QuestionIndex
    add_view_class = QuestionCreate
    edit_view_class = QuestionEdit
    unpublish_view_class = QuestionUnpublish
    chooser_viewset_class = QuestionChooser
    copy_view_enabled = True
    inspect_view_enabled = True
    inspect_view_fields = ["name", "category", "objective", "difficulty", "lesson"]


def refuse_deletion(request, instances):
    """Refuses to delete questions that are in use and tells the editor why; a hook for one or several snippets."""
    questions = [instance for instance in instances if isinstance(instance, Question)]
    reasons = [f"{question.label}: {reason}" for question in questions if (reason := question.use())]
    if not reasons:
        return None
    for reason in reasons:
        messages.error(request, reason)
    return redirect(Question.snippet_viewset.get_url_name("list"))
