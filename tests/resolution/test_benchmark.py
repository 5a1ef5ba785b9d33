"""The benchmark of the resolver: what it reads, and how it judges."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.resolution import rows
from benchmarks.resolution.judging import calibration_error, judge
from benchmarks.resolution.rows import QuestionRow

MASTER = "id,type,name,alias,tax_id,offices\nA,ORG,Lua,Posto Lua,,n1 n2\nB,ORG,Sol,,,\n"
QUERIES = "qid,name,office,truth,kind,split,contested\nq1,Lua,n1,A,exact,cal,\nq2,Mar,,,absent,test,1\n"


def a_set(folder: Path, master: str = MASTER, queries: str = QUERIES) -> Path:
    """Write a labelled set."""
    (folder / "master.csv").write_text(master, "utf-8")
    (folder / "queries.csv").write_text(queries, "utf-8")
    return folder


def test_both_files_are_read_and_a_question_carries_no_answer(tmp_path: Path) -> None:
    folder = a_set(tmp_path)
    first, second = rows.questions(folder)

    assert [(row.id, row.name, row.aliases) for row in rows.master(folder)] == [
        ("A", "Lua", ("Posto Lua",)),
        ("B", "Sol", ()),
    ]
    assert (dict(first.columns), first.truth, first.cal) == ({"office": "n1"}, "A", True)
    assert (second.truth, second.cal, second.contested) == (None, False, True)


@pytest.mark.parametrize(
    ("master", "queries", "told"),
    [
        ("id,names\nA,Lua\n", QUERIES, "lacks the column 'name'"),
        ("id,name\n", QUERIES, "holds no rows"),
        ("id,name\nA,Lua\nA,Sol\n", QUERIES, "the same id twice"),
        (MASTER, "qid,name,truth,split\nq1,Lua,A,train\n", "has the split 'train'"),
        (MASTER, "qid,name,truth,split\nq1,Lua,A,cal\n", "has no question with the split 'test'"),
    ],
)
def test_a_bad_file_is_told_of_in_a_sentence(tmp_path: Path, master: str, queries: str, told: str) -> None:
    folder = a_set(tmp_path, master, queries)

    with pytest.raises(SystemExit, match=told):
        (rows.master(folder), rows.questions(folder))


def test_a_folder_without_the_files_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"name a folder that holds master\.csv and queries\.csv"):
        rows.master(tmp_path)


def asked(count: int, *, cal: bool) -> list[QuestionRow]:
    """Give questions that all mean A."""
    return [QuestionRow(f"q{cal}{number}", "Lua", {}, "A", cal, False) for number in range(count)]


def test_the_threshold_is_taken_from_cal_and_judged_on_test() -> None:
    questions = asked(1000, cal=True) + asked(100, cal=False)
    best = ["A"] * 500 + ["B"] * 500 + ["A"] * 50 + ["B"] * 50
    score = [0.9] * 500 + [0.5] * 500 + [0.9] * 40 + [0.5] * 10 + [0.9] + [0.1] * 49
    judged = judge(questions, best, score, None, 0.01)

    assert (judged.threshold, judged.asked, judged.wrong) == (0.9, 100, 1)
    assert judged.answered == pytest.approx(0.41)
    assert judged.wrong_rate == pytest.approx(0.01)


def test_the_lead_over_the_second_is_used_where_it_answers_more() -> None:
    questions = asked(1000, cal=True)
    best, score = ["A"] * 500 + ["B"] * 500, [0.9] * 1000
    judged = judge(questions, best, score, [0.0] * 500 + [0.8] * 500, 0.01)

    assert judged.threshold == pytest.approx(1.8)


def test_nothing_is_answered_where_nothing_is_proved() -> None:
    judged = judge(asked(50, cal=True) + asked(5, cal=False), ["A"] * 55, [1.0] * 55, None, 0.01)

    assert (judged.threshold, judged.answered) == (None, 0.0)


def test_scores_that_come_true_have_no_calibration_error() -> None:
    draw = random.Random(1)  # noqa: S311 -- no secret hangs on it
    honest = [draw.random() for _ in range(20_000)]
    right = [draw.random() < score for score in honest]

    assert calibration_error(honest, right) < 0.02
    assert calibration_error([min(1.0, score + 0.2) for score in honest], right) > 0.1
