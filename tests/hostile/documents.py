"""Documents that somebody wrote to do harm, each with the code of the finding it must end in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HEAD = b"asyncapi: 3.0.0\ninfo: {title: Hostile, version: '1'}\n"
IN_JSON = b'{"asyncapi": "3.0.0", "info": {"title": "Hostile", "version": "1"}, "x": '


@dataclass(frozen=True, slots=True)
class Hostile:
    """What lies in a repository, and what must be said of it."""

    code: str
    content: Callable[[], Iterator[bytes]]
    around: Callable[[Path], object] = Path.exists


def _in_one(content: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter((HEAD + content,))


def _repeated(before: bytes, part: bytes, times: int, after: bytes = b"") -> Hostile:
    def content() -> Iterator[bytes]:
        yield before
        for _ in range(0, times, 1_000):
            yield part * 1_000
        yield after

    return Hostile("", content)


def _lines(
    head: bytes, line: bytes, number: int, tail: bytes = b""
) -> Callable[[], Iterator[bytes]]:
    def content() -> Iterator[bytes]:
        yield HEAD + head
        for index in range(number):
            yield line.replace(b"<next>", b"%d" % (index + 1)).replace(b"<n>", b"%d" % index)
        yield tail

    return content


def _of(code: str, made: Hostile) -> Hostile:
    return Hostile(code, made.content)


def _reference(code: str, target: bytes) -> Hostile:
    payload = b"channels: {c: {messages: {m: {payload: {$ref: '%s'}}}}}\n" % target
    return Hostile(code, _in_one(payload))


def _link_out(folder: Path) -> None:
    (folder / "secret.yaml").symlink_to("/etc/passwd")
    (folder / "etc").symlink_to("/etc")


def _laughs() -> Iterator[bytes]:
    yield HEAD + b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 20):
        aliases = b", ".join([b"*a%d" % (level - 1)] * 9)
        yield b"a%d: &a%d [%s]\n" % (level, level, aliases)


def _reference_bomb() -> Iterator[bytes]:
    yield HEAD + b"channels: {c: {messages: {m: {payload: {$ref: '#/components/schemas/s0'}}}}}\n"
    yield b"components:\n schemas:\n"
    for level in range(2_000):
        nine = (b"p%d: {$ref: '#/components/schemas/s%d'}" % (n, level + 1) for n in range(9))
        yield b"  s%d: {properties: {%s}}\n" % (level, b", ".join(nine))


HTML = b"<img src=x onerror=alert(1)>"
TEMPLATE = b"{{ cycler.__init__.__globals__.os.popen('id').read() }}"
METADATA = b"http://169.254.169.254/latest/meta-data/iam/security-credentials/"

DOCUMENTS: Mapping[str, Hostile] = {
    "lists 10,000 deep": Hostile(
        "document-too-deep", _in_one(b"x: " + b"[" * 10_000 + b"]" * 10_000)
    ),
    "lists without an end": _of(
        "document-too-many-values", _repeated(HEAD + b"x: ", b"[", 900_000)
    ),
    "JSON 10,000 deep": Hostile(
        "document-too-deep", lambda: iter((IN_JSON + b'{"a":' * 10_000 + b"1" + b"}" * 10_001,))
    ),
    "JSON 100,000 deep": Hostile(
        "document-too-deep", lambda: iter((IN_JSON + b"[" * 100_000 + b"]" * 100_000 + b"}",))
    ),
    "blocks 4,000 deep": Hostile(
        "document-too-deep",
        lambda: (b" " * depth + b"a:\n" if depth else HEAD + b"x:\n" for depth in range(4_000)),
    ),
    "dashes 200,000 deep": _of("document-too-deep", _repeated(HEAD + b"x:\n ", b"- ", 200_000)),
    "a scalar of 100 MB": _of("file-too-large", _repeated(HEAD + b"x: ", b"x" * 1_000, 100_000)),
    "a scalar of 9.9 MB": _of("key-unknown", _repeated(HEAD + b"x: ", b"x" * 100, 99_000)),
    "a quoted scalar of escapes": _of(
        "key-unknown", _repeated(HEAD + b'x: "', b"\\u00e9", 1_600_000, b'"')
    ),
    "a quotation without an end": _of(
        "document-not-yaml", _repeated(HEAD + b'x: "', b"a\n", 4_000_000)
    ),
    "a list of 4,000,000 items": _of(
        "document-too-many-values", _repeated(HEAD + b"x: [", b"a,", 4_000_000, b"]")
    ),
    "anchors on anchors": _of("document-not-yaml", _repeated(HEAD + b"x: ", b"&a ", 900_000)),
    "tags on tags": _of("document-not-yaml", _repeated(HEAD + b"x: ", b"!a ", 900_000)),
    "anchors of nothing": Hostile(
        "document-not-yaml", lambda: iter((b"&\n& & & & &\n", HEAD, b"x: [\n"))
    ),
    "tags of nothing": Hostile(
        "document-not-yaml", lambda: iter((b"!\n!\n!\n!\n", HEAD, b"x: [\n"))
    ),
    "keys in keys": Hostile("key-not-scalar", _in_one(b"x:\n  " + b"? " * 60 + b"a\n")),
    "a tag that makes objects": Hostile(
        "key-unknown", _in_one(b"x: !!python/object/apply:os.system ['touch /tmp/harm']\n")
    ),
    "nine times nine laughs": Hostile("alias-limit", _laughs),
    "merges of merges": Hostile(
        "alias-limit",
        _lines(b"a0: &a0 {b: 1}\n", b"a<next>: &a<next> {<<: *a<n>, b<n>: 1}\n", 3_000),
    ),
    "aliases of aliases": Hostile(
        "alias-limit", _lines(b"a0: &a0 [1]\n", b"a<next>: &a<next> [*a<n>]\n", 20_000)
    ),
    "an anchor in itself": Hostile("alias-unknown", _in_one(b"x: &a [*a]\n")),
    "references to nine references": Hostile("reference-unresolved", _reference_bomb),
    "5,000 schemas in a chain": Hostile(
        "reference-unresolved",
        _lines(
            b"channels:\n",
            b" c<n>: {messages: {m: {payload: {$ref: '#/components/schemas/s<n>'}}}}\n",
            5_000,
            b"components:\n schemas:\n"
            + b"".join(
                b"  s%d: {properties: {p: {$ref: '#/components/schemas/s%d'}}}\n" % (n, n + 1)
                for n in range(5_000)
            ),
        ),
    ),
    "20,000 channels in a chain": Hostile(
        "reference-cyclic", _lines(b"channels:\n", b" c<n>: {$ref: '#/channels/c<next>'}\n", 20_000)
    ),
    "a channel that is itself": Hostile(
        "reference-cyclic", _in_one(b"channels: {c: {$ref: '#/channels/c'}}\n")
    ),
    "a pointer of 5,000 steps": Hostile(
        "reference-unresolved", _in_one(b"channels: {c: {$ref: '#%s'}}\n" % (b"/a" * 5_000))
    ),
    "100,000 broken operations": Hostile(
        "findings-cut", _lines(b"operations:\n", b" o<n>: {action: send}\n", 100_000)
    ),
    "5,000 operations on one channel": Hostile(
        "findings-cut",
        _lines(
            b"channels: {c: {}}\noperations:\n",
            b" o<n>: {action: send, channel: {$ref: '#/channels/c'}, messages: [{name: A<n>}]}\n",
            5_000,
        ),
    ),
    "20,000 traits": Hostile(
        "key-unknown",
        _in_one(
            b"channels: {c: {messages: {m: {traits: [%s]}}}}\ncomponents: {t: {name: a}}\n"
            % b",".join([b"{$ref: '#/components/t'}"] * 20_000)
        ),
    ),
    "300,000 keys of one name": _of("duplicate-key", _repeated(HEAD, b"a: 1\n", 300_000)),
    "240,000 documents": _of("document-not-yaml", _repeated(HEAD, b"--- a: b\n", 100_000)),
    "a million directives": _of(
        "document-not-yaml", _repeated(b"%YAML 1.2\n", b"%YAML 1.2\n", 500_000, HEAD)
    ),
    "only noughts": _of("control-character", _repeated(HEAD, b"\0", 5_000_000)),
    "bytes of no encoding": _of("encoding-wrong", _repeated(HEAD + b"x: ", b"\xff\xfe", 1_000_000)),
    "a path out of the repository": _reference(
        "reference-leaves-repository", b"../../../../../../../../etc/passwd"
    ),
    "a path out, escaped": _reference("reference-leaves-repository", b"..%2f..%2f..%2fetc/passwd"),
    "a path of Windows": _reference("reference-leaves-repository", b"..\\\\..\\\\etc\\\\passwd"),
    "an absolute path": _reference("reference-leaves-repository", b"/etc/passwd"),
    "a file address": _reference("reference-forbidden", b"file:///etc/passwd"),
    "a file address, in capitals": _reference("reference-forbidden", b"FILE:///etc/passwd"),
    "another scheme": _reference("reference-forbidden", b"gopher://127.0.0.1:6379/_FLUSHALL"),
    "the cloud's metadata": _reference("reference-remote", METADATA),
    "this machine": _reference("reference-remote", b"//localhost:6379/"),
    "a link out of the repository": Hostile(
        "reference-unresolved", _reference("", b"./secret.yaml").content, _link_out
    ),
    "a folder's link out of the repository": Hostile(
        "reference-unresolved", _reference("", b"./etc/passwd").content, _link_out
    ),
    "keys that are HTML": Hostile(
        "key-unknown", _in_one(b"'%s': 1\nchannels: {'%s': {'%s': 1}}\n" % (HTML, HTML, HTML))
    ),
    "names that are template code": Hostile(
        "key-unknown",
        _in_one(b'"%s": 1\nchannels: {"%s": {title: "%s"}}\n' % (TEMPLATE, TEMPLATE, TEMPLATE)),
    ),
}
