"""Wagtail's groups, derived from roles: one group a (role kind, unit), made with the first role and gone with the last.

Apps say with `allow` what a kind may do with their pages and models; nobody assigns a group by hand. `sync_all` brings
every group up to date after an upgrade brought new models, and runs with each `seed`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from media.holdings import collections_of, shared_collection
from people.rights import scope
from people.rights.roles import Role, RoleKind, role_changed
from people.rights.scope import is_top
from people.units.unit import Unit

# the group that approves in the workflow with which Wagtail starts; nobody is in it by hand
STARTER_APPROVERS = "Moderators"
# whose rights begin at the root of the tree, where their role is the province's
PROVINCIAL_KINDS = (RoleKind.PROVINCE_MANAGER, RoleKind.ADMINISTRATOR)
# the one page above all home pages
ROOT = "wagtailcore.page"
ALL_PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
EVERY = ("add", "change", "delete", "view", "publish", "lock", "unlock")
FILE_MODELS = ("wagtailimages.image", "wagtaildocs.document", "wagtailmedia.media")


@dataclass
class Rights:
    """What one role kind may do: `pages` {model label: actions}, taken at every page of that model (each locale has its
    own); `models` are labels whose every permission is held, `actions` those held singly, both {label: actions}.
    """

    pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # the same at the pages that `Model.tops_of(unit)` names, the highest within the reach of the role's unit
    unit_pages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    models: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # on every file of the library
    files: tuple[str, ...] = ()
    # on the files of the units within reach, and on those that the province shares
    unit_files: tuple[str, ...] = ()
    shared_files: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    all_snippets: bool = False
    # whether they approve what is submitted to the workflow with which Wagtail starts
    approves: bool = False


RIGHTS: dict[str, Rights] = defaultdict(Rights)


def allow(kind: str, **what) -> None:
    """Adds to what a role kind may do; called in the `ready` of the app that owns the pages or models."""
    rights = RIGHTS[kind]
    for name, value in what.items():
        present = getattr(rights, name)
        setattr(rights, name, {**present, **value} if isinstance(present, dict) else value)
    for label in what.get("pages", ()):
        if label != ROOT:
            post_save.connect(_page_saved, sender=label, dispatch_uid=f"pages.cms.groups.{label}")
    for label in what.get("unit_pages", ()):
        post_save.connect(_unit_page_saved, sender=label, dispatch_uid=f"pages.cms.groups.{label}")


class RoleGroup(models.Model):
    """Says which role a Wagtail group stands for."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="role_group")
    kind = models.CharField(_("vai trò"), max_length=20, choices=RoleKind.choices)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "unit"], name="role_group_once")]

    def __str__(self):
        return self.group.name


@transaction.atomic
def sync(kind: str, unit: Unit) -> None:
    """Makes the group of (kind, unit) what the roles held now ask for."""
    if kind not in RIGHTS:
        return
    holders = Role.objects.current().filter(kind=kind, unit=unit).values_list("user", flat=True)
    standing = RoleGroup.objects.filter(kind=kind, unit=unit).select_related("group").first()
    if not holders:
        if standing:
            standing.group.delete()
        return
    if standing is None:
        # the number keeps two units of one name apart
        name = f"{RoleKind(kind).label} – {unit.name[:100]} ({unit.code}, {unit.pk})"
        standing = RoleGroup.objects.create(group=Group.objects.create(name=name), kind=kind, unit=unit)
    rights = rights_of(kind, unit)
    _grant(standing.group, rights, unit)
    standing.group.user_set.set(holders)
    for task in GroupApprovalTask.objects.filter(groups__name=STARTER_APPROVERS):
        (task.groups.add if rights.approves else task.groups.remove)(standing.group)


def rights_of(kind: str, unit: Unit) -> Rights:
    """What a kind may do from this unit. On a unit below the province the kinds that lead the province may enter, and
    have what their unit's own pages give them: nothing that every unit shares.
    """
    return Rights() if kind in PROVINCIAL_KINDS and not is_top(unit) else RIGHTS[kind]


def sync_all() -> None:
    """Every group anew, and no group of a role that nobody holds."""
    current = set(Role.objects.current().filter(kind__in=RIGHTS).values_list("kind", "unit"))
    known = set(RoleGroup.objects.values_list("kind", "unit"))
    units = Unit.objects.in_bulk({unit for _kind, unit in current | known})
    for kind, unit in current | known:
        sync(kind, units[unit])


def _grant(group: Group, rights: Rights, unit: Unit) -> None:
    group.permissions.set(_model_permissions(rights))
    pages, collections = group.page_permissions, group.collection_permissions  # type: ignore[attr-defined]
    _set_rows(pages, GroupPagePermission, "page", group, _page_grants(rights, unit))
    _set_rows(collections, GroupCollectionPermission, "collection", group, _collection_grants(rights, unit))


