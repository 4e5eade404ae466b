"""The OpenAPI description: what drf-spectacular cannot see of our doors."""

from typing import Any, Literal

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import inline_serializer
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


class Schema(AutoSchema):
    """Every operation may answer with a problem, every read with 304."""

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
