"""What the frame of every page shows; asks neither the database nor who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info

from web.languages import in_language, language_of

SITE_NAME = "Teilhabe"


def site(request: HttpRequest) -> dict[str, Any]:
    """Name the site, the address of the page, and the same page in other languages."""
    return {
        "site_name": SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "home_url": in_language("/", language_of(request.path)),
        "canonical_url": settings.SITE_URL + request.path,
        "languages": [_version(request, code) for code, _name in settings.LANGUAGES],
    }


def _version(request: HttpRequest, code: str) -> dict[str, Any]:
    query = request.META.get("QUERY_STRING", "")
    path = in_language(request.path, code) + (f"?{query}" if query else "")
    return {
        "code": code,
        # Each language is called what its speakers call it.
        "label": get_language_info(code)["name_local"].title(),
        "url": request.build_absolute_uri(path),
        "current": code == language_of(request.path),
    }
