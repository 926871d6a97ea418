"""What the configuration may say of schema registries."""

from pathlib import Path

import pytest

from catalog_builder.config import ConfigError, RegistrySource, read_settings

URL = "https://registry.example.com"


def read(folder: Path, text: str) -> object:
    file = folder / "catalog.yml"
    file.write_text(f"sources:\n  - {text}\n", encoding="utf-8")
    [found] = read_settings(file).sources
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"registry: {{url: '{URL}/'}}", RegistrySource(URL)),
        (
            f"registry: {{url: '{URL}', subjects: 'orders-*', token_env: A_TOKEN}}",
            RegistrySource(URL, ("orders-*",), token_env="A_TOKEN"),  # noqa: S106  a name
        ),
        (
            "registry: {url: 'http://localhost:8081', subjects: [a, b], token_env: A_TOKEN}",
            RegistrySource("http://localhost:8081", ("a", "b"), token_env="A_TOKEN"),  # noqa: S106
        ),
        (
            f"registry: {{url: '{URL}', link: 'https://ui.example.com/{{subject}}'}}",
            RegistrySource(URL, link="https://ui.example.com/{subject}"),
        ),
    ],
)
def test_a_registry_is_told_by_its_address(tmp_path: Path, text: str, expected: object) -> None:
    assert read(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("registry: {subjects: a}", "lacks `url`"),
        ("registry: https://registry.example.com", "must be a mapping"),
        ("registry: {url: 'https://me:secret@registry.example.com'}", "a user or a password"),
        (f"registry: {{url: '{URL}?token=secret'}}", "a query"),
        ("registry: {url: 'http://registry.example.com', token_env: A_TOKEN}", "would show"),
        (f"registry: {{url: '{URL}', link: 'javascript:alert()'}}", "is not an address"),
        (f"registry: {{url: '{URL}', subject: a}}", "unknown key `subject`"),
    ],
)
def test_what_cannot_be_meant_is_a_mistake(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, text)
    assert message in refused.value.mistakes[0].message
    assert "secret" not in str(refused.value)
