from importlib import import_module

from django.apps import apps
from django.db import connection
from wagtail.models import Collection, GroupApprovalTask, Workflow

names = import_module("pages.migrations.0003_vietnamese_names")


def test_what_wagtail_starts_with_is_named_in_vietnamese(db):
    workflow = Workflow.objects.create(name="Moderators approval")
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    root = Collection.add_root(name="Root")
    names.rename(apps, connection.SchemaEditorClass(connection))
    for row in (workflow, task, root):
        row.refresh_from_db()
    assert [workflow.name, task.name, root.name] == ["Duyệt trước khi đăng", "Duyệt trước khi đăng", "Chung"]


def test_a_name_that_somebody_chose_is_left_alone(db):
    workflow = Workflow.objects.create(name="Duyệt hai bước")
    below = Collection.add_root(name="Chung").add_child(name="Root")
    names.rename(apps, connection.SchemaEditorClass(connection))
    workflow.refresh_from_db()
    below.refresh_from_db()
    assert [workflow.name, below.name] == ["Duyệt hai bước", "Root"]
