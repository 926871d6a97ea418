"""Where the values of a text stand that native code has read.

Alone knows that the names and scalars of a parsed tree lie in the buffer of the text, so that the
place of a node follows from its address, and costs nothing until somebody asks.
"""

import ctypes
from collections.abc import Iterator
from itertools import accumulate, islice

import ryml

from catalog_builder.parse.text import Departure, Path

_FEW = 64
_LARGE = 50_000
_MILESTONE = 4096
_LONGEST_LINE = 100_000
_MOST_DUPLICATES = 1_000


class NativePlaces:
    """Where the values of a text stand, worked out as far as somebody asks."""

    def __init__(self, tree: "ryml.Tree", buffer: bytearray, data: bytes) -> None:
        self._tree = tree
        self._buffer = buffer
        self._data = data
        self._start = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
        self._view = _Buffer()  # of its own: one for all texts would be shared by threads
        self._view_at = ctypes.addressof(self._view)
        self._nodes: dict[tuple[int, Path], int] = {}
        self._numbers: dict[int, int] = {}
        self._children: dict[int, dict[str | int, int]] = {}
        self._has_duplicates = False
        self._is_large = len(data) > _LARGE
        self._lines_before: list[int] = []

    @property
    def size(self) -> int:
        """How many nodes the text has."""
        number: int = self._tree.size()
        return number

    def place(self, document: int, path: Path) -> tuple[int, int]:
        """Line and column of the key or item at the path, or of the nearest one around it."""
        offset = self._nearest(document, path)
        return self._line(offset), self._column(offset)

    def line(self, document: int, path: Path) -> int:
        """Line of the key or item at the path, or of the nearest one around it."""
        return self._line(self._nearest(document, path))

    def written(self, document: int, path: Path) -> str | None:
        """The scalar at the path as it is written; None when there is none."""
        node = self._node(document, path)
        is_known = node != ryml.NONE and self._tree.has_val(node)
        return _text(self._tree.val(node)) if is_known else None

    def duplicates(self) -> tuple[Departure, ...]:
        """Keys that stand twice in one mapping, as far as so many are worth listing."""
        self._has_duplicates = True
        found = []
        for node, key in islice(self._repeated(), _MOST_DUPLICATES):
            offset = self._offset(node) or 0
            place = self._line(offset), self._column(offset)
            found.append(Departure("duplicate-key", *place, {"name": key}))
        return tuple(found)

    def _repeated(self) -> Iterator[tuple[int, str]]:
        tree = self._tree
        waiting = [tree.root_id()]
        while waiting:
            node = waiting.pop()
            seen: set[str] = set()
            is_map = tree.is_map(node)
            for child in ryml.children(tree, node):
                if tree.has_children(child):
                    waiting.append(child)
                if is_map:
                    key = _text(tree.key(child))
                    if key in seen:
                        yield child, key
                    seen.add(key)

    def _root(self, document: int) -> int:
        root: int = self._tree.root_id()
        return self._table(root)[document] if self._tree.is_stream(root) else root

    def _node(self, document: int, path: Path) -> int:
        """The node at the path; `ryml.NONE` when there is none."""
        key = (document, path)
        known = self._nodes.get(key)
        if known is None:
            if path:
                around = self._node(document, path[:-1])
                known = around if around == ryml.NONE else self._child(around, path[-1])
            else:
                known = self._root(document)
            self._nodes[key] = known
        return known

    def _child(self, node: int, part: str | int) -> int:
        """Native code finds one among few children fastest, but the first of duplicates."""
        tree = self._tree
        if self._has_duplicates or (self._is_large and self._has_many(node)):
            return int(self._table(node).get(part, ryml.NONE))
        # Asked for what a node cannot have, the library ends the process.
        if isinstance(part, int):
            return int(tree.child(node, part)) if part < tree.num_children(node) else ryml.NONE
        return int(tree.find_child(node, part)) if tree.is_map(node) else ryml.NONE

    def _has_many(self, node: int) -> bool:
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = self._tree.num_children(node)
        return number > _FEW

    def _nearest(self, document: int, path: Path) -> int:
        """Offset of the node at the path, or of the nearest one around it that has one."""
        while True:
            node = self._node(document, path)
            offset = None if node == ryml.NONE else self._offset(node)
            if offset is not None or not path:
                return offset or 0
            path = path[:-1]

    def _table(self, node: int) -> dict[str | int, int]:
        table = self._children.get(node)
        if table is None:
            tree = self._tree
            is_map = tree.is_map(node)
            table = {}
            child = tree.first_child(node)
            while child != ryml.NONE:
                table[_text(tree.key(child)) if is_map else len(table)] = child
                child = tree.next_sibling(child)
            self._children[node] = table
        return table

    def _offset(self, node: int) -> int | None:
        tree = self._tree
        while not (is_keyed := tree.has_key(node)) and not tree.has_val(node):
            node = tree.first_child(node)
            if node == ryml.NONE:
                return None
        view = tree.key(node) if is_keyed else tree.val(node)
        offset = -1 if view is None else self._address(view) - self._start
        if not 0 <= offset < len(self._buffer):
            return None
        return offset - 1 if self._data[offset - 1 : offset] in {b'"', b"'"} else offset

    def _address(self, view: memoryview) -> int:
        _open_view(view, self._view_at, 0)
        address: int = self._view.address or 0
        _close_view(self._view_at)
        return address

    def _line(self, offset: int) -> int:
        """Counted from the nearest milestone, so that a place costs little in a large text."""
        if not self._lines_before:
            starts = range(0, len(self._data) + 1, _MILESTONE)
            counts = (self._data.count(b"\n", start, start + _MILESTONE) for start in starts)
            self._lines_before = list(accumulate(counts, initial=0))
        number, _ = divmod(offset, _MILESTONE)
        line = self._lines_before[number] + 1
        return line + self._data.count(b"\n", number * _MILESTONE, offset)

    def _column(self, offset: int) -> int:
        """0 where the line is too long to be gone through."""
        start = self._data.rfind(b"\n", max(0, offset - _LONGEST_LINE), offset)
        if start < 0 and offset > _LONGEST_LINE:
            return 0
        return len(self._data[start + 1 : offset].decode("utf-8", "replace")) + 1


def _text(view: memoryview | None) -> str:
    """The text of a view; there is none of what is left empty."""
    return "" if view is None else str(view, "utf-8", "replace")


class _Buffer(ctypes.Structure):
    """`Py_buffer` of the C API: the only way to the address of a read-only view."""

    _fields_ = (
        ("address", ctypes.c_void_p),
        ("owner", ctypes.py_object),
        ("length", ctypes.c_ssize_t),
        ("item_size", ctypes.c_ssize_t),
        ("read_only", ctypes.c_int),
        ("dimensions", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("suboffsets", ctypes.c_void_p),
        ("internal", ctypes.c_void_p),
    )


_open_view = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.c_void_p, ctypes.c_int)(
    ("PyObject_GetBuffer", ctypes.pythonapi)
)
_close_view = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(("PyBuffer_Release", ctypes.pythonapi))
