import os
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from catalog_builder.config import LocalSource, Settings, settings_for
from catalog_builder.crawl import Crawl, crawl
from catalog_builder.model import Location, Repository, SourceState, Viewpoint

Written = Callable[[Mapping[str, str | bytes]], Path]
SPEC = "asyncapi: 3.0.0\ninfo: {title: a, version: '1'}\n"


def crawled(root: Path, *paths: str) -> Crawl:
    return crawl(Settings(root=root, sources=tuple(LocalSource(path) for path in paths)))


def brought(found: Crawl) -> dict[str, tuple[str, ...]]:
    return {each.repository.name: each.specifications for each in found.checkouts}


def told(found: Crawl) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.location)) for finding in found.findings]


def test_each_folder_that_a_pattern_matches_is_a_repository(written: Written) -> None:
    root = written({"specs/b/x/api.yml": SPEC, "specs/a/asyncapi.json": '{"asyncapi": "2.6.0"}'})
    found = crawled(root, "specs/*")
    assert found.checkouts[0].repository == Repository("a")
    assert brought(found) == {"a": ("asyncapi.json",), "b": ("x/api.yml",)}
    assert found.findings == ()
    assert found.report == (SourceState("specs/*", ("a", "b"), 2, "read"),)


def test_a_plain_folder_is_one_repository(written: Written) -> None:
    root = written({"specs/b/x/api.yml": SPEC, "specs/asyncapi.yaml": SPEC})
    assert brought(crawled(root, "specs")) == {"specs": ("asyncapi.yaml", "b/x/api.yml")}


def test_files_that_a_pattern_matches_are_one_repository_named_after_their_folder(
    written: Written,
) -> None:
    root = written(
        {
            "specs/a.yaml": SPEC,
            "specs/b.yaml": SPEC,
            "specs/c/d.yaml": SPEC,
            "specs/README.md": "```\nasyncapi: 3.0.0\n```",
        }
    )
    assert brought(crawled(root, "specs/*")) == {"specs": ("a.yaml", "b.yaml"), "c": ("d.yaml",)}
    assert brought(crawled(root, "specs/**/*.yaml")) == {
        "specs": ("a.yaml", "b.yaml"),
        "c": ("d.yaml",),
    }


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*", ["one", "two"]),
        ("*/", ["one", "two"]),
        ("{one,two}", ["one", "two"]),
        ("{one/x,two}", ["two", "x"]),
        ("*/x", ["x"]),
        ("**/x", ["x"]),
        ("**", ["one", "two"]),
        ("[!o]*", ["two"]),
        ("./*", ["one", "two"]),
        ("../estate/*", ["one", "two"]),
    ],
)
def test_patterns_match_folders(written: Written, pattern: str, names: list[str]) -> None:
    root = written(
        {"one/x/a.yaml": SPEC, "two/a.yaml": SPEC, ".hid/a.yaml": SPEC, "node_modules/a.yaml": SPEC}
    )
    assert list(brought(crawled(root, pattern))) == names


def test_an_absolute_path_is_taken_as_it_is(written: Written, tmp_path: Path) -> None:
    root = written({"a/asyncapi.yaml": SPEC})
    assert list(brought(crawled(tmp_path, f"{root}/*", str(root / "a")))) == ["a"]


def test_what_a_source_says_of_its_repositories_reaches_them(written: Written) -> None:
    source = LocalSource(
        "orders",
        name="acme/orders \U0001f4e6",
        url="https://git.example.com/{repository}/",
        link="https://git.example.com/{repository}/{path}#{line}",
        viewpoint=Viewpoint.CLIENT,
    )
    found = crawl(Settings(root=written({"orders/a.yaml": SPEC}), sources=(source,)))
    assert found.checkouts[0].repository == Repository(
        name="acme/orders \U0001f4e6",
        url="https://git.example.com/acme/orders%20%F0%9F%93%A6",
        link="https://git.example.com/{repository}/{path}#{line}",
        viewpoint=Viewpoint.CLIENT,
    )


