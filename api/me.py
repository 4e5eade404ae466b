"""Who am I, and what am I here."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.process.shapes import GroupRef, PersonShape, ProcessRef
from api.shapes import Shape
from process.groups.queries import seats_of_person
from process.plan.queries import processes_coordinated_by


class MySeat(Shape):
    """A seat of mine."""

    id = serializers.UUIDField()
    role = serializers.CharField()
    group = GroupRef()


class MeShape(Shape):
    """The caller: login, person, seats, processes he coordinates."""

    email = serializers.EmailField()
    name = serializers.CharField()
    language = serializers.CharField()
    administrator = serializers.BooleanField(source="is_superuser")
    person = PersonShape(allow_null=True)
    seats = MySeat(many=True)
    coordinates = ProcessRef(many=True)
    scope = serializers.CharField(allow_null=True)


class Me(APIView):
    """The caller."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=MeShape)
    def get(self, request: Request) -> Response:
        """Show who calls."""
        user: Any = request.user
        token: Any = request.auth
        shown = {
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "is_superuser": user.is_superuser,
            "person": getattr(user, "person", None),
            "seats": seats_of_person(user),
            "coordinates": processes_coordinated_by(user),
            "scope": token.scope if token else None,
        }
        row = type("Caller", (), shown)()
        return Response(MeShape(row, context={"request": request}).data)
