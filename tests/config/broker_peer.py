"""Put numbers into a queue, or print those that come out: `python -m … publish|consume`."""

import sys

from kombu import Connection

import config.broker  # noqa: F401  (makes the address known)


def publish(url: str, first: str, count: str) -> None:
    """Put `count` numbers from `first` on."""
    with Connection(url) as connection, connection.SimpleQueue("numbers") as queue:
        for number in range(int(first), int(first) + int(count)):
            queue.put(number)


def consume(url: str) -> None:
    """Print numbers until none has come for a second."""
    with Connection(url) as connection, connection.SimpleQueue("numbers") as queue:
        while True:
            try:
                message = queue.get(timeout=1)
            except queue.Empty:
                return
            sys.stdout.write(f"{message.payload}\n")
            sys.stdout.flush()
            message.ack()


if __name__ == "__main__":
    {"publish": publish, "consume": consume}[sys.argv[1]](*sys.argv[2:])