def test_a_folder_without_specifications_is_kept_because_others_may_refer_to_it(
    written: Written,
) -> None:
    root = written({"specs/a/asyncapi.yaml": SPEC, "specs/common/x.avsc": "{}"})
    assert brought(crawled(root, "specs/*")) == {"a": ("asyncapi.yaml",), "common": ()}


def test_folders_of_one_name_are_kept_apart(written: Written) -> None:
    root = written({"orders/api/a.yaml": SPEC, "stock/api/b.yaml": SPEC})
    found = crawled(root, "*/api")
    assert brought(found) == {"api": ("a.yaml",), "stock/api": ("b.yaml",)}
    assert told(found) == [("repository-name-twice", "stock/api")]
    assert "called `api`" in found.findings[0].message


def test_a_name_given_twice_is_kept_apart(written: Written) -> None:
    root = written({"a/a.yaml": SPEC, "b/b.yaml": SPEC})
    sources = (LocalSource("a", name="x"), LocalSource("b", name="x"))
    found = crawl(Settings(root=root, sources=sources))
    assert brought(found) == {"x": ("a.yaml",), "estate/x": ("b.yaml",)}


def test_a_folder_that_two_sources_name_is_one_repository(written: Written) -> None:
    root = written({"a/a.yaml": SPEC, "a/b.yaml": SPEC})
    found = crawled(root, "a/b.yaml", "a/a.yaml")
    assert brought(found) == {"a": ("a.yaml", "b.yaml")}
    assert found.findings == ()


def test_what_a_later_source_says_of_a_known_folder_is_a_finding(written: Written) -> None:
    sources = (LocalSource("*"), LocalSource("a", viewpoint=Viewpoint.CLIENT))
    found = crawl(Settings(root=written({"a/a.yaml": SPEC}), sources=sources))
    assert found.checkouts[0].repository == Repository("a")
    assert told(found) == [("repository-brought-twice", "a")]


def test_one_name_for_several_repositories_is_a_finding(written: Written) -> None:
    root = written({"a/a.yaml": SPEC, "b/b.yaml": SPEC})
    found = crawl(Settings(root=root, sources=(LocalSource("*", name="x"),)))
    assert list(brought(found)) == ["a", "b"]
    assert told(found) == [("source-name-unused", "*")]


