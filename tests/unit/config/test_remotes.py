"""What the configuration may say of a remote repository."""

from pathlib import Path

import pytest

from catalog_builder.config import ConfigError, GitSource, is_on_this_machine, read_settings


def source(folder: Path, text: str) -> GitSource:
    file = folder / "catalog.yml"
    file.write_text(f"sources:\n  - {text}\n", encoding="utf-8")
    [found] = read_settings(file).sources
    assert isinstance(found, GitSource)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example.com/acme/orders.git",
        "https://git.example.com:8443/acme/my%20orders",
        "http://git.example.com/acme/orders.git",
        "ssh://git@git.example.com:2222/acme/orders.git",
        "git@git.example.com:acme/orders.git",
        "file:///srv/git/orders.git",
        "../orders.git",
        "/srv/git repositories/orders.git",
    ],
)
def test_an_address_of_git_is_kept_as_it_is_written(tmp_path: Path, address: str) -> None:
    assert source(tmp_path, f"git: {address!r}") == GitSource(address)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("--upload-pack=touch /tmp/x", "is not the address of a repository"),
        ("-oProxyCommand=x", "is not the address of a repository"),
        ("-oProxyCommand=x:y", "is not the address of a repository"),
        ("ssh://-oProxyCommand=x/y", "is not the address of a repository"),
        ("ssh://-oProxyCommand=x@host/y", "is not the address of a repository"),
        ("ssh://git@-oProxyCommand=x/y", "is not the address of a repository"),
        ("https:///orders", "is not the address of a repository"),
        ("https://host:port/orders", "is not the address of a repository"),
        ("https://git.example.com/a b", "is not the address of a repository"),
        ("https://git.example.com/a?access_token=x", "is not the address of a repository"),
        ("https://[::1/a", "is not the address of a repository"),
        ("file://host/a", "is not the address of a repository"),
        ("https://git.example.com/a\\nb", "is not the address of a repository"),
        ("x" * 2001, "is not the address of a repository"),
        ("ext::sh -c id", "names a helper of git"),
        ("file::/srv/x", "names a helper of git"),
        ("::/srv/x", "names a helper of git"),
        ("ftp://git.example.com/a", "begins with what is not brought"),
        ("git://git.example.com/a", "begins with what is not brought"),
    ],
)
def test_what_is_no_address_or_would_run_something_is_a_mistake(
    tmp_path: Path, address: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        source(tmp_path, f'git: "{address}"')


@pytest.mark.parametrize(
    "address",
    [
        "https://me:s3cret@git.example.com/acme/orders.git",
        "https://s3cret@git.example.com/acme/orders.git",
        "ssh://git:s3cret@git.example.com/acme/orders.git",
        "https://:s3cret@git.example.com/acme/orders.git",
    ],
)
def test_an_address_with_a_secret_is_a_mistake_that_does_not_tell_it(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        source(tmp_path, f"git: {address}")
    assert "holds a user or a password" in str(refused.value)
    assert "token_env" in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("ref", ["main", "v1.2.0", "feature/größe", "@main", "a" * 40, "1.x"])
def test_a_branch_a_tag_or_a_commit_is_a_ref(tmp_path: Path, ref: str) -> None:
    assert source(tmp_path, f"{{git: a, ref: '{ref}'}}").ref == ref


@pytest.mark.parametrize(
    "ref",
    [
        *("--upload-pack=x", "-x", "a..b", "a b", "a:b", "^a", "a~1", "a@{1}", "@", "a\\nb"),
        *("a.lock", "a/", "/a", "a//b", ".a", "a/.b", "a.", "a*", "a?", "[a]", "a\\0b", "x" * 2001),
    ],
)
def test_what_is_no_name_of_a_ref_is_a_mistake(tmp_path: Path, ref: str) -> None:
    with pytest.raises(ConfigError):
        source(tmp_path, f'{{git: a, ref: "{ref}"}}')


@pytest.mark.parametrize("token", ["ghp_s3cret", "s3cret token", "glpat-s3cret", "9A", "A" * 65])
def test_a_token_in_place_of_its_variable_is_a_mistake_that_does_not_tell_it(
    tmp_path: Path, token: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        source(tmp_path, f"{{git: https://git.example.com/a, token_env: '{token}'}}")
    assert "is not the name of an environment variable" in str(refused.value)
    assert token not in str(refused.value)


@pytest.mark.parametrize("address", ["https://git.example.com/a", "http://127.0.0.1:8000/a"])
def test_a_token_goes_where_nobody_can_read_it_on_the_way(tmp_path: Path, address: str) -> None:
    found = source(tmp_path, f"{{git: '{address}', token_env: GIT_TOKEN}}")
    assert found.token_env == "GIT_TOKEN"  # noqa: S105  a name


@pytest.mark.parametrize(
    "address",
    ["http://git.example.com/a", "ssh://git.example.com/a", "git@git.example.com:a", "/srv/a"],
)
def test_a_token_that_others_could_read_on_the_way_is_a_mistake(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(ConfigError, match="would show its token to others on the way"):
        source(tmp_path, f"{{git: '{address}', token_env: GIT_TOKEN}}")


@pytest.mark.parametrize("address", ["orders.git", "./a:b", "dir/a:b", "FILE:///srv/a", "/srv/a"])
def test_a_path_is_on_this_machine(address: str) -> None:
    assert is_on_this_machine(address)


@pytest.mark.parametrize("address", ["host:a", "me@host:a/b", "https://host/a", "ssh://host/a"])
def test_a_host_is_another_machine(address: str) -> None:
    assert not is_on_this_machine(address)
