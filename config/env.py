"""Read the configuration from the environment, once, and refuse to start on a bad one."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
KNOWN_SCHEMES = ("http", "https")

env = environ.Env()
environ.Env.read_env(ROOT / ".env")


def data_dir() -> Path:
    """Return the folder that holds everything this installation writes; make it if need be."""
    path = (ROOT / env.str("DATA_DIR", default="var")).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR: {path} cannot be made: {error}") from error
    return path


def stored_secret(folder: Path) -> str:
    """Return SECRET_KEY, or one made at the first start and kept in `folder` with mode 0600."""
    given = env.str("SECRET_KEY", default="")
    if given:
        return given
    file = folder / "secret-key"
    try:
        with file.open("x") as handle:
            file.chmod(0o600)
            handle.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return file.read_text()


def required_secret() -> str:
    """Return SECRET_KEY as production demands it: given, long, not the example."""
    given = env.str("SECRET_KEY", default="")
    if len(given) < 50 or "change" in given:
        raise ImproperlyConfigured(
            "SECRET_KEY: give at least 50 random characters "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))')"
        )
    return given


def site_url(default: str) -> str:
    """Return SITE_URL without a trailing slash: the address that feeds and mails name."""
    given = env.str("SITE_URL", default=default).rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in KNOWN_SCHEMES or not parts.hostname or parts.query or parts.path:
        raise ImproperlyConfigured(f"SITE_URL: {given!r} is not an address like https://host")
    return given


def rate(name: str, default: str) -> str | None:
    """Return a throttle rate ("600/min"); "off" lifts it, so that load tests can run."""
    given = env.str(name, default=default)
    if given == "off":
        return None
    count, _, period = given.partition("/")
    if not count.isdigit() or period[:1] not in {"s", "m", "h", "d"}:
        raise ImproperlyConfigured(f"{name}: {given!r} is not a rate like 600/min, or off")
    return given