def test_files_named_on_the_command_line_need_not_look_like_specifications(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = written({"a[1]/contract.txt": SPEC, "a[1]/other.yaml": SPEC, "b/x": "no"})
    monkeypatch.chdir(root)
    found = crawl(settings_for([Path("a[1]/contract.txt"), Path("b/x")]))
    assert brought(found) == {"a[1]": ("contract.txt",)}
    assert told(found) == [("source-empty", "b/x")]


def test_include_and_exclude_choose_files_and_whole_folders(written: Written) -> None:
    root = written(
        {
            "a/x.yaml": SPEC,
            "a/y.yaml": SPEC,
            "a/old/x.yaml": SPEC,
            "a/b/tests/z/x.yaml": SPEC,
            "a/c/x.yml": SPEC,
            "a/gen/x.yaml": SPEC,
        }
    )
    settings = Settings(
        root=root,
        sources=(LocalSource("a"),),
        include=("**/x.{yaml,yml}",),
        exclude=("old/*", "**/tests/**", "gen"),
    )
    assert brought(crawl(settings)) == {"a": ("c/x.yml", "x.yaml")}


@pytest.mark.parametrize("site_dir", [None, Path("out")])
def test_copies_in_the_site_that_we_built_are_no_specifications(
    written: Written, site_dir: Path | None
) -> None:
    name = str(site_dir or "site")
    root = written({"a/x.yaml": SPEC, f"{name}/x.yaml": SPEC, f"a/{name}/x.yaml": SPEC})
    built = site_dir and root / site_dir
    for path, expected in ((".", {"estate"}), ("*", {"a"})):
        found = crawl(Settings(root=root, sources=(LocalSource(path),), site_dir=built))
        assert brought(found).keys() == expected
        assert found.report[0].documents == 2


def test_tools_and_hidden_folders_are_not_searched_but_hidden_files_can_be_read(
    written: Written,
) -> None:
    closed = [
        ".git",
        ".github",
        ".venv",
        "__pycache__",
        "build",
        "dist",
        "node_modules",
        "target",
        "vendor",
    ]
    root = written(
        {f"a/{name}/x.yaml": SPEC for name in closed}
        | {"a/.github/CODEOWNERS": "* @a", "a/x.yaml": SPEC, "a/CODEOWNERS": "* @b"}
    )
    [checkout] = crawled(root, "a").checkouts
    assert checkout.specifications == ("x.yaml",)
    assert list(checkout.files) == [".github/CODEOWNERS", ".github/x.yaml", "CODEOWNERS", "x.yaml"]
    assert len(checkout.files) == 4
    assert checkout.files[".github/CODEOWNERS"] == b"* @a"
    assert checkout.files["vendor/x.yaml"] == SPEC.encode()


def test_files_can_be_pickled_and_compared(written: Written) -> None:
    [checkout] = crawled(written({"a/x.yaml": SPEC}), "a").checkouts
    again = pickle.loads(pickle.dumps(checkout))  # noqa: S301  our own bytes
    assert again == checkout
    assert again.files["x.yaml"] == SPEC.encode()


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        ".",
        "..",
        "../secret",
        "b/../x.yaml",
        "/etc/passwd",
        "b",
        "b/",
        "x.yaml/",
        "none",
        "x.yaml/x",
        ".git/config",
        "b/.GIT/config",
        "out",
        "out/hosts",
        "hidden",
        "a\0b",
        "loop",
        "loop/x",
        "pipe",
        "x" * 300,
        "\udcff",
        "large.json",
        "dangling",
    ],
)
def test_what_is_not_a_file_of_the_repository_is_not_there(written: Written, path: str) -> None:
    root = written(
        {
            "secret": "s",
            "a/x.yaml": SPEC,
            "a/b/y.yaml": SPEC,
            "a/.git/config": "token",
            "a/b/.GIT/config": "t",
            "a/large.json": b" " * 10_000_001,
        }
    )
    (root / "a/out").symlink_to("/etc")
    (root / "a/hidden").symlink_to(".git/config")
    (root / "a/loop").symlink_to("loop")
    (root / "a/dangling").symlink_to("nowhere")
    os.mkfifo(root / "a/pipe")
    [checkout] = crawled(root, "a").checkouts
    assert list(checkout.files) == ["b/y.yaml", "x.yaml"]
    assert path not in checkout.files
    with pytest.raises(KeyError):
        checkout.files[path]


def test_links_are_followed_inside_a_repository_and_never_out_of_it(written: Written) -> None:
    root = written({"a/docs/x.yaml": SPEC, "secret.yaml": SPEC, "more/z.yaml": SPEC})
    for name, target in {
        "link.yaml": "docs/x.yaml",
        "leak.yaml": "../secret.yaml",
        "loop.yaml": "loop.yaml",
        "docs/up": "..",
        "more": "../more",
        "dangling.yaml": "nowhere",
    }.items():
        (root / "a" / name).symlink_to(target)
    found = crawled(root, "a")
    assert brought(found) == {"a": ("docs/x.yaml", "link.yaml")}
    assert told(found) == [
        ("file-unreadable", "a/dangling.yaml"),
        ("link-leaves-repository", "a/leak.yaml"),
        ("file-unreadable", "a/loop.yaml"),
        ("link-leaves-repository", "a/more"),
    ]
    assert found.checkouts[0].files["docs/up/docs/x.yaml"] == SPEC.encode()
    assert found.report[0].state == "read in part"


def test_a_source_may_be_a_link_and_is_named_as_it_is_written(written: Written) -> None:
    root = written({"real/x.yaml": SPEC, "specs/README": ""})
    (root / "specs/orders").symlink_to("../real")
    assert brought(crawled(root, "specs/*")) == {"orders": ("x.yaml",)}


