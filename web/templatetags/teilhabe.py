"""Template filters of the public pages."""

import re

from django import template

register = template.Library()

MOST = 200
GENDERED = re.compile(r"(\*innen|\*in(?!nen))(?=[a-zäöüß])")


@register.filter
def times(count: object) -> range:
    """Count up to a number, to draw one shape per seat or phase; at most 200."""
    try:
        number = int(str(count))
    except ValueError:
        number = 0
    return range(1, min(max(number, 0), MOST) + 1)


@register.filter
def breakable(text: object) -> str:
    """Let long words such as „Expert*innengruppe“ break in narrow cells, by a soft hyphen."""
    return GENDERED.sub("\\1\u00ad", str(text))
