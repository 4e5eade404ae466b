"""JSON in and out, by orjson: fast, strict, and safe against depth."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

LARGEST_BODY = 2 * 1024 * 1024


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
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("Das ist kein gültiges JSON: %(why)s") % {"why": error}) from error
