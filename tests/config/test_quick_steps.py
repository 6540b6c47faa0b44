"""Going by steps, what no other model looks at draws no other model anew; what is drawn is the same."""

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from config.schema.quick_steps import quick_steps


def person() -> ModelState:
    fields = [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=20))]
    return ModelState("toys", "Person", fields, {"constraints": [], "indexes": []})


def note() -> ModelState:
    about = models.ForeignKey("toys.Person", models.CASCADE, related_name="notes")
    return ModelState("toys", "Note", [("id", models.AutoField(primary_key=True)), ("about", about)])


@pytest.fixture
def state():
    """One model, drawn."""
    it = ProjectState()
    it.add_model(person())
    assert it.apps.get_model("toys", "person")
    return it


def drawn(state: ProjectState, name: str):
    return state.apps.get_model("toys", name)


def test_a_new_model_is_drawn_alone_and_known_to_those_that_it_refers_to(state):
    before = drawn(state, "person")
    with quick_steps():
        state.add_model(note())
    assert drawn(state, "person") is before
    assert drawn(state, "note")._meta.get_field("about").related_model is before
    assert [one.related_model for one in before._meta.related_objects] == [drawn(state, "note")]
    assert set(state.relations["toys", "person"]) == {("toys", "note")}


def test_an_index_and_a_constraint_come_and_go_in_the_model_as_it_is_drawn(state):
    before = drawn(state, "person")
    unique = models.UniqueConstraint(fields=["name"], name="%(class)s_name_once")
    with quick_steps():
        state.add_index("toys", "person", models.Index(fields=["name"], name="by_name"))
        state.add_constraint("toys", "person", unique)
        assert drawn(state, "person") is before
        assert [one.name for one in before._meta.indexes] == ["by_name"]
        assert [one.name for one in before._meta.total_unique_constraints] == ["person_name_once"]
        state.remove_index("toys", "person", "by_name")
        state.remove_constraint("toys", "person", unique.name)
    assert (before._meta.indexes, before._meta.constraints, before._meta.total_unique_constraints) == ([], [], [])
    assert state.models["toys", "person"].options["constraints"] == []


def test_a_model_that_takes_the_place_of_another_is_drawn_with_all_that_refer_to_it(state):
    state.add_model(note())
    before = drawn(state, "person")
    with quick_steps():
        state.add_model(person())
    assert drawn(state, "person") is not before
    assert drawn(state, "note")._meta.get_field("about").related_model is drawn(state, "person")


def test_afterwards_django_draws_as_before(state):
    method = ProjectState.add_model
    with quick_steps():
        assert ProjectState.add_model is not method
    assert ProjectState.add_model is method
    before = drawn(state, "person")
    state.add_model(note())
    assert drawn(state, "person") is not before
