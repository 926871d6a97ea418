import pytest


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that other tests left, in which nothing happens, keep nobody from forking."""
    monkeypatch.setattr("threading.active_count", lambda: 1)
