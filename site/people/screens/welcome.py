"""The one page at the first sign-in: what this is, how long it takes, what the certificate means, an address."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache

from people.log.audit import Act, record
from people.persons.contacts import contact_change, contacts_changed
from people.persons.phones import normal_phone
from people.persons.user import User
from people.signing_in.landing import own_work
from people.signing_in.resuming import signed_in_or_kept


class AddressForm(forms.ModelForm):
    """Adds what is missing; an address that is there already is changed by an administrator only."""

    class Meta:
        model = User
        fields = ["phone", "email"]

    # as people write it: longer than the number that is kept
    phone = forms.CharField(label=gettext_lazy("điện thoại"), required=False, max_length=80)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("phone", "email"):
            self.fields[name].required = False
            if getattr(self.instance, name):
                del self.fields[name]

    def clean_email(self):
        email = (self.cleaned_data["email"] or "").lower() or None
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Email này đang thuộc về người khác."))
        return email

    def clean_phone(self):
        if not self.cleaned_data["phone"]:
            return None
        phone = normal_phone(self.cleaned_data["phone"])
        if not phone:
            raise ValidationError(gettext("Số điện thoại không đúng dạng; hãy ghi như 0905 123 456."))
        if User.objects.filter(phone=phone).exclude(pk=self.instance.pk).exists():
            raise ValidationError(gettext("Số điện thoại này đang thuộc về người khác."))
        return phone


@never_cache
@signed_in_or_kept
def welcome(request):
    """Shown until its button was pressed once; afterwards it leads on."""
    if request.user.welcomed_at is not None:
        return redirect(own_work(request.user))
    form = AddressForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        person.welcomed_at = timezone.now()
        person.save(update_fields=["phone", "email", "welcomed_at"])
        if form.changed_data:
            record(Act.CHANGED_CONTACT, person, person=person)
            contacts_changed.send(
                sender=User, changes=[contact_change(person, dict(form.initial), form.changed_data)], by=person
            )
        return redirect(own_work(person))
    return render(request, "account/welcome.html", {"form": form}, status=422 if form.errors else 200)
