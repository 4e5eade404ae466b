"""ModelViewSets over the same rows: tuned with joins and prefetch, and naive with neither."""

from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.filters import OrderingFilter, SearchFilter
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.viewsets import ModelViewSet

from bench.baselines.serializers import ContributionSerializer, MeetingSerializer, nested
from meetings.schedule.models import Meeting
from process.rounds.models import Contribution, Topic


class _ByStart(CursorPagination):
    page_size = 50
    ordering = ("starts_at", "id")


class _ByReceipt(CursorPagination):
    page_size = 50
    ordering = ("received_at", "id")


class _Plain(ModelViewSet[Any]):
    renderer_classes = [JSONRenderer]
    parser_classes = [JSONParser]
    filter_backends = [DjangoFilterBackend, SearchFilter, OrderingFilter]


class NaiveMeetings(_Plain):
    """Every relation is loaded where the serializer meets it."""

    serializer_class = MeetingSerializer
    pagination_class = _ByStart
    filterset_fields = {
        "process": ["exact"], "group": ["exact", "in"], "field": ["exact"], "series": ["exact"],
        "kind": ["exact"], "state": ["exact", "in"], "visibility": ["exact"], "uid": ["exact"],
        "starts_at": ["gte", "lte"], "updated_at": ["gte"],
    }  # fmt: skip
    search_fields = ["title", "summary"]

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return Meeting.objects.visible_to(self.request.user)


class TunedMeetings(NaiveMeetings):
    """All relations are joined or fetched ahead."""

    def get_queryset(self) -> Any:
        """Return what the caller sees, with all that is shown."""
        rows = super().get_queryset()
        rows = rows.select_related("process", "series", "group", "field", "location")
        return rows.prefetch_related("group__fields_of_action")


class NaiveContributions(_Plain):
    """Every relation is loaded where the serializer meets it."""

    serializer_class = ContributionSerializer
    pagination_class = _ByReceipt
    filterset_fields = {
        "process": ["exact"], "field": ["exact"], "round": ["exact"], "topic": ["exact"],
        "channel": ["in"], "state": ["in"], "received_at": ["gte", "lte"], "updated_at": ["gte"],
    }  # fmt: skip
    search_fields = ["reference", "text_public"]

    def get_queryset(self) -> Any:
        """Return what the caller sees."""
        return Contribution.objects.visible_to(self.request.user)


class TunedContributions(NaiveContributions):
    """All relations are joined."""

    def get_queryset(self) -> Any:
        """Return what the caller sees, with all that is shown."""
        return super().get_queryset().select_related("process", "field", "round", "topic")


class WrittenMeetings(_Plain):
    """A PATCH by the book: validate, save, answer."""

    serializer_class = nested(Meeting, "id", "title", "summary", "join_url", "starts_at", "state")
    queryset = Meeting.objects.all()


class WrittenTopics(_Plain):
    """A PATCH by the book: validate, save, answer."""

    serializer_class = nested(Topic, "id", "title", "summary", "top")
    queryset = Topic.objects.all()
