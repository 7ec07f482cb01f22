"""Made-up votes that look like those of the General Assembly of the United Nations."""

import numpy as np

from stances.models import Question
from stances.positions import ABSENT, NOT_ELIGIBLE, Codes, Positions
from stances.scales import VOTE

N_QUESTIONS = 60
STATES = tuple(f"XA{letter}" for letter in "ABCDEFGHIJKL")  # codes that ISO 3166-1 leaves to users
SESSIONS = ("1", "2", "3")
ISSUES = ("disarmament", "development", "rights", "decolonisation")
LATE, JOINS = 11, 25  # the last state joins at this question
UNANIMOUS = 10  # every tenth question


def made_up_votes() -> Positions:
    """Return 60 votes of 12 made-up states in 3 sessions; always the same, and none of them real.

    Dated and under one of 4 issues, with abstentions, absences, unanimous votes, and a state that
    joins late and is not eligible before.

    Examples
    --------
    >>> made_up_votes()
    <Positions 'made-up votes': 12 actors x 60 questions>
    """
    return Positions.from_codes(
        _codes(), scale=VOTE, actors=STATES, questions=_questions(), name="made-up votes"
    )


def _questions() -> list[Question]:
    per_session = N_QUESTIONS // len(SESSIONS)
    return [
        Question(
            f"R/{session}/{number + 1}",
            f"Resolution {number + 1} of session {session}",
            VOTE,
            issues=[ISSUES[number % len(ISSUES)]],
            date=f"{2001 + int(session)}-{10 + number // 10:02}-{1 + number % 10:02}",
            session=session,
        )
        for session in SESSIONS
        for number in range(per_session)
    ]


def _codes() -> Codes:
    """Place states and resolutions on a line: a state votes yes where it stands above the resolution."""
    state, vote = np.arange(len(STATES))[:, None], np.arange(N_QUESTIONS)[None, :]
    stand = np.linspace(-1.0, 1.0, len(STATES))[:, None] * (-1.0) ** (vote // 15)
    chance = (state * 0.618034 + vote * 0.414214) % 1.0  # spread evenly, and the same everywhere
    above = stand + 0.8 * (chance - 0.5) - ((vote * 0.732051) % 1.0 - 0.7)
    codes = np.where(above > -0.2, 2, np.where(above > -0.65, 1, 0))
    codes[:, ::UNANIMOUS] = 2
    codes[(state * 7 + vote * 3) % 41 == 0] = ABSENT
    codes[LATE, :JOINS] = NOT_ELIGIBLE
    return codes.astype(np.int8)
