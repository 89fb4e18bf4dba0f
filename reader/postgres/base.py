"""Connections to Postgres that are seen to be alive, instead of being asked before each page whether they are."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, but for `is_usable`, which is asked before each page: to ask the server costs one way there and back.

    A server that ends, restarts or hangs up closes its side, and that can be seen here. One that is gone without a word
    is found out by a question, as ever: that page errs, the next one has a new connection.
    """

    def is_usable(self) -> bool:
        """Whether the connection works. The server is asked itself after any error, and when it has said something."""
        return self._is_quiet() or super().is_usable()

    def _is_quiet(self) -> bool:
        if self.connection is None or self.connection.closed or self.errors_occurred:
            return False
        seen = select.poll()
        seen.register(self.connection.fileno(), select.POLLIN)
        return not seen.poll(0)
