"""Browsers that reload when the site is another one.

Each page carries the mark of the site it came from and asks, over Server-Sent Events, to be told
of a newer one. A hidden page lets go of its connection, because a browser opens only six to one
server, and asks again when it is looked at.
"""

import secrets
import threading

RELOAD_PATH = "/.catalog-builder/reload"

_SCRIPT = """<script>
(() => {
  let source = null
  const listen = () => {
    if (source || document.hidden) return
    source = new EventSource("%(path)s?seen=%(mark)s")
    source.onmessage = () => location.reload()
  }
  const leave = () => { if (source) { source.close(); source = null } }
  document.addEventListener("visibilitychange", () => document.hidden ? leave() : listen())
  addEventListener("pagehide", leave)
  addEventListener("pageshow", listen)
})()
</script>
"""


class Reloads:
    """Which site stands there now, and who waits for the next; safe between threads."""

    def __init__(self) -> None:
        self._run = secrets.token_hex(4)
        self._number = 0
        self._closed = False
        self._changed = threading.Condition()

    @property
    def mark(self) -> str:
        """Tells the present site from all others, those of an earlier server among them."""
        return f"{self._run}-{self._number}"

    def announce(self) -> None:
        """Everybody who waits knows that there is another site."""
        with self._changed:
            self._number += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Nobody waits any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self._closed

    def newer_than(self, mark: str, *, within_seconds: float) -> bool:
        """Whether there is another site than the marked one, now or within some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or mark != self.mark, within_seconds)
            return not self._closed and mark != self.mark


def with_reloading(page: bytes, mark: str) -> bytes:
    """The page with the script that listens for a newer site, before the end of its body."""
    script = (_SCRIPT % {"path": RELOAD_PATH, "mark": mark}).encode()
    end = page.lower().rfind(b"</body")
    return page + script if end < 0 else page[:end] + script + page[end:]
