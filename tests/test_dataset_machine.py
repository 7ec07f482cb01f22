"""A dataset that is edited, cut, merged, saved and reloaded in any order holds what a plain dict holds."""

import contextlib
import itertools
import shutil
import tempfile
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stances import (
    SUPPORT,
    VOTE,
    Actor,
    Dataset,
    DatasetError,
    Question,
    Scale,
    Silence,
    Source,
    Stance,
    agreement_matrix,
    dump,
    load,
    merge,
)
from stances.errors import LossError
from stances.strategies import evidences, texts
from stances.testing import assert_valid_matrix

ACTORS = st.sampled_from(["CHN", "EU", "FRA", "NA"])
QUESTIONS = st.sampled_from(["q1", "q2", "R/1", "002"])
SCALES = st.sampled_from([VOTE, SUPPORT, Scale("side", ["a", "b", "c, d"], [0, 1, 5])])
SOURCE = Source("s", "A report", passages=30)
EVIDENCE = st.lists(evidences(sources=st.just("s")), max_size=2, unique=True)


class Editing(RuleBasedStateMachine):
    """The dataset, beside the dicts that say what must be in it."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.data = Dataset("edited", title="t", sources=[SOURCE])
        self.actors, self.questions, self.stances = {}, {}, {}

    def teardown(self):
        shutil.rmtree(self.folder)

    def path(self, ending):
        return self.folder / f"edited{ending}"

    # --- edits -------------------------------------------------------------------------

    @initialize(known=st.permutations(["CHN", "FRA"]), scale=SCALES)
    def begin(self, known, scale):
        """Begin with two actors and a question, so that there is something to compare."""
        for actor in known:
            self.put_actor(actor, None)
        self.put_question("q1", "?", scale, 1.0)

    @rule(id=ACTORS, name=st.none() | texts())
    def put_actor(self, id, name):
        """Add an actor, or describe one anew where it stands."""
        self.actors[id] = Actor(id, name)
        kept = [self.actors[actor.id] for actor in self.data.actors]
        new = [] if any(actor.id == id for actor in kept) else [self.actors[id]]
        self.data = evolve(self.data, actors=[*kept, *new])

    @rule(id=QUESTIONS, text=texts(), scale=SCALES, weight=st.sampled_from([1.0, 0.0, 2.5]))
    def put_question(self, id, text, scale, weight):
        """Add a question, or replace one that nobody has answered yet."""
        if any(question == id for _, question in self.stances):
            return
        self.questions[id] = Question(id, text, scale, weight=weight)
        others = [question for question in self.data.questions if question.id != id]
        self.data = evolve(self.data, questions=[*others, self.questions[id]])

    @rule(data=st.data(), evidence=EVIDENCE, confidence=st.none() | st.just(0.5))
    def put_stance(self, data, evidence, confidence):
        """Add a stance, or replace that of the same actor on the same question."""
        if not (self.actors and self.questions):
            return
        actor, question = (
            data.draw(st.sampled_from([*self.actors])),
            data.draw(st.sampled_from([*self.questions])),
        )
        position = data.draw(st.sampled_from([*self.questions[question].scale.levels, *Silence]))
        stance = Stance(actor, question, position, evidence=evidence, confidence=confidence)
        self.stances[actor, question] = stance
        others = [s for s in self.data.stances if (s.actor, s.question) != (actor, question)]
        self.data = evolve(self.data, stances=[*others, stance])

    @precondition(lambda self: self.stances)
    @rule(data=st.data())
    def drop_stance(self, data):
        """Remove a stance."""
        key = data.draw(st.sampled_from([*self.stances]))
        gone = self.stances.pop(key)
        self.data = evolve(self.data, stances=[s for s in self.data.stances if s != gone])

    @precondition(lambda self: len(self.actors) > 2)
    @rule(data=st.data())
    def select_actors(self, data):
        """Keep some actors and what they said."""
        kept = data.draw(st.lists(st.sampled_from([*self.actors]), min_size=2, unique=True))
        self.data = self.data.select(actors=kept)
        self.actors = {id: self.actors[id] for id in kept}
        self.stances = {key: s for key, s in self.stances.items() if key[0] in kept}

    @precondition(lambda self: len(self.questions) > 1)
    @rule(data=st.data())
    def select_questions(self, data):
        """Keep some questions and what was said on them."""
        kept = data.draw(st.lists(st.sampled_from([*self.questions]), min_size=1, unique=True))
        self.data = self.data.select(questions=kept)
        self.questions = {id: self.questions[id] for id in kept}
        self.stances = {key: s for key, s in self.stances.items() if key[1] in kept}

    # --- what is refused ---------------------------------------------------------------

    @precondition(lambda self: self.stances)
    @rule()
    def refuse_what_does_not_fit(self):
        """A record given twice, an actor that is gone and a level off the scale are refused, and nothing changes."""
        before, (stance, *_) = self.data, self.data.stances
        without = [actor for actor in self.data.actors if actor.id != stance.actor]
        for wrong in (
            {"actors": [*self.data.actors, self.data.actors[0]]},
            {"actors": without},
            {"questions": ()},
            {"stances": [*self.data.stances, stance]},
            {"stances": [evolve(stance, position="nowhere")]},
        ):
            with pytest.raises(DatasetError):
                evolve(self.data, **wrong)
        assert self.data == before

    # --- files -------------------------------------------------------------------------

    @rule(ending=st.sampled_from([".json", ""]))
    def save_and_reload(self, ending):
        """JSON and folders give all of it back, also over an older file."""
        dump(self.data, self.path(ending))
        again = load(self.path(ending))
        assert again == self.data
        self.data = again

    @rule()
    def save_as_csv(self):
        """A CSV file holds every stance, or is refused and leaves the older one as it was."""
        path = self.path(".csv")
        before = path.read_bytes() if path.exists() else None
        try:
            dump(self.data, path)
        except LossError:
            assert (path.read_bytes() if path.exists() else None) == before
        else:
            assert load(path).stances == self.data.stances

    @rule(data=st.data(), ending=st.sampled_from([".json", ""]))
    def split_and_merge(self, data, ending):
        """Two files that hold a part of the stances each, some of them both, merge to the whole."""
        said = self.data.stances
        first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(said))] * 2)))
        paths = [self.folder / f"{name}{ending}" for name in ("one", "two")]
        for path, part in zip(paths, (said[:last], said[first:]), strict=True):
            dump(evolve(self.data, stances=part), path)
        with pytest.warns(match="counted once") if last > first else contextlib.nullcontext():
            merged = merge(paths)
        assert merged == self.data
        self.data = merged

    # --- what always holds -------------------------------------------------------------

    @invariant()
    def nothing_is_lost(self):
        """The dataset holds the records of the dicts, and no other."""
        assert {actor.id: actor for actor in self.data.actors} == self.actors
        assert {question.id: question for question in self.data.questions} == self.questions
        assert {(s.actor, s.question): s for s in self.data.stances} == self.stances
        assert len(self.data.stances) == len(self.stances)
        assert self.data.sources == (SOURCE,)

    @invariant()
    def counts_are_those_of_the_dict(self):
        """The matrix is valid, and shares are what plain loops over the dict give."""
        if not self.actors:
            return
        matrix = agreement_matrix(self.data, "exact")
        assert_valid_matrix(matrix)
        for one, other in itertools.combinations(self.actors, 2):
            both = [
                (question.weight, self.stances[one, id].position == self.stances[other, id].position)
                for id, question in self.questions.items()
                if question.weight and all(self._level(actor, id) for actor in (one, other))
            ]
            cell = matrix.cell(one, other)
            assert cell.n_shared == len(both)
            if both:
                share = sum(w * same for w, same in both) / sum(w for w, _ in both)
                assert cell.value == pytest.approx(share, abs=1e-12)

    def _level(self, actor, question):
        stance = self.stances.get((actor, question))
        return stance is not None and not stance.is_silence


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=max(10, settings().max_examples // 5), stateful_step_count=25)
