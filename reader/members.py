"""Pages of accounts: nobody stores them, and those of a member are for members."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archive.vocabulary import Rating
from reader.models import User

View = Callable[..., HttpResponse]


def account_page(view: View) -> View:
    """A page with a form that may hold secrets: looked at or sent, stored by nobody, told to no log."""
    looked_at_or_sent = require_http_methods(["GET", "HEAD", "POST"])(view)
    page: View = sensitive_post_parameters()(never_cache(looked_at_or_sent))
    return page


def members_only(view: View) -> View:
    """An account page of whoever is signed in; others sign in first and come back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            way_back = request.path if request.method == "POST" else request.get_full_path()
            return redirect(f"{reverse('login')}?{urlencode({'next': way_back})}")
        return view(request, *args, **kwargs)

    return account_page(asked)


def make(name: str, password: str | None, *, ceiling: Rating, blocked: list[str]) -> User:
    """Make a member with limits; without a password for one who signs in elsewhere. Raises Django's ValidationError for
    a name or password that will not do."""
    member = User(username=User.normalize_username(name), ceiling=ceiling, blocked_tags=blocked)
    if password is not None:
        validate_password(password, member)
    member.set_password(password)
    member.full_clean()
    with transaction.atomic():
        member.save()
    return member
