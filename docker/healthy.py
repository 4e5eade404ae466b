"""Exit with 0 if this container's web server says it is well: `python healthy.py live|ready`."""

import os
import sys
from urllib.request import Request, urlopen

# Django answers only to names it knows.
host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
port = os.environ.get("PORT", "8000")
request = Request(f"http://127.0.0.1:{port}/health/{sys.argv[1]}", headers={"Host": host})
with urlopen(request, timeout=4) as answer:  # noqa: S310
    sys.exit(answer.status != 200)
