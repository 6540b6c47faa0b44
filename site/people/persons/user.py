"""People on the roster, with or without a working sign-in.

No ethnicity and no identity-card number is stored; the reading language is a display preference, never reported.
"""

from itertools import pairwise
from secrets import token_urlsafe

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import FilteredRelation, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES
from letters.folding import searched, spelled, visible
from letters.order import name_order
from people.columns import DerivedField, Deriving, DerivingQuerySet, VisibleField
from people.persons.phones import local_phone, only_phone, phones_in, typed_digits

# what the rows of a change of many people call somebody's account
PERSON = "person"
# what the code begins with that somebody becomes when her personal data are erased (đã xóa)
ERASED = "DX-"


# letters of the first syllable of a family name that is written in two or as one: "A Lăng", "Zơ Râm", "Bh Nước"
SHORT_SYLLABLE = 3


def search_words(full_name: str, staff_code: str, email: str, phone: str) -> str:
    """What a person is found by; each word after a space, so that " word" matches its beginning."""
    name = searched(full_name)
    words = f"{_family_name_as_one(name)}{name} {searched(f'{staff_code} {email}')}"
    return f" {words} {local_phone(phone)} {phone.removeprefix('+')} "


def _family_name_as_one(name: str) -> str:
    """ "alang " of "a lang thi ha": who types it as one finds it."""
    first, *more = name.split(" ", 2)
    return f"{first}{more[0]} " if more and len(first) <= SHORT_SYLLABLE else ""


def no_password() -> str:
    """What stands in place of a password that nobody has set: it fits none, and is never the same twice, since what
    opens an account is signed with it.
    """
    return UNUSABLE_PASSWORD_PREFIX + token_urlsafe(30)


# letters of a search: more name nobody
LONGEST_TYPED = 100


def _has_each(words: list[str]) -> Q:
    """Each word, or what it makes with a short one before it: "a lang" finds "Alăng"."""
    fits = [Q(search_words__contains=f" {word}") for word in words]
    for place, (one, other) in enumerate(pairwise(words)):
        if len(one) <= SHORT_SYLLABLE:
            as_one = Q(search_words__contains=f" {one}{other}")
            fits[place] |= as_one
            fits[place + 1] |= as_one
    return Q(*fits)


class UserQuerySet(DerivingQuerySet["User"]):
    def by_name(self):
        """By given name, then by family and middle names."""
        return self.order_by("name_order", "pk")

    def found(self, typed: str):
        """Whose name, code, e-mail or telephone has every typed word, in any spelling, or whose telephone is among what
        was typed ("DĐ: 0905 123 456").
        """
        typed = typed[:LONGEST_TYPED]
        words = [digits] if (digits := typed_digits(typed)) else searched(typed).split()
        every = _has_each(words)
        phones = phones_in(typed)
        return self.filter(every | Q(phone__in=phones) if phones else every)

    def spelled_like(self, code: str):
        return self.filter(code_spelling=spelled(code)).order_by("pk")

    def by_code(self, code: str) -> "User | None":
        """Whoever bears exactly this code; only if nobody does, the one person whose code is spelled like it."""
        return owner(code, self.spelled_like(code))

    def spelled_alike(self) -> dict[str, list["User"]]:
        """{spelling: people} of the codes that an upgrade kept although they are spelled alike, and that are not those
        of one person by now.
        """
        kept = [*self.model._base_manager.filter(shares_code=True).values_list("code_spelling", flat=True)]
        if not kept:
            return {}
        together: dict[str, list[User]] = {}
        for person in self.unmerged().filter(code_spelling__in=kept).order_by("code_spelling", "pk"):
            together.setdefault(person.code_spelling, []).append(person)
        return {spelling: people for spelling, people in together.items() if len(people) > 1}

    def unmerged(self):
        """Without records that are merged into another one (`people.persons.merges`)."""
        merged = FilteredRelation("merges_away", condition=Q(merges_away__superseded_at=None))
        return self.annotate(merged=merged).filter(merged=None)


def owner(code: str, alike) -> "User | None":
    """Of the people whose codes are spelled alike, the one who is meant by `code`; None where it may be several."""
    alike = list(alike)
    exactly = [person for person in alike if person.staff_code in (code, visible(code))]
    meant = exactly or alike
    return meant[0] if len(meant) == 1 else None


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, staff_code, password=None, **fields):
        user = self.model(staff_code=staff_code, **fields)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, staff_code, password=None, **fields):
        return self.create_user(staff_code, password, is_superuser=True, **fields)

    def by_login(self, login: str | None):
        """The person with this staff code, else with this e-mail, else with this phone, or None."""
        login = visible(login or "")
        if not login:
            return None
        phone = only_phone(login)
        match = Q(code_spelling=spelled(login)) | Q(email__iexact=login)
        people = list(self.unmerged().filter(match | Q(phone=phone) if phone else match).order_by("pk"))
        alike = [person for person in people if person.code_spelling == spelled(login)]
        if alike:
            return owner(login, alike)
        mailed = [person for person in people if (person.email or "").casefold() == login.casefold()]
        return next(iter(mailed or people), None)


class User(Deriving, AbstractBaseUser, PermissionsMixin):
    staff_code = VisibleField(_("mã cán bộ"), max_length=40, unique=True)
    full_name = VisibleField(_("họ tên"), max_length=150)
    # NULL, not "", so that several people may have none
    email = models.EmailField(_("email"), null=True, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("được đăng nhập"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # when the page of the first sign-in was read; NULL: not yet
    welcomed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # raised whenever links and slips of before shall open nothing any more; part of every link
    access_round = models.PositiveIntegerField(default=0, editable=False)
    # a trainer's own consent to be named, with telephone, where a learner is told whom to ask
    named_as_trainer = models.BooleanField(_("cho học viên thấy tên và số điện thoại của tôi"), default=False)
    reads_in = models.CharField(_("ngôn ngữ đọc"), max_length=10, choices=LANGUAGES, default="vi")
    code_spelling = DerivedField(of=("staff_code",), work=spelled, db_index=True)
    # the code is spelled like an earlier person's: only of people who were here before that was refused
    shares_code = models.BooleanField(default=False, editable=False)
    search_words = DerivedField(of=("full_name", "staff_code", "email", "phone"), work=search_words)
    name_order = DerivedField(of=("full_name",), work=name_order)

    USERNAME_FIELD = "staff_code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = _("người")
        # the first page of a list is read without putting everybody in order
        indexes = [
            models.Index(fields=["name_order", "id"], name="user_in_order"),
            # the few of many: who never signed in, who cannot be reached, whose code an upgrade kept beside its like
            models.Index(fields=["id"], condition=Q(last_login=None), name="user_never_signed_in"),
            models.Index(fields=["id"], condition=Q(email=None, phone=None), name="user_not_reached"),
            models.Index(fields=["code_spelling"], condition=Q(shares_code=True), name="user_code_kept_alike"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.UniqueConstraint(
                fields=["code_spelling"], condition=Q(shares_code=False), name="user_code_spelled_once"
            ),
        ]

    def __str__(self):
        return self.full_name

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split()[-1] if self.full_name else self.staff_code


def is_erased(person: User) -> bool:
    return person.full_name == person.staff_code and person.staff_code.startswith(ERASED)