@pytest.mark.parametrize(
    ("path", "code", "state"),
    [
        ("none", "source-missing", "missing"),
        ("none/*", "source-missing", "missing"),
        ("no*", "source-missing", "missing"),
        ("x" * 300, "source-missing", "missing"),
        ("README.md/x", "source-missing", "missing"),
        ("README.md", "source-empty", "no document found"),
        ("empty", "source-empty", "no document found"),
        ("emp*", "source-empty", "no document found"),
        ("loop", "source-unreadable", "unreadable"),
        ("pipe", "source-unreadable", "unreadable"),
    ],
)
def test_a_source_that_fails_is_one_finding_and_costs_no_other(
    written: Written, path: str, code: str, state: str
) -> None:
    root = written({"good/x.yaml": SPEC, "README.md": "read me", "empty/x.yaml": "a: 1"})
    (root / "loop").symlink_to("loop")
    os.mkfifo(root / "pipe")
    place = Location("", "catalog.yml", 7, 5)
    sources = (LocalSource(path, place=place), LocalSource("good"))
    found = crawl(Settings(root=root, sources=sources))
    assert [(each.code, each.location) for each in found.findings] == [(code, place)]
    assert f"`{path}`" in found.findings[0].message
    assert brought(found)["good"] == ("x.yaml",)
    assert (found.report[0].state, found.report[1].state) == (state, "read")


def test_what_may_not_be_read_is_a_finding_and_the_rest_is_whole(unprivileged: Path) -> None:
    for name in ("a/x.yaml", "a/y.yaml", "a/deep/z.yaml", "shut/x.yaml"):
        (unprivileged / name).parent.mkdir(parents=True, exist_ok=True)
        (unprivileged / name).write_text(SPEC)
    closed = [unprivileged / name for name in ("a/y.yaml", "a/deep", "shut")]
    for each in closed:
        each.chmod(0)
    found = crawled(unprivileged, "a", "shut", "shut/*")
    for each in closed:
        each.chmod(0o700)
    assert brought(found) == {"a": ("x.yaml",)}
    assert told(found) == [
        ("source-unreadable", "shut"),
        ("source-unreadable", "shut/*"),
        ("folder-unreadable", "a/deep"),
        ("file-unreadable", "a/y.yaml"),
    ]


def test_a_specification_that_is_too_large_is_a_finding_and_other_large_files_are_not(
    written: Written,
) -> None:
    root = written(
        {
            "a/x.yaml": SPEC.encode() + b"#" * 10_000_000,
            "a/y.yaml": SPEC,
            "a/z.json": b"[" * 10_000_001,
        }
    )
    found = crawled(root, "a")
    assert brought(found) == {"a": ("y.yaml",)}
    assert told(found) == [("file-too-large", "a/x.yaml")]


def test_strange_names_do_no_harm(written: Written) -> None:
    names = ["a b", "ü\U0001f4e6", "x" * 250, "a\nb", "{a,b}", "-rf", "#", "%2e", "'\"<b>"]
    root = written({f"specs/{name}/{name}.yaml": SPEC for name in names})
    nameless = root / os.fsdecode(b"specs/\xff\xfe")
    nameless.mkdir()
    for name in (b"x.yaml", b"\xff.yaml", b"\xff.txt"):
        (nameless / os.fsdecode(name)).write_text(SPEC)
    found = crawled(root, "specs/*")
    assert brought(found) == {name: (f"{name}.yaml",) for name in sorted(names)} | {
        "??": ("x.yaml",)
    }
    assert told(found) == [("file-name-unreadable", "??")]
    assert found.findings[0].message.startswith("The name `?.yaml` is not UTF-8")


def test_a_thousand_folders_are_searched_in_a_blink(tmp_path: Path) -> None:
    for number in range(1000):
        folder = tmp_path / "estate" / f"service-{number}"
        folder.mkdir(parents=True)
        (folder / "asyncapi.yaml").write_text(SPEC)
        if number % 10 == 0:
            (folder / "package.json").write_text('{"dependencies": {"asyncapi": "1"}}')
    found = crawled(tmp_path, "estate/*")
    assert sum(len(each.specifications) for each in found.checkouts) == 1000
