"""Views and contexts of page classes, registered by the app that shows them.

A page class holds what editors write; its view stands on a higher floor, so the class cannot import it. The app
registers the view when Django is ready:

    serves(LessonPage, learning.lesson)                  # (request, page) -> response, in place of the template
    adds_context(CoursePage, learning.course_context)    # (request, page) -> dict, for the template
    adds_sample(CoursePage, previewing.course_sample)    # (request, page) -> dict, for the editor's preview
"""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]
Context = Callable[..., dict]

_VIEWS: dict[type, View] = {}
_CONTEXTS: dict[type, Context] = {}
_SAMPLES: dict[type, Context] = {}


def serves(page_class: type, view: View) -> None:
    _VIEWS[page_class] = view


def adds_context(page_class: type, context: Context) -> None:
    _CONTEXTS[page_class] = context


def adds_sample(page_class: type, sample: Context) -> None:
    _SAMPLES[page_class] = sample


class RegisteredViewsMixin:
    """Mixin of page classes: asks the registry first, then Wagtail."""

    def serve(self, request, *args, **kwargs):
        view = _VIEWS.get(type(self))
        return view(request, self) if view else super().serve(request, *args, **kwargs)  # type: ignore[misc]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        added = _CONTEXTS.get(type(self))
        return {**context, **added(request, self)} if added else context

    def get_preview_context(self, request, mode_name):
        """A sample replaces the context, which is about a learner: an editor is none."""
        sample = _SAMPLES.get(type(self))
        if sample is None:
            return super().get_preview_context(request, mode_name)  # type: ignore[misc]
        return {**super().get_context(request), **sample(request, self)}  # type: ignore[misc]
