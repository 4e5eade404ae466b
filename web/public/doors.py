"""The way into public pages: who looks, which process, and answers that caches can keep."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from process.plan.queries import process_for

View = Callable[..., HttpResponse]
FOR_ALL = "public, max-age=60"
FOR_ONE = "private, no-cache"


def viewer(request: HttpRequest) -> Any:
    """Return who looks; without the cookie nobody asks the session, so caches may share."""
    return request.user if _has_session(request) else AnonymousUser()


def in_process(view: View) -> View:
    """Hand a view the process and who looks; send old addresses on, strangers away."""

    @wraps(view)
    @require_safe
    def door(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        user = viewer(request)
        process = process_for(user, slug)
        if process is None:
            raise Http404
        if process.slug != slug:
            return _moved(request, slug=process.slug, **rest)
        return view(request, process, user, **rest)

    return door


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page with its ETag, or say that nothing has changed."""
    response = render(request, template, context)
    response.headers["ETag"] = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["Cache-Control"] = FOR_ONE if _has_session(request) else FOR_ALL
    kept = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return kept or response


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _moved(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    match = request.resolver_match
    url = reverse(match.view_name, kwargs=kwargs) if match else "/"
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(url + (f"?{query}" if query else ""))
    # A process may take an old name again; browsers that kept the redirect would go in circles.
    response.headers["Cache-Control"] = FOR_ONE if _has_session(request) else FOR_ALL
    return response
