"""Goes through the steps of a database without drawing nearly all models anew at each of them.

Django keeps the models as they were at each step. When one changes it draws all anew that are related to it, and
through pages and people nearly every one is. Three kinds of change need less:

- a new model is drawn alone: nothing refers to it yet, and those that it refers to learn of it as they do when Django
  loads an app's models;
- an index or a constraint is put into the model as it is drawn: no other model looks at it;
- which models a setting may swap does not change while a process runs, but Django forgets it at each drawing and looks
  through all models for each foreign key.

`write_schema --check` compares what comes of it with the file, which was first written without.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial, wraps

from django.apps import apps
from django.db.migrations.state import ProjectState, StateApps

SWAPPABLE = "get_swappable_settings_name"


@contextmanager
def quick_steps() -> Iterator[None]:
    """Around whatever goes by steps, in a process that does nothing else meanwhile."""
    kept = {name: getattr(ProjectState, name) for name in WAYS}
    for name, way in WAYS.items():
        setattr(ProjectState, name, way(kept[name]))
    # on the registry itself, where it is not forgotten with what was found out about the drawn models
    vars(apps)[SWAPPABLE] = cache(partial(getattr(type(apps), SWAPPABLE).__wrapped__, apps))
    try:
        yield
    finally:
        vars(apps).pop(SWAPPABLE, None)
        for name, method in kept.items():
            setattr(ProjectState, name, method)


@contextmanager
def _undrawn(state: ProjectState) -> Iterator[StateApps | None]:
    """The drawn models, or None; within, the state changes as if none were drawn yet."""
    drawn = state.__dict__.pop("apps", None)
    try:
        yield drawn
    finally:
        if drawn is not None:
            state.__dict__["apps"] = drawn


def _adding_one(method: Callable) -> Callable:
    @wraps(method)
    def add_model(self, model_state):
        if (model_state.app_label, model_state.name_lower) in self.models:
            return method(self, model_state)
        with _undrawn(self) as drawn:
            method(self, model_state)
        if drawn is not None:
            drawn.render_multiple([model_state])

    return add_model


def _changing_in_place(method: Callable) -> Callable:
    @wraps(method)
    def change(self, app_label, model_name, option_name, *details):
        with _undrawn(self) as drawn:
            method(self, app_label, model_name, option_name, *details)
        if drawn is not None:
            _put(drawn.get_model(app_label, model_name)._meta, option_name, self.models[app_label, model_name].options)

    return change


def _put(meta, option_name: str, options: dict) -> None:
    """What the model is asked about since: its own list, and what Django derived from the old one."""
    setattr(meta, option_name, meta._format_names(options[option_name]))
    meta.__dict__.pop("total_unique_constraints", None)


WAYS = {
    "add_model": _adding_one,
    "_append_option": _changing_in_place,
    "_remove_option": _changing_in_place,
    "_alter_option": _changing_in_place,
}
