"""The OpenAPI description: what drf-spectacular cannot see of our doors."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(),
        "errors": inline_serializer(
            "Fault",
            {
                "pointer": serializers.CharField(allow_blank=True),
                "code": serializers.CharField(),
                "detail": serializers.CharField(),
            },
            many=True,
        ),
    },
)
_READ = {"400", "401", "404", "406", "429"}
_WRITE = {"400", "401", "403", "404", "406", "409", "412", "413", "415", "422", "428", "429"}


Direction = Literal["request", "response"]


FIELDS = OpenApiParameter("fields", str, description="Only these members, separated by commas")
KNOWN = OpenApiParameter(
    "If-None-Match", str, "header", description="ETag of what you have; 304 if it is still so"
)
BASE = OpenApiParameter("If-Match", str, "header", description="ETag of what you have read")
NEEDED = OpenApiParameter(
    "If-Match", str, "header", required=True, description="ETag of what you have read, or *"
)
ONCE = OpenApiParameter(
    "Idempotency-Key", str, "header", description="Sent again within 24 hours, it is done once"
)


class Schema(AutoSchema):
    """Every operation may answer with a problem, every read with 304."""

    def get_override_parameters(self) -> list[Any]:
        """Name what every door hears."""
        if not hasattr(self.view, "orderings"):
            return []
        on_object = [BASE] if "{id}" in self.path else []
        heard = {"GET": [FIELDS, KNOWN], "POST": [ONCE, *on_object]}
        return heard.get(self.method, [NEEDED])

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies = super()._get_response_bodies(direction)
        read = self.method == "GET"
        problem = self._get_response_for_code(PROBLEM, "4XX", ["application/problem+json"])
        for code in sorted(_READ if read else _WRITE):
            bodies.setdefault(code, problem)
        if read:
            bodies.setdefault("304", {"description": "Not modified"})
        return bodies

    def get_tags(self) -> list[str]:
        """Group operations by resource."""
        return [self.path.removeprefix("/api/v1/").partition("/")[0] or "root"]
