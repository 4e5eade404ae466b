"""The way into public pages: who looks, which process, and answers that caches can keep."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2b
from typing import Any

import orjson
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from process.plan.queries import process_for

View = Callable[..., HttpResponse]
FOR_ALL = "public, max-age=60"
FOR_ONE = "private, no-cache"
MOST_KEPT, MOST_ASKED = 256, 4096
_kept: dict[bytes, bytes] = {}
"""Pages that were asked for twice, by all that they are made of: no other page is like them."""
_asked: set[bytes] = set()
"""What was asked for once; so a crawler does not push out what people read."""


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
    response = HttpResponse(_written(request, template, context))
    response.headers["ETag"] = f'"{blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["Cache-Control"] = FOR_ONE if _has_session(request) else FOR_ALL
    kept = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return kept or response


def _written(request: HttpRequest, template: str, context: dict[str, Any]) -> bytes:
    """Write a page; what is asked for again and again, for nobody in particular, is kept."""
    said = None if _has_session(request) else _said(request, template, context)
    if said and (found := _kept.get(said)):
        return found
    body = render_to_string(template, context, request).encode()
    if said in _asked:
        _make_room(_kept, MOST_KEPT)
        _kept[said] = body
    elif said:
        _make_room(_asked, MOST_ASKED)
        _asked.add(said)
    return body


def _make_room(shelf: dict[bytes, bytes] | set[bytes], most: int) -> None:
    if len(shelf) >= most:
        shelf.clear()


def _said(request: HttpRequest, template: str, context: dict[str, Any]) -> bytes | None:
    """Digest all that a page is made of; None if something in it is not a plain value."""
    whole = [template, get_language(), request.build_absolute_uri(), context]
    try:
        written = orjson.dumps(whole, default=_plain, option=orjson.OPT_NON_STR_KEYS)
    except TypeError:
        return None
    return blake2b(written, digest_size=16).digest()


def _plain(value: Any) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(type(value).__name__)


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
