"""The search for the smallest positions that break a law."""

from hypothesis import HealthCheck, Phase, Verbosity, find, settings
from hypothesis.errors import Flaky, NoSuchExample

from stances.errors import BrokenLaw
from stances.testing.law import Breach, Case, Law
from stances.testing.subject import Subject


def quiet() -> settings:
    """Return settings that always find the same, as many examples as the profile has, and say nothing."""
    return settings(
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate, Phase.shrink],
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )


def breach_of(law: Law, subject: Subject, case: Case) -> Breach | None:
    """Return how a subject breaks a law in a case, or None; raising anything is a breach too."""
    try:
        return law.breach(subject, case)
    except Exception as problem:  # noqa: BLE001  # the function under test may raise anything
        name = type(problem).__name__
        return Breach("an answer", f"{name}: {problem}" if str(problem) else name, case[0])


def smallest_breach(law: Law, subject: Subject) -> BrokenLaw | None:
    """Return the smallest breach of a law that is found, or None."""
    found: list[Breach] = []

    def breaks(case: Case) -> bool:
        breach = breach_of(law, subject, case)
        found.extend([breach] if breach is not None else [])
        return breach is not None

    try:
        find(law.inputs(subject), breaks, settings=quiet())
    except NoSuchExample:
        return None
    except Flaky:  # it does not answer the same twice: the last breach is as good as any
        pass
    last = found[-1]
    return BrokenLaw(law.name, law.says, last.due, last.got, last.positions)
