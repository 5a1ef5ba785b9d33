"""What a site keeps in its folder: the same for every process, told of when it is damaged, and never code."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from attrs import evolve

from adapters.matching.base import Base, shipped
from adapters.matching.site import SiteMatching
from domain.identifiers import SupplierId
from domain.matching import MasterRecord
from domain.mentions import Mention
from domain.questions import Label
from domain.scope import Scope
from ports.errors import Misconfigured, NotOffered
from ports.matching import Learnt
from tests.resolution.suppliers import sparse, suppliers
from tests.resolution.told import record

ROOT = Path(__file__).parents[2]
HERE, BOUND = Scope("toys", "1"), Decimal("0.02")
RECORDS = suppliers().plain[:30]
FIRST, SECOND = RECORDS[:2]
ASKED = [Mention(kind=SupplierId, said=record.names[0], facts=record.facts[:1]) for record in RECORDS]


def said(name: str) -> Mention[SupplierId]:
    return Mention(kind=SupplierId, said=name)


def keys(matching: SiteMatching, name: str) -> list[str]:
    """Give the keys of what is found by *name*."""
    return [match.record.id.text for match in matching.rank(said(name), HERE).matches]


def learnt(matching: SiteMatching, labels: int) -> Learnt:
    """Learn from some of the names, each with the record that it belongs to."""
    taught = [Label(mention=mention, truth=RECORDS[place].id) for place, mention in enumerate(ASKED[:labels])]
    return matching.learn(SupplierId, HERE, taught, BOUND)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an index and a model; no test writes to it."""
    folder = tmp_path_factory.mktemp("names")
    matching = SiteMatching(folder)
    matching.refresh(SupplierId, HERE, RECORDS)
    learnt(matching, 3)
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """Give a copy of it that a test may damage."""
    for file in kept.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def the(folder: Path, what: str) -> Path:
    """Give the one file of a sort: an index, or a model."""
    (path,) = folder.glob(f"*.{what}.npz")
    return path


