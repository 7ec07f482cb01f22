"""Giving questions their issues by rules."""

from pathlib import Path

from attrs import evolve

from stances.issue_rules.reading import Rules, read_rules
from stances.issue_rules.report import Assignment, RuleReport
from stances.models import Question
from stances.positions import Positions

AnyRules = str | Path | Rules | None


def assign_issues(positions: Positions, rules: AnyRules = None, *, replace: bool = False) -> Positions:
    """Give roll calls their issues by rules on their symbols, titles and dates.

    A question belongs to every issue that a rule gives it. What no rule holds for stays without one.

    Parameters
    ----------
    positions : Positions
        Such as the votes of the UN General Assembly: the id of a question is its symbol, the text its
        title.
    rules : str, Path or Rules, optional
        A rule file of your own, or rules read by `read_rules`. The shipped ones by default.
    replace : bool
        Put the rules in place of issues that questions have already. Otherwise these keep them, since
        whoever coded them knew more than the title.

    Returns
    -------
    Positions
        The same codes. Captions say whose rules gave the issues.

    Raises
    ------
    DatasetError
        If anything in the rule file is wrong: all faults, with their lines.

    Examples
    --------
    >>> from stances import VOTE, Question
    >>> asked = [Question("A/RES/ES-11/1", "Aggression against Ukraine", VOTE), Question("r2", "Tea", VOTE)]
    >>> asked[0] = Question(asked[0].id, asked[0].text, VOTE, date="2022-03-02")
    >>> votes = Positions.from_codes([[2, 2], [1, 2]], scale=VOTE, questions=asked)
    >>> [question.issues for question in assign_issues(votes).questions]
    [('ukraine',), ()]
    """
    return explain_issues(positions, rules, replace=replace).applied_to(positions)


def explain_issues(positions: Positions, rules: AnyRules = None, *, replace: bool = False) -> RuleReport:
    """Tell which rule gives which question its issue, and what stays without.

    Parameters
    ----------
    positions, rules, replace
        As in `assign_issues`.

    Returns
    -------
    RuleReport

    Raises
    ------
    DatasetError
        If anything in the rule file is wrong: all faults, with their lines.

    Examples
    --------
    >>> from stances import VOTE, Question
    >>> asked = [Question("A/RES/78/7", "Ending the embargo against Cuba", VOTE)]
    >>> report = explain_issues(Positions.from_codes([[2], [0]], scale=VOTE, questions=asked))
    >>> report.reasons("A/RES/78/7")
    ('An embargo forbids trade. The word alone would also find embargoes on arms.',)
    """
    known = rules if isinstance(rules, Rules) else read_rules(rules)
    assignments = tuple(_assigned(question, known, replace) for question in positions.questions)
    return RuleReport(positions.origin.name, known, assignments, origin=positions.origin)


def _assigned(question: Question, rules: Rules, replace: bool) -> Assignment:
    if question.issues and not replace:
        return Assignment(question)
    first: dict[str, int] = {}
    for number, rule in enumerate(rules.rules, start=1):
        if rule.issue not in first and rule.holds_for(question):
            first[rule.issue] = number
    return Assignment(evolve(question, issues=tuple(first)), tuple(first.values()))
