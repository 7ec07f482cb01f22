"""All laws, in the order in which they are checked."""

from stances.testing.enclosing import INTERVAL
from stances.testing.form import FORM
from stances.testing.law import Law
from stances.testing.sameness import SAMENESS
from stances.testing.scaling import SCALING

LAWS: dict[str, Law] = {law.name: law for law in (*FORM, *SAMENESS, *SCALING, INTERVAL)}
FIRST = ("answers", "repeatable")  # where one of these is broken, nothing else can be told
