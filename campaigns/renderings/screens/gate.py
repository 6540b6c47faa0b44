"""Who may open what under `/in-an/`. What is not of one's reach is not found."""

from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from campaigns.communes.commune import CommuneSpacePage
from campaigns.renderings import whose
from campaigns.renderings.formats import FORMATS, Format
from campaigns.renderings.sheets import SheetVersion
from people.rights.scope import under
from people.signing_in.resuming import signed_in_or_kept

# a database's largest whole number: a longer one in an address names nothing
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Province:
    """In place of a commune's space: the province's own sheets, 0 in an address."""

    pk: int = 0
    unit_id: None = None

    @property
    def title(self) -> str:
        return _("Tờ của tỉnh")


def commune(space) -> CommuneSpacePage | None:
    """None for the province."""
    return None if isinstance(space, Province) else space


def own_page(view):
    return never_cache(signed_in_or_kept(view))


def printing(view):
    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.prints(request.user):
            raise PermissionDenied(_("In tờ của xã là việc của biên tập viên, thủ trưởng đơn vị và quản lý cấp tỉnh."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def of_space(view):
    """`space` becomes a commune's space in her reach, or the province for who leads it."""

    @wraps(view)
    def gated(request, space: int, *args, **kwargs):
        found: CommuneSpacePage | Province | None
        if space == 0:
            found = Province() if whose.leads(request.user) else None
        else:
            found = whose.spaces(request.user).filter(pk=min(space, LARGEST)).first()
        if found is None:
            raise Http404
        return view(request, found, *args, **kwargs)

    return printing(gated)


def of_version(view):
    """`number` and `version` become an issued one of a commune in her reach."""

    @wraps(view)
    def gated(request, number: int, version: int, *args, **kwargs):
        rows = SheetVersion.objects.filter(sheet=min(number, LARGEST), number=min(version, LARGEST))
        found = rows.select_related("sheet__message", "sheet__unit", "withdrawal__replaced_by", "contact").first()
        if found is None or not reaches(request.user, found):
            raise Http404
        return view(request, found, *args, **kwargs)

    return printing(gated)


def reaches(user, version: SheetVersion) -> bool:
    if version.sheet.unit_id is None:
        return whose.leads(user)
    units = whose.spaces(user).values_list("unit", flat=True)
    return under(units).filter(unit=version.sheet.unit_id).exists()


def leading(view):
    """For who leads the campaign in the province."""

    @wraps(view)
    def gated(request, *args, **kwargs):
        if not whose.leads(request.user):
            raise PermissionDenied(_("Lời của chiến dịch do quản lý cấp tỉnh sửa và duyệt."))
        return view(request, *args, **kwargs)

    return own_page(gated)


def format_or_404(key: str) -> Format:
    if key not in FORMATS:
        raise Http404
    return FORMATS[key]


def trail(space: CommuneSpacePage | Province | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    steps = [(_("In ấn"), reverse("prints:home"))]
    if space is not None:
        steps.append((space.title, reverse("prints:gallery", args=[space.pk])))
    return [*steps, *more]
