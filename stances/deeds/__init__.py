"""Words and deeds: whether an actor does what it says, and who agrees in speech but not in action."""

from stances.deeds.keeping import words_and_deeds
from stances.deeds.report import Account, Gap, WordsAndDeeds
from stances.deeds.speech import SpeechAndAction, SpokenPair, speech_and_action

__all__ = [
    "Account",
    "Gap",
    "SpeechAndAction",
    "SpokenPair",
    "WordsAndDeeds",
    "speech_and_action",
    "words_and_deeds",
]
