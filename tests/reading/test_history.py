"""Changes path by path: each step back puts back exactly what was, and nothing that somebody changed since."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from drafting.changes.history import built, changes, flat, only, taken_back, upgraded
from drafting.form.draft import Amount, Choice, Draft, Member, Part

WORDS = st.text("甲乙丙丁1，", max_size=4)
MEMBERS = st.lists(st.builds(Member, name=WORDS), max_size=3)
DRAFTS = st.builds(
    Draft,
    fields=st.dictionaries(st.sampled_from(["a", "b"]), WORDS, max_size=2),
    tasks=st.dictionaries(
        st.integers(1, 3),
        st.builds(Choice, selected=st.booleans(), targets=st.just(()) | st.just((Amount(value=2.5, unit="TB"),))),
    ),
    lead=st.builds(Part, tasks=st.tuples(st.integers(1, 3))) | st.just(Part()),
    members=MEMBERS.map(tuple),
    texts=st.dictionaries(st.sampled_from(["x"]), st.tuples(WORDS)),
    promised=st.booleans(),
)
# A name told twice is one unit to whoever changes it.
SOUND = DRAFTS.map(
    lambda one: one.model_copy(update={"members": tuple({unit.name: unit for unit in one.members}.values())})
)


@given(DRAFTS)
def test_a_draft_told_path_by_path_is_the_same_draft(draft: Draft) -> None:
    assert built(flat(draft)) == draft


@given(DRAFTS, DRAFTS)
def test_taking_a_change_back_gives_the_draft_before_it(before: Draft, after: Draft) -> None:
    step = changes(before, after)
    assert taken_back(after, step) == (before, ())
    assert bool(step) == (before != after)


@given(SOUND, SOUND, SOUND)
def test_what_was_changed_since_is_left_alone_and_named(before: Draft, mine: Draft, theirs: Draft) -> None:
    step = changes(before, mine)
    back, kept = taken_back(theirs, step)
    told, there, old = flat(back), flat(theirs), flat(before)
    for path, (_, new) in step.items():
        if path != "order":
            assert told.get(path) == (there.get(path) if path in kept else old.get(path))
            assert (path in kept) == (there.get(path) != new)
    untouched = set(there) - set(step) - {"order"}
    assert all(told.get(path) == there[path] for path in untouched)


@given(DRAFTS, DRAFTS)
def test_only_some_paths_come_over(before: Draft, after: Draft) -> None:
    assert only(before, after, ()) == before
    assert only(before, after, changes(before, after)) == after


@given(DRAFTS, DRAFTS, DRAFTS)
def test_steps_of_an_earlier_release_still_lead_back(first: Draft, second: Draft, third: Draft) -> None:
    def parts(before: Draft, after: Draft) -> dict[str, Any]:
        old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
        return {part: value for part, value in old.items() if new[part] != value}

    steps = [parts(first, second), parts(second, third)]
    kept = upgraded(steps, third)
    assert taken_back(third, kept[1]) == (second, ())
    assert taken_back(second, kept[0]) == (first, ())
    assert upgraded([dict(one) for one in kept], third) == kept
