"""JSON in and out, by orjson: fast, strict, and safe against depth."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

LARGEST_BODY = 2 * 1024 * 1024
DEEPEST = 20


class TooLarge(APIException):
    """The body is longer than any form of ours could need."""

    status_code = 413
    default_code = "too_large"


def dumps(data: Any) -> bytes:
    """Write JSON; times keep their offset, decimals become strings."""
    return orjson.dumps(data, default=str)


class JSON(BaseRenderer):
    """Write replies."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the bytes of a reply; nothing at all where there is no data."""
        return b"" if data is None else dumps(data)


class JSONBody(BaseParser):
    """Read requests."""

    media_type = "application/json"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value of a body.

        Raises ParseError for what is no JSON (lone surrogates, NaN and excess depth included)
        and TooLarge for more than 2 MB.
        """
        body = stream.read(LARGEST_BODY + 1)
        if len(body) > LARGEST_BODY:
            raise TooLarge(_("Die Anfrage ist zu groß."))
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("Das ist kein gültiges JSON: %(why)s") % {"why": error}) from error
        if _is_deep(value):
            raise ParseError(_("Diese Anfrage ist nicht lesbar."))
        return value


def _is_deep(value: Any) -> bool:
    """Tell whether lists and objects stand in each other deeper than any form of ours."""
    layer = [value]
    for _layer in range(DEEPEST):
        parts = (part for part in layer if isinstance(part, dict | list))
        layer = [inner for part in parts for inner in _inside(part)]
        if not layer:
            return False
    return True


def _inside(part: Any) -> Any:
    return part.values() if isinstance(part, dict) else part
