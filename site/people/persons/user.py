"""People on the roster, with or without a working sign-in.

No ethnicity and no identity-card number is stored; the reading language is a display preference, never reported.
"""

import re

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.languages import LANGUAGES


def normal_phone(text: str) -> str:
    """The Vietnamese telephone number as +84 and digits; "" where the text is none."""
    digits = re.sub(r"[\s.\-()]", "", text or "")
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("0"):
        digits = "+84" + digits[1:]
    elif digits.startswith("84"):
        digits = "+" + digits
    return digits if re.fullmatch(r"\+\d{8,15}", digits) else ""


class UserManager(BaseUserManager["User"]):
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
        """The active person with this staff code, e-mail or phone, or None."""
        login = (login or "").strip()
        if not login:
            return None
        match = Q(staff_code__iexact=login) | Q(email__iexact=login)
        if phone := normal_phone(login):
            match |= Q(phone=phone)
        return self.filter(match).order_by("pk").first()


class User(AbstractBaseUser, PermissionsMixin):
    staff_code = models.CharField(_("mã cán bộ"), max_length=40, unique=True)
    full_name = models.CharField(_("họ tên"), max_length=150)
    # NULL, not "", so that several people may have none
    email = models.EmailField(_("email"), null=True, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, null=True, blank=True, unique=True)
    is_active = models.BooleanField(_("được đăng nhập"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # when the page of the first sign-in was read; NULL: not yet
    welcomed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # a trainer's own consent to be named, with telephone, where a learner is told whom to ask
    named_as_trainer = models.BooleanField(_("cho học viên thấy tên và số điện thoại của tôi"), default=False)
    reads_in = models.CharField(_("ngôn ngữ đọc"), max_length=10, choices=LANGUAGES, default="vi")

    USERNAME_FIELD = "staff_code"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = _("người")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self):
        return self.full_name

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name.split()[-1] if self.full_name else self.staff_code
