"""The icon, for programs that look for it at the address of old."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon."""
    response = HttpResponseRedirect(static("web/favicon.svg"))
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
