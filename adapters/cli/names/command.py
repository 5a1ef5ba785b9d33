"""``dragoman resolver``: which record a name means, how sure that is, and what people said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from adapters.cli.exits import Exit
from adapters.cli.names.answers import answer, best, question_record, show
from adapters.cli.names.proofs import certificate_record, lapsed, proof_row, report_record, show_report, too_few
from adapters.cli.progress import Progress
from adapters.cli.screen import Screen, Sheet
from adapters.cli.source import Json
from adapters.cli.writes.door import Because, Site, account, governed_at
from domain.mentions import Mention, Nature, Trait
from domain.questions import QuestionId
from domain.resolution import Resolved
from domain.scope import Scope
from ports.errors import Misconfigured, NotOffered

if TYPE_CHECKING:
    from adapters.governed.naming import Names
    from adapters.governed.path import Governed
    from domain.identifiers import Identifier

resolver = App(
    name="resolver", help="Find records by name, judge what was found, and prove how far names may be believed."
)
System = Annotated[str, Parameter(help="The site's name for the system.")]
Company = Annotated[str, Parameter(help="The company's key in that system.")]
Kind = Annotated[
    str, Parameter(name="--of", help="What kind of record: suppliers, or products that were ordered before.")
]


@resolver.command
def refresh(
    *, system: System, company: Company, of: Kind = "suppliers", json: Json = False, config: Site = None
) -> int:
    """Read all records of one kind into the index by which names are looked up; run it daily, and after a bulk load.

    Try `dragoman resolver refresh --system sap --company 1000 --config erp.toml`.
    """
    screen, scope = Screen(), Scope(system, company)
    with governed_at(config) as path:
        names, kind = _kind(path, of, scope)
        with Progress(f"reading {of} of {system}", silent=json) as progress:
            found = names.refresh(kind, scope, progress.one_more)
        proof = names.notebook.proof(kind, scope)
    if json:
        screen.json({"records": found.records, "new": found.new, "changed": found.changed, "gone": found.gone})
    else:
        screen.line(f"{found.records} {of} in the index: {found.new} new, {found.changed} changed, {found.gone} gone")
    if proof is not None and not proof.is_for(found.records):
        screen.note(lapsed(proof, found.records))
    return Exit.DONE


@resolver.command
def ask(
    said: Annotated[str, Parameter(help="What was said: a name, or a key.")],
    /,
    *,
    system: System,
    company: Company,
    tax_number: Annotated[str | None, Parameter(help="A tax number, as it was written.")] = None,
    reference: Annotated[str | None, Parameter(help="A key or number that was quoted.")] = None,
    nature: Annotated[Nature | None, Parameter(help="If it was said: person or organisation.")] = None,
    fact: Annotated[
        tuple[str, ...], Parameter(help="What else was said, as city=Bremen; as often as there is something.")
    ] = (),
    of: Kind = "suppliers",
    json: Json = False,
    config: Site = None,
) -> int:
    """Ask which record is meant: the one, or candidates and what would settle it. Ends with 4 if that is not settled.

    Try:

    - `dragoman resolver ask "Schrauben Groß" --fact city=Bremen --system sap --company 1000 --config erp.toml`
    - `dragoman resolver ask "Schrauben Groß" --tax-number "DE 136695976" --system sap --company 1000`
    """
    screen, scope = Screen(), Scope(system, company)
    with governed_at(config) as path:
        _, kind = _kind(path, of, scope)
        mention = Mention(
            kind=kind,
            said=said,
            tax_number=tax_number,
            reference=reference,
            nature=nature,
            facts=tuple(map(_trait, fact)),
        )
        found = path.resolver.resolve(mention, scope)
    if json:
        screen.json(answer(found))
    else:
        show(screen, found)
    return Exit.DONE if isinstance(found, Resolved) else Exit.NOT_FOUND


@resolver.command
def questions(*, json: Json = False, config: Site = None) -> int:
    """List what waits for your judgement: what was halted, and a sample of what was answered without a person.

    Try `dragoman resolver questions --config erp.toml`.
    """
    screen = Screen()
    with governed_at(config) as path:
        waiting = _names(path).notebook.open()
    if json:
        for each in waiting:
            screen.json(question_record(each))
        return Exit.DONE
    rows = [
        (
            each.id.text,
            each.scope.system,
            each.scope.company,
            each.mention.said,
            best(each),
            f"{each.score}",
            each.because,
        )
        for each in waiting
    ]
    columns = ("question", "system", "company", "said", "likeliest", "sure", "because")
    screen.sheet(Sheet("", columns, rows, numbers=("sure",), wrapped=("said", "because")))
    return Exit.DONE


@resolver.command
def judge(
    question: Annotated[str, Parameter(help="The question; `dragoman resolver questions` lists them.")],
    key: Annotated[str | None, Parameter(help="The key of the record that was meant.")] = None,
    /,
    *,
    because: Because,
    not_there: Annotated[
        bool, Parameter(negative="", show_default=False, help="No record that the ERP holds was meant.")
    ] = False,
    config: Site = None,
) -> int:
    """Say which record a question meant; said again, your last word counts. It is evidence, and decides nothing else.

    Try:

    - `dragoman resolver judge q7k3mx2 10000102 --because "the one in Bremen, by its letterhead"`
    - `dragoman resolver judge q7k3mx2 --not-there --because "a new supplier"`
    """
    if (key is None) != not_there:
        raise Misconfigured("say what was meant: either a KEY, or --not-there")
    with governed_at(config) as path:
        names = _names(path)
        asked = names.notebook.question(QuestionId(question))
        truth = None if key is None else asked.mention.kind(key)
        names.judge(asked.id, truth, account=account(), because=because)
    Screen().line(f"{question}: {'nothing that is there' if truth is None else truth}")
    return Exit.DONE


@resolver.command
def calibrate(
    *, system: System, company: Company, of: Kind = "suppliers", json: Json = False, config: Site = None
) -> int:
    """Learn from all that was judged, and prove how far names may be believed; shows what was proved before and after.

    Below the certificate's threshold, and always without one, a name alone is halted with candidates.

    Try `dragoman resolver calibrate --system sap --company 1000 --config erp.toml`.
    """
    screen, scope = Screen(), Scope(system, company)
    with governed_at(config) as path:
        names, kind = _kind(path, of, scope)
        with Progress("learning from what was judged", silent=json):
            learnt = names.calibrate(kind, scope, account=account())
    if json:
        screen.json({"before": certificate_record(learnt.before), "after": certificate_record(learnt.certificate)})
        return Exit.DONE
    rows = [(when, *proof_row(each)) for when, each in (("before", learnt.before), ("after", learnt.certificate))]
    columns = ("", "judged", "answered", "wrong", "at most wrong", "from score")
    screen.sheet(Sheet("", columns, rows, numbers=columns[1:]))
    if learnt.certificate.threshold is None:
        screen.note(too_few(learnt.certificate))
    return Exit.DONE


@resolver.command
def report(*, system: System, company: Company, of: Kind = "suppliers", json: Json = False, config: Site = None) -> int:
    """Tell what answers by name are worth here: how many, how sure, how often right, and what makes masters alike.

    Try `dragoman resolver report --system sap --company 1000 --config erp.toml`.
    """
    screen, scope = Screen(), Scope(system, company)
    with governed_at(config) as path:
        names, kind = _kind(path, of, scope)
        told = names.report(kind, scope)
    if json:
        screen.json(report_record(told))
    else:
        show_report(screen, told, of)
    return Exit.DONE


def _names(path: Governed) -> Names:
    if path.names is None:
        raise Misconfigured("the site says nothing of names; add [governance.names] with a bound (docs/resolution.md)")
    return path.names


def _kind(path: Governed, of: str, scope: Scope) -> tuple[Names, type[Identifier]]:
    names = _names(path)
    if of not in names.kinds:
        raise NotOffered(f"{of} are not found by name; there are {', '.join(names.kinds)}")
    if scope not in path.executions:
        there = ", ".join(str(each) for each in path.executions)
        raise NotOffered(f"nobody here knows {scope}; there are {there}")
    return names, names.kinds[of]


def _trait(said: str) -> Trait:
    about, is_there, value = said.partition("=")
    if not is_there or not about.strip() or not value.strip():
        raise Misconfigured(f"--fact {said!r} is not of the form city=Bremen")
    return Trait(about.strip(), value.strip())
