"""Signing in and out, and the password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from registry.users.models import Role, User
from registry.users.policies import grants_of
from registry.users.services import choose_language, remember_look
from registry.web.access import person
from registry.web.forms import RegistryForm, posted
from registry.web.reviewer.looking import numbers_of


class SignInForm(RegistryForm, AuthenticationForm):
    """Login name and password."""

    error_messages = {
        "invalid_login": gettext_lazy("The login name or the password is not right. Check both."),
        "inactive": gettext_lazy("This login has been switched off. Ask your HR officer."),
    }

    def clean_username(self) -> str:
        """Login names are kept in small letters; so is the name that gets locked."""
        return str(self.cleaned_data["username"]).strip().lower()


class SignIn(LoginView):
    """Ask for login name and password."""

    authentication_form = SignInForm
    template_name = "web/signin/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in; speak the person's language where this browser has chosen none."""
        response = super().form_valid(form)
        user = form.get_user()
        if grants_of(user, Role.HR_OFFICER):
            remember_look(numbers=numbers_of(user), by=user)
        chosen_here = settings.LANGUAGE_COOKIE_NAME in self.request.COOKIES
        if user.language and not chosen_here:
            remember_language(response, user.language)
        return response


def locked(request: HttpRequest, _credentials: dict[str, Any] | None = None, *_more: Any) -> HttpResponse:
    """Say that too many wrong passwords came from here for this login, and for how long it stays shut."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "web/signin/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


class _PasswordForm(RegistryForm, PasswordChangeForm):
    """The old password once, the new one twice."""


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the login end."""
    form = _PasswordForm(person(request), **posted(request))
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your password has been changed."))
        return redirect("home")
    status = 422 if form.is_bound else 200
    return render(request, "web/signin/password.html", {"form": form}, status=status)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the language in a cookie, and of whoever is signed in for letters too; go back to the page."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        choose_language(language=language, by=request.user)
    return django_set_language(request)


def remember_language(response: HttpResponse, language: str) -> None:
    """Set the language cookie as Django's own switch does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )


def sign_in_as(request: HttpRequest, user: User) -> None:
    """Begin the session of a login that has just been made."""
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
