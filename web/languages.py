"""Which language an address speaks: German without a prefix, others under theirs (`/en/…`)."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

# Addresses that are the same in every language.
UNSPOKEN = ("calendar", "health", "metrics", "static")
BY_HEADER = ("api",)


def first_step(path: str) -> str:
    """Return the first step of a path, or nothing."""
    return path.removeprefix("/").partition("/")[0]


def language_of(path: str) -> str:
    """Return the language of a page by its path."""
    step = first_step(path)
    prefixes = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    return step if step in prefixes else settings.LANGUAGE_CODE


def in_language(path: str, code: str) -> str:
    """Return the path of the same page in another language."""
    bare = path
    if language_of(path) != settings.LANGUAGE_CODE:
        bare = f"/{path.removeprefix('/').partition('/')[2]}"
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


def preferred(accept_language: str) -> str:
    """Return the language we speak that a program likes best."""
    for wish, _weight in parse_accept_lang_header(accept_language.lower()):
        try:
            return get_supported_language_variant(wish)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
