"""Two folders that change places in one step, where the system can do that.

Python has no word for it. With two renamings instead, whoever looks between them, or is killed
there, finds nothing.
"""

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100
"""AT_FDCWD: relative to the current folder, as paths are."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux."""


def exchanged(one: Path, other: Path) -> bool:
    """Whether the two have changed places; else nothing has happened."""
    rename = _renameat2()
    if rename is None:
        return False
    done = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return bool(done == 0)


@cache
def _renameat2() -> Any:  # noqa: ANN401  a function of C
    """The system's own; None on systems that have none."""
    try:
        function = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return None
    function.argtypes = (
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    )
    return function
