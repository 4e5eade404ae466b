"""The back office: look at everything, change almost nothing, for deeds belong to the actions."""

from django.contrib import admin
from django.contrib.auth.models import Group as DjangoGroup
from django.utils.translation import gettext_lazy as _

from web.admin import accounts, deliveries, looks, people

__all__ = ["accounts", "deliveries", "looks", "people"]

admin.site.site_title = admin.site.site_header = "Teilhabe"
admin.site.index_title = _("Verwaltung der Installation")
# Rights follow from seats; a second system of groups would only mislead.
admin.site.unregister(DjangoGroup)
