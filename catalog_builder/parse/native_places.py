"""Where the values of a text stand that native code has read.

Alone knows that the names and scalars of a parsed tree lie in the buffer of the text, so that the
place of a node follows from its address, and costs nothing until somebody asks.
"""

import ctypes
from collections.abc import Iterator
from itertools import accumulate, islice

import ryml

from catalog_builder.model import Json
from catalog_builder.parse.text import Departure, Path

_FEW = 64
_LARGE = 50_000
_MILESTONE = 512
_LONGEST_LINE = 100_000
_MOST_DUPLICATES = 1_000


class NativePlaces:
    """Where the values of a text stand, worked out as far as somebody asks.

    The library ends the process when it is asked for what a node cannot have. So it is asked only
    for what stands in the value that was read of the same tree.
    """

    def __init__(
        self, tree: "ryml.Tree", buffer: bytearray, data: bytes, documents: tuple[Json, ...]
    ) -> None:
        self._tree = tree
        self._buffer = buffer
        self._data = data
        self._documents = documents
        self._start = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
        self._view = _Buffer()  # of its own: one for all texts would be shared by threads
        self._view_at = ctypes.addressof(self._view)
        self._found: dict[tuple[int, Path], tuple[int, Json]] = {}
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
        node, _ = self._node(document, path)
        is_known = node != ryml.NONE and self._tree.has_val(node)
        return _text(self._tree.val(node)) if is_known else None

    def duplicates(self) -> tuple[Departure, ...]:
        """Keys that stand twice in one mapping, as far as so many are worth listing."""
        self._has_duplicates = True
        found = []
        for node, key in islice(self._repeated(), _MOST_DUPLICATES):
            offset = self._offset_of_key(node)
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

    def _node(self, document: int, path: Path) -> tuple[int, Json]:
        """The node at the path and its value; `ryml.NONE` when there is none."""
        key = (document, path)
        known = self._found.get(key)
        if known is None:
            known = self._found[key] = (
                self._child(*self._node(document, path[:-1]), path[-1])
                if path
                else (self._root(document), self._documents[document])
            )
        return known

    def _root(self, document: int) -> int:
        root: int = self._tree.root_id()
        return self._table(root)[document] if self._tree.is_stream(root) else root

    def _child(self, node: int, value: Json, part: str | int) -> tuple[int, Json]:
        """Native code finds one among few children fastest, but the first of duplicates."""
        if value.__class__ is dict:
            if part not in value:
                return ryml.NONE, None
        elif value.__class__ is not list or not isinstance(part, int) or part >= len(value):
            return ryml.NONE, None
        if self._has_duplicates or (self._is_large and len(value) > _FEW):
            return self._table(node).get(part, ryml.NONE), value[part]
        tree = self._tree
        find = tree.find_child if value.__class__ is dict else tree.child
        return find(node, part), value[part]

    def _nearest(self, document: int, path: Path) -> int:
        """Offset of the node at the path, or of the nearest one around it that has one."""
        while path:
            node, _ = self._node(document, path)
            if node != ryml.NONE:
                is_keyed = isinstance(path[-1], str)
                offset = self._offset_of_key(node) if is_keyed else self._offset(node)
                if offset >= 0:
                    return offset
            path = path[:-1]
        return max(self._offset(self._root(document)), 0)

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

    def _offset(self, node: int) -> int:
        """Where the first key or scalar of a node stands; -1: it has none of its own."""
        tree = self._tree
        while not (is_keyed := tree.has_key(node)) and not tree.has_val(node):
            node = tree.first_child(node)
            if node == ryml.NONE:
                return -1
        return self._offset_of(tree.key(node) if is_keyed else tree.val(node))

    def _offset_of_key(self, node: int) -> int:
        """As `_offset`, of a node that has a key."""
        return self._offset_of(self._tree.key(node))

    def _offset_of(self, view: memoryview | None) -> int:
        offset = -1 if view is None else self._address(view) - self._start
        if not 0 <= offset < len(self._buffer):
            return -1
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
