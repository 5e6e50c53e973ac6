"""Every part that pages are built of, in every state, for whoever builds or checks pages."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from registry.users.policies import not_found
from registry.web.access import person
from registry.web.forms import OneFileField, RegistryForm
from registry.web.official.duties import Duty
from registry.web.paging import Page

_WAYS = {"declare": _("I declare an account"), "none": _("I have no account")}


class _Fields(RegistryForm):
    """One field of each kind; sent empty, each shows its refusal."""

    text = forms.CharField(label=_("Full name"), help_text=_("As it stands on the staff list."))
    optional = forms.CharField(label=_("Position"), required=False)
    # A browser asks that a password has its user name before it.
    username = forms.CharField(
        label=_("Login name"), widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    date = forms.DateField(label=_("On the day"), help_text=_("For example 30/06/2026."))
    words = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    select = forms.ChoiceField(label=_("Choose one"), choices=[("", "–"), *_WAYS.items()])
    radio = forms.ChoiceField(label=_("Choose one"), choices=list(_WAYS.items()), widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(
        label=_("Choose any"), choices=list(_WAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label=_("I have read this"))
    file = OneFileField(label=_("File"))
    shut = forms.CharField(label=_("Staff code"), required=False, disabled=True, initial="YT-001")


@require_http_methods(["GET", "HEAD", "POST"])
def style(request: HttpRequest) -> HttpResponse:
    """Draw everything once. Nothing on the page does anything: what is sent is not read.

    Raises:
        NotFoundError: the person is no administrator.
    """
    if not person(request).is_staff:
        raise not_found()
    middle: Page[Any] = Page([], "next", is_first=False)
    context = {
        "kinds": ("ok", "wait", "attention", "bad", "neutral"),
        "buttons": ("primary", "quiet", "danger"),
        "crumbs": [("#crumbs", _("Staff"))],
        "steps": [_("Link"), _("Details"), _("Check")],
        "duties": (
            Duty(
                "ACC-01",
                str(_("The name differs from the staff list.")),
                "name_shown",
                str(_("Must")),
                "bad",
                2,
                "QD-874.4-2",
                "QĐ 874",
            ),
            Duty(
                "ACC-13",
                str(_("A quiet sentence.")),
                "name_shown",
                str(_("For the register itself")),
                "neutral",
                -1,
                "",
                str(_("the register, to tell accounts apart")),
            ),
        ),
        "reasons": {"name_shown": _("The name differs from the staff list.")},
        "middle": middle,
        "plain": _Fields(auto_id="plain_%s"),
        "refused": _Fields(data={}, files={}, auto_id="refused_%s"),
        "names": ("Lê Văn Ái", "Đặng Thị Ánh", "Nguyễn Hữu Đạt", "H’ Linh Mlô Duôn", "Phạm Ngọc Uyên"),
        "letters": (
            "ẤẦẨẪẬ ẮẰẲẴẶ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ỲÝỶỸỴ Đ",
            "ấầẩẫậ ắằẳẵặ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳýỷỹỵ đ",
        ),
    }
    return render(request, "web/style.html", context)