def test_a_process_with_other_hashes_ranks_alike(kept: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from adapters.matching.site import SiteMatching
from tests.resolution.test_files import ASKED, HERE
matching = SiteMatching(Path({str(kept)!r}))
print([matching.rank(mention, HERE) for mention in ASKED])
"""
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT)}
    other = subprocess.run(  # noqa: S603  # our own interpreter, our own program
        [sys.executable, "-c", program], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    here = SiteMatching(kept)

    assert other.stdout.strip() == str([here.rank(mention, HERE) for mention in ASKED])


def test_a_model_that_one_process_has_learnt_is_used_by_one_that_has_long_been_answering(folder: Path) -> None:
    first, second = SiteMatching(folder, lambda: sparse(200)), SiteMatching(folder)
    before = second.rank(ASKED[0], HERE)

    told = learnt(first, len(ASKED))

    after = second.rank(ASKED[0], HERE)
    assert after.model == told.model
    assert after.model != before.model
    assert after.index == before.index


def test_a_renamed_record_is_found_by_its_new_name_and_a_gone_one_not_at_all(folder: Path) -> None:
    asked, refreshed = SiteMatching(folder), SiteMatching(folder)
    assert keys(asked, FIRST.names[0])[0] == FIRST.id.text
    assert keys(asked, SECOND.names[0])[0] == SECOND.id.text

    renamed = evolve(FIRST, names=("Zwyvolt Optik",))
    done = refreshed.refresh(SupplierId, HERE, [renamed, *RECORDS[2:]])

    assert (done.new, done.changed, done.gone) == (0, 1, 1)
    for matching in (asked, refreshed, SiteMatching(folder)):
        assert keys(matching, "Zwyvolt Optik")[0] == FIRST.id.text
        assert FIRST.id.text not in keys(matching, FIRST.names[0])
        assert SECOND.id.text not in keys(matching, SECOND.names[0])
        number = evolve(said("?"), tax_number=SECOND.tax_numbers[0])
        assert not matching.rank(number, HERE).matches


def test_a_refresh_tells_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    matching = SiteMatching(tmp_path)
    first, second, third = (record(key, f"Firma {key}") for key in "ABC")
    matching.refresh(SupplierId, HERE, [first, second])
    done = matching.refresh(SupplierId, HERE, [evolve(first, names=("Firma Z",)), third])

    assert (done.records, done.new, done.changed, done.gone) == (2, 1, 1, 1)
    assert [record.names for record in matching.records(SupplierId, HERE)] == [("Firma Z",), ("Firma C",)]


def test_a_stream_that_breaks_leaves_everything_as_it_was(tmp_path: Path) -> None:
    matching = SiteMatching(tmp_path)
    matching.refresh(SupplierId, HERE, [record("A", "Firma A")])

    def broken() -> Iterator[MasterRecord[SupplierId]]:
        yield record("B", "Firma B")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        matching.refresh(SupplierId, HERE, broken())
    assert [record.id.text for record in matching.records(SupplierId, HERE)] == ["A"]
    assert [path.suffix for path in tmp_path.iterdir()] == [".npz"]


def test_while_one_thread_reads_what_is_new_others_are_answered_from_what_was_known(tmp_path: Path) -> None:
    entered, released = Event(), Event()
    hold = False

    def start() -> Base:
        if hold:
            entered.set()
            assert released.wait(60)
        return shipped()

    matching = SiteMatching(tmp_path, start)
    matching.refresh(SupplierId, HERE, RECORDS)
    old = matching.rank(ASKED[0], HERE).index
    SiteMatching(tmp_path).refresh(SupplierId, HERE, RECORDS[2:])
    hold = True
    with ThreadPoolExecutor(1) as reader:
        new = reader.submit(matching.rank, ASKED[0], HERE)
        assert entered.wait(60)

        assert matching.rank(ASKED[0], HERE).index == old
        released.set()
        assert new.result(60).index == matching.rank(ASKED[0], HERE).index != old


def test_a_refresh_that_finds_nothing_new_leaves_the_file_alone(folder: Path) -> None:
    (kept,) = folder.glob("*.index.npz")
    before = kept.stat()

    done = SiteMatching(folder).refresh(SupplierId, HERE, RECORDS)

    assert (done.new, done.changed, done.gone) == (0, 0, 0)
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_company_does_not_see_the_names_of_another(folder: Path) -> None:
    matching = SiteMatching(folder)

    for other in (
        Scope("toys", "2"),
        Scope("other", "1"),
        Scope("toys/1", "1"),
        Scope("to/ys", "1"),
        Scope("1", "toys"),
    ):
        with pytest.raises(NotOffered):
            matching.rank(ASKED[0], other)


def test_what_is_called_like_a_path_stays_in_the_folder(folder: Path) -> None:
    before = set(folder.parent.rglob("*"))
    SiteMatching(folder).refresh(SupplierId, Scope("../../x", "a/b\\c\x2fd"), RECORDS)

    (new,) = set(folder.parent.rglob("*")) - before
    assert new.parent == folder


def test_the_files_hold_numbers_and_text_alone(kept: Path) -> None:
    assert sorted(path.suffixes[-2:] for path in kept.iterdir()) == [[".index", ".npz"], [".model", ".npz"]]
    for path in kept.iterdir():
        with np.load(path, allow_pickle=False) as arrays:
            assert {arrays[name].dtype.kind for name in arrays.files} <= set("iufbU")


def other_arrays(_: bytes) -> bytes:
    file = io.BytesIO()
    np.savez(file, something=np.arange(3))
    return file.getvalue()


def pickled(_: bytes) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=True, records=np.array([Path()], dtype=object))
    return file.getvalue()


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half of it": lambda whole: whole[: len(whole) // 2],
    "all but the last byte": lambda whole: whole[:-1],
    "its start is gone": lambda whole: whole[100:],
    "turned round": lambda whole: whole[::-1],
    "zeros": lambda whole: bytes(len(whole)),
    "a text": lambda _: b"records: none\n",
    "a page of a proxy": lambda _: b"<html>502</html>",
    "arrays of something else": other_arrays,
    "code": pickled,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("what", ["index", "model"])
def test_a_damaged_file_is_told_of_in_one_sentence(folder: Path, what: str, damage: Callable[[bytes], bytes]) -> None:
    path = the(folder, what)
    path.write_bytes(damage(path.read_bytes()))

    for use in (lambda: SiteMatching(folder).rank(ASKED[0], HERE), lambda: learnt(SiteMatching(folder), 3)):
        with pytest.raises(Misconfigured) as caught:
            use()
        assert str(path) in str(caught.value)
        assert "is damaged, or of another version; remove it" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_refresh_does_not_pass_over_a_damaged_index(folder: Path) -> None:
    path = the(folder, "index")
    path.write_bytes(b"")

    with pytest.raises(Misconfigured, match="remove it"):
        SiteMatching(folder).refresh(SupplierId, HERE, RECORDS)
    path.unlink()
    assert SiteMatching(folder).refresh(SupplierId, HERE, RECORDS).new == len(RECORDS)


def test_whichever_byte_of_an_index_has_flipped_it_is_told_of_or_changes_nothing(folder: Path) -> None:
    path = the(folder, "index")
    SiteMatching(folder).refresh(SupplierId, HERE, [FIRST])
    whole = path.read_bytes()
    expected = SiteMatching(folder).records(SupplierId, HERE)

    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            found = SiteMatching(folder).records(SupplierId, HERE)
        except Misconfigured:
            continue
        assert found == expected, place


def test_a_model_without_what_it_scored_before_is_told_of_when_it_learns_again(folder: Path) -> None:
    path = the(folder, "model")
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files if not name.startswith("memory")}
    np.savez(path, allow_pickle=False, **arrays)

    with pytest.raises(Misconfigured, match="remove it"):
        learnt(SiteMatching(folder), 3)
