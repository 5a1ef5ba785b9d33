"""The conformance report as one page of HTML that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from contracts.laws.conformance import Conformance, Outcome, Verdict
from contracts.laws.subject import Limit

_MARKS = {Outcome.KEPT: ("kept", "✓"), Outcome.BROKEN: ("broken", "✗"), Outcome.NOT_APPLICABLE: ("aside", "–")}
"""Class and sign of each outcome."""


def page(conformances: Sequence[Conformance]) -> str:
    """Draw the page; whatever an adapter or a vendor said stands in it as text and as nothing else."""
    whole = all(each.is_kept for each in conformances)
    verdict = "Every law that applies is kept." if whole else "Not every law is kept."
    return "".join(
        [
            "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>",
            "<meta name='viewport' content='width=device-width, initial-scale=1'>",
            f"<title>Conformance</title><style>{_STYLE}</style></head><body><main>",
            f"<header><h1>Conformance</h1><p class='{'kept' if whole else 'broken'}'>{verdict}</p></header>",
            _contents(conformances),
            *(_section(number, each) for number, each in enumerate(conformances)),
            "</main></body></html>\n",
        ]
    )


def _contents(conformances: Sequence[Conformance]) -> str:
    rows = (
        f"<tr><td>{_mark(each)}</td><td><a href='#report-{number}'>{_title(each)}</a></td><td>{_counts(each)}</td></tr>"
        for number, each in enumerate(conformances)
    )
    return f"<table class='contents'>{''.join(rows)}</table>"


def _section(number: int, conformance: Conformance) -> str:
    adapter, when = conformance.adapter, conformance.judged_at
    kind = f" · kind {_text(adapter.kind)}" if adapter.kind else ""
    chapters = groupby(conformance.verdicts, key=lambda verdict: verdict.chapter)
    return "".join(
        [
            f"<section id='report-{number}'><h2>{_title(conformance)}</h2>",
            f"<p class='about'>{_counts(conformance)}{kind} · judged {when:%Y-%m-%d %H:%M:%S} UTC</p>",
            *(f"<h3>{_text(chapter)}</h3><ol>{''.join(map(_law, laws))}</ol>" for chapter, laws in chapters),
            _limits(adapter.limits),
            "</section>",
        ]
    )


def _law(verdict: Verdict) -> str:
    name, sign = _MARKS[verdict.outcome]
    told = "" if verdict.told is None else f"<p class='told'>{_text(verdict.told)}</p>"
    sentence = verdict.sentence[:1].upper() + verdict.sentence[1:]
    return (
        f"<li class='{name}'><span class='sign' title='{verdict.outcome.value}'>{sign}</span>"
        f"<div><strong>{_text(sentence)}</strong><p class='reason'>{_text(verdict.reason)}</p>{told}</div></li>"
    )


def _limits(limits: Sequence[Limit]) -> str:
    if not limits:
        return ""
    rows = (
        f"<tr><th scope='row'>{_text(each.about)}</th><td>{_text(each.told)}</td><td>{_text(each.because)}</td></tr>"
        for each in limits
    )
    head = "<thead><tr><th>about</th><th>what is not done</th><th>why</th></tr></thead>"
    return f"<h3>What this adapter does not do</h3><table class='limits'>{head}<tbody>{''.join(rows)}</tbody></table>"


def _title(conformance: Conformance) -> str:
    return f"{_text(conformance.port.replace('_', ' ').capitalize())} of {_text(conformance.adapter.system)}"


def _mark(conformance: Conformance) -> str:
    name, sign = _MARKS[Outcome.KEPT if conformance.is_kept else Outcome.BROKEN]
    return f"<span class='sign {name}'>{sign}</span>"


def _counts(conformance: Conformance) -> str:
    counted = conformance.counted()
    there: Iterator[Outcome] = (outcome for outcome in Outcome if counted[outcome] > 0)
    return _joined(f"<span class='{_MARKS[each][0]}'>{counted[each]} {each.value}</span>" for each in there)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(parts) or "nothing was judged"


def _text(text: str) -> str:
    """Write a text so that it is nothing but text, characters that cannot stand in a page as their escapes."""
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    return escape(shown)


_STYLE = """
:root{--ink:#1c2430;--soft:#5d6878;--line:#e1e6ec;--paper:#fff;--back:#f4f6f9;--kept:#1a7f45;--broken:#b42318;
--aside:#7a6a2f;--tint:#fdf1f0;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa6b6;--line:#2d3743;--paper:#171d25;--back:#0f141a;
--kept:#5bc98a;--broken:#ff8a80;--aside:#d2bd6b;--tint:#2c1a1a}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}
header p{font-size:1.15rem;font-weight:600;margin:.25rem 0 1.5rem}
h1{margin:0;font-size:1.9rem}h2{margin:0;font-size:1.35rem}
h3{margin:1.75rem 0 .5rem;font-size:.82rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1.5rem;margin-top:1.5rem}
.about{color:var(--soft);margin:.25rem 0 0}
ol{list-style:none;margin:0;padding:0}
li{display:flex;gap:.75rem;padding:.6rem 0;border-top:1px solid var(--line)}
li div{min-width:0}
.sign{font-weight:700;width:1.2rem;flex:none;text-align:center}
.kept,li.kept .sign{color:var(--kept)}.broken,li.broken .sign{color:var(--broken)}
.aside,li.aside .sign{color:var(--aside)}
li{color:var(--ink)!important}
.reason{margin:0;color:var(--soft)}
.told{margin:.35rem 0 0;padding:.4rem .65rem;border-left:3px solid var(--aside);background:var(--back);
overflow-wrap:anywhere;border-radius:0 6px 6px 0}
li.broken .told{border-color:var(--broken);background:var(--tint);font-family:ui-monospace,monospace;font-size:.9em}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;vertical-align:top;padding:.45rem .75rem .45rem 0;border-top:1px solid var(--line);
overflow-wrap:anywhere}
thead th{color:var(--soft);font-weight:600;border:0}
.limits tbody th{font-family:ui-monospace,monospace;font-weight:400;font-size:.9em}
.contents td:first-child{width:1.5rem}
a{color:inherit}
@media print{body{background:none}section{break-inside:auto;border:0;padding:0}}
"""
