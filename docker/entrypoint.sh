#!/bin/sh
# Run one role: web, worker, beat, migrate; or any command of manage.py.
set -eu

role="${1:-web}"
[ $# -eq 0 ] || shift

case "$role" in
web)
    exec gunicorn config.wsgi:application \
        --bind "0.0.0.0:${PORT:-8000}" \
        --worker-class gthread \
        --workers "${WEB_PROCESSES:-2}" \
        --threads "${WEB_THREADS:-8}" \
        --timeout 60 \
        --graceful-timeout 20 \
        --worker-tmp-dir /dev/shm \
        --no-control-socket \
        --log-level warning
    ;;
worker)
    exec celery --app config --quiet --skip-checks worker \
        --pool threads \
        --concurrency "${WORKER_THREADS:-4}" \
        --without-gossip \
        --without-mingle \
        --without-heartbeat
    ;;
beat)
    exec celery --app config --quiet --skip-checks beat --pidfile=
    ;;
migrate)
    # Rebuilding a large table takes as long as it takes.
    exec env STATEMENT_TIMEOUT=0 python manage.py migrate --no-input
    ;;
*)
    exec python manage.py "$role" "$@"
    ;;
esac
