import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.model import Checkout, Document, Location, Reading, Repository
from catalog_builder.parse import CODES, read

HEAD = b"asyncapi: 3.0.0\ninfo: {title: Orders, version: '1'}\nchannels: {c: {}}\n"


def reading(data: bytes) -> Reading:
    return read(Checkout(Repository("shop"), {"a.yaml": data}, ("a.yaml",)))


def document(data: bytes) -> Document:
    (found,) = reading(data).documents
    return found


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"on", "on"),
        (b"yes", "yes"),
        (b"0123", 123),
        (b"0o17", 15),
        (b"0x1F", 31),
        (b"12:30:00", "12:30:00"),
        (b"2024-01-01", "2024-01-01"),
        (b"2024-01-01T10:00:00Z", "2024-01-01T10:00:00Z"),
        (b"~", None),
        (b"Null", None),
        (b"True", True),
        (b"'True'", "True"),
        (b"'0123'", "0123"),
        (b"1e3", 1000.0),
        (b"+1", 1),
        (b".5", 0.5),
        (b".inf", ".inf"),
        (b"1_000", "1_000"),
        (b"!!str 12", "12"),
        (b"123456789012345678901234567890", 123456789012345678901234567890.0),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
    ],
)
def test_scalars_are_those_of_the_core_schema_of_yaml_1_2(written: bytes, value: object) -> None:
    assert document(HEAD + b"x-value: " + written + b"\n").extensions == {"x-value": value}


@pytest.mark.parametrize(
    "data",
    [
        HEAD.decode().encode("utf-8-sig"),
        HEAD.decode().encode("utf-16"),
        HEAD.decode().encode("utf-16-be"),
        HEAD.decode().encode("utf-32"),
        HEAD.replace(b"\n", b"\r\n"),
        b"kind: other\n---\n" + HEAD,
        (
            b'{"asyncapi": "3.0.0",\n\t"info": {"title": "Orders", "version": "1"},'
            b' "channels": {"c": {}}}'
        ),
    ],
)
def test_documents_are_read_however_they_are_encoded(data: bytes) -> None:
    found = document(data)
    assert (found.asyncapi, found.title, found.version) == ("3.0.0", "Orders", "1")
    assert reading(data).findings == ()


@pytest.mark.parametrize(("version", "text"), [("1.10", "1.10"), ("2.0", "2.0"), ("'1.1'", "1.1")])
def test_an_unquoted_version_is_the_text_that_is_written(version: str, text: str) -> None:
    data = f"asyncapi: 3.0.0\ninfo: {{title: a, version: {version}}}\n"
    assert document(data.encode()).version == text
    exactly = data + "x-flag: True\n"
    assert document(exactly.encode()).version == text


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (HEAD + b"x-a: 1\nx-a: 2\n", "duplicate-key", 5, 1),
        (b'{"asyncapi": "3.0.0",\n"asyncapi": "3.0.0"}', "duplicate-key", 2, 1),
        (HEAD + b"x-a: [1\n", "document-not-yaml", 5, 1),
        (HEAD + b"x-a: [&b 1, *nope]\n", "alias-unknown", 4, 13),
        (HEAD + b"x-a: {? [a] : 1}\n", "key-not-scalar", 4, 9),
        (HEAD + b"x-a: b\x01c\n", "control-character", 4, 0),
        (HEAD + b"x-a: b\xffc\n", "encoding-wrong", 4, 0),
        (b"title: 1\n", "document-not-asyncapi", 1, 1),
        (b"[1, 2]\n", "document-not-asyncapi", 1, 2),
        (HEAD + b"x: " + b"[" * 5000 + b"]" * 5000, "document-too-deep", 4, 153),
        (HEAD + b"x: [" + b"a," * 800_000 + b"]", "document-too-many-values", 0, 0),
        (HEAD + b"x: " + b"a" * 10_000_000, "document-too-large", 0, 0),
    ],
)
def test_a_departure_of_the_text_is_found_at_its_place(
    data: bytes, code: str, line: int, column: int
) -> None:
    places = {each.code: each.location for each in reading(data).findings}
    assert places[code] == Location("shop", "a.yaml", line, column)


def test_of_two_equal_keys_the_last_counts() -> None:
    assert document(HEAD + b"x-a: 1\nx-a: 2\n").extensions == {"x-a": 2}


def test_merge_keys_fill_in_what_a_mapping_does_not_say() -> None:
    data = HEAD + b"x-a: &a {b: 1, c: 2}\nx-d: {<<: *a, c: 3}\n"
    assert document(data).extensions["x-d"] == {"b": 1, "c": 3}


def test_aliases_that_would_multiply_beyond_measure_are_left_out() -> None:
    rows = [b"x-0: &a0 [1,1,1,1,1,1,1,1,1]"]
    for number in range(1, 12):
        aliases = b",".join([b"*a%d" % (number - 1)] * 9)
        rows.append(b"x-%d: &a%d [%s]" % (number, number, aliases))
    codes = {each.code for each in reading(HEAD + b"\n".join(rows)).findings}
    assert codes == {"alias-limit"}


def test_tabs_are_read_where_yaml_allows_them() -> None:
    assert document(HEAD + b"x-a:\tb\n").extensions == {"x-a": "b"}


def test_a_document_that_is_nearly_yaml_is_read_with_a_finding() -> None:
    data = HEAD + b"x-a: &b 1\nx-c: */*\n"
    assert document(data).extensions == {"x-a": 1, "x-c": "*/*"}
    assert [each.code for each in reading(data).findings] == ["document-not-yaml"]


def test_native_errors_stay_silent(capfd: pytest.CaptureFixture[str]) -> None:
    reading(b"asyncapi: {")
    assert capfd.readouterr() == ("", "")


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(alphabet="ab:-[]{}&*!|>'\"#%@ \n\t~?,0", max_size=60).map(str.encode),
        st.tuples(st.integers(0, len(HEAD)), st.binary(max_size=6)).map(
            lambda cut: HEAD[: cut[0]] + cut[1] + HEAD[cut[0] :]
        ),
    )
)
def test_no_bytes_raise(data: bytes) -> None:
    known = {each.code for each in CODES}
    assert {each.code for each in reading(data).findings} <= known
