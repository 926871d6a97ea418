"""How old something is that is shown because nothing newer comes."""


def ago(days: int) -> str:
    """An age in words.

    >>> ago(0), ago(1), ago(12)
    ('today', 'yesterday', '12 days ago')
    """
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