def _set_rows(manager, model, place: str, group: Group, wanted: set[tuple[int, int]]) -> None:
    """Brings (place, permission) rows to `wanted`, touching none that is right."""
    rows = {(getattr(row, f"{place}_id"), row.permission_id): row.pk for row in manager.all()}
    model.objects.filter(pk__in=[pk for key, pk in rows.items() if key not in wanted]).delete()
    model.objects.bulk_create(
        model(group=group, permission_id=permission, **{f"{place}_id": at}) for at, permission in wanted - rows.keys()
    )


def _model_permissions(rights: Rights) -> Iterable[Permission]:
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for label, actions in rights.models.items():
        app, model = label.split(".")
        codenames = [f"{action}_{model}" for action in actions]
        wanted |= Q(content_type__app_label=app, content_type__model=model, codename__in=codenames)
    if rights.all_snippets:
        # an app that is loaded after this one
        from wagtail.snippets.models import get_snippet_models

        for model in get_snippet_models():
            wanted |= Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)
        wanted |= Q(codename="submit_translation", content_type__app_label="wagtail_localize")
    return Permission.objects.filter(wanted)


def _page_grants(rights: Rights, unit: Unit) -> set[tuple[int, int]]:
    permissions = dict(Permission.objects.filter(content_type__app_label="wagtailcore").values_list("codename", "pk"))
    grants = set()
    for label, actions in rights.pages.items():
        pages = Page.objects.filter(depth=1) if label == ROOT else apps.get_model(label).objects.all()
        for page in pages.values_list("pk", flat=True):
            grants |= {(page, permissions[f"{action}_page"]) for action in actions}
    for label, actions in rights.unit_pages.items():
        for page in apps.get_model(label).tops_of(unit):  # type: ignore[attr-defined]
            grants |= {(page, permissions[f"{action}_page"]) for action in actions}
    return grants


def _collection_grants(rights: Rights, unit: Unit) -> set[tuple[int, int]]:
    root = Collection.get_first_root_node()
    if root is None:
        return set()
    codenames = [f"{action}_collection" for action in rights.collections]
    own = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    grants = {(root.pk, pk) for pk in own.values_list("pk", flat=True)}
    grants |= {(root.pk, pk) for pk in _file_permissions(rights.files)}
    if rights.unit_files:
        collections = collections_of(scope.under(scope.resting_on(unit)))
        grants |= {(at, pk) for at in collections for pk in _file_permissions(rights.unit_files)}
    if rights.shared_files and (shared := shared_collection()):
        grants |= {(shared.pk, pk) for pk in _file_permissions(rights.shared_files)}
    return grants


def _file_permissions(actions: Iterable[str]) -> list[int]:
    wanted = Q(pk__in=[])
    for label in FILE_MODELS:
        app, model = label.split(".")
        wanted |= Q(content_type__app_label=app, codename__in=[f"{action}_{model}" for action in actions])
    return list(Permission.objects.filter(wanted).values_list("pk", flat=True))


# --- at once


def connect() -> None:
    role_changed.connect(_role_changed, dispatch_uid="pages.cms.groups")
    post_delete.connect(_role_deleted, sender=Role, dispatch_uid="pages.cms.groups")


def _role_changed(role: Role, **kwargs) -> None:
    sync(role.kind, role.unit)


def _role_deleted(instance: Role, **kwargs) -> None:
    sync(instance.kind, instance.unit)


def _page_saved(sender, instance, created: bool, **kwargs) -> None:
    """A catalogue added, as of another language: whoever works below the others works below this one."""
    if not created:
        return
    label = sender._meta.label_lower
    kinds = [kind for kind, rights in RIGHTS.items() if label in {name.lower() for name in rights.pages}]
    for standing in RoleGroup.objects.filter(kind__in=kinds).select_related("unit"):
        sync(standing.kind, standing.unit)


def _unit_page_saved(sender, instance, created: bool, **kwargs) -> None:
    """A space added, as in another language: it is at once within reach of whoever reaches its unit."""
    if not created:
        return
    label = sender._meta.label_lower
    kinds = [kind for kind, rights in RIGHTS.items() if label in {name.lower() for name in rights.unit_pages}]
    above = scope.above(instance.unit_id)
    for standing in RoleGroup.objects.filter(kind__in=kinds, unit__in=above).select_related("unit"):
        sync(standing.kind, standing.unit)


# --- what each kind may do, before other apps add theirs

for _kind in PROVINCIAL_KINDS:
    allow(
        _kind,
        # the root of the tree, so that the home page of a language added later is within reach at once
        pages={ROOT: ALL_PAGE_ACTIONS},
        models={
            "wagtailcore.workflow": EVERY,
            "wagtailcore.task": EVERY,
            "wagtailcore.groupapprovaltask": EVERY,
            "wagtailredirects.redirect": EVERY,
        },
        files=("add", "change", "choose"),
        collections=("add", "change", "delete"),
        all_snippets=True,
        approves=True,
    )
allow(RoleKind.ADMINISTRATOR, models={"wagtailcore.locale": EVERY})
allow(RoleKind.TRAINER, files=("add", "choose"))
# may enter; what they own comes with their own pages
allow(RoleKind.COMMUNE_EDITOR)
allow(RoleKind.TRANSLATOR)
