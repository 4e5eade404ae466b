"""What every request passes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from web.languages import BY_HEADER, UNSPOKEN, first_step, language_of, preferred


class Language:
    """Answer in the language of the address, so that shared caches need no cookie to tell.

    Programs at the API have one address for all languages: there Accept-Language decides.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Speak one language until the answer is ready."""
        step = first_step(request.path_info)
        if step in UNSPOKEN:
            return self.get_response(request)
        by_header = step in BY_HEADER
        wishes = request.headers.get("Accept-Language", "")
        code = preferred(wishes) if by_header else language_of(request.path_info)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        if by_header:
            patch_vary_headers(response, ["Accept-Language"])
        return response
