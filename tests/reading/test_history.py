"""A step back puts back exactly what was."""

from hypothesis import given
from hypothesis import strategies as st

from drafting.draft import Amount, Choice, Draft, Member, Part
from drafting.history import delta, restored

WORDS = st.text("甲乙丙丁1，", max_size=4)
DRAFTS = st.builds(
    Draft,
    fields=st.dictionaries(st.sampled_from(["a", "b"]), WORDS, max_size=2),
    tasks=st.dictionaries(
        st.integers(1, 3),
        st.builds(Choice, selected=st.booleans(), targets=st.just(()) | st.just((Amount(value=2.5, unit="TB"),))),
    ),
    lead=st.builds(Part, tasks=st.tuples(st.integers(1, 3))),
    members=st.lists(st.builds(Member, name=WORDS), max_size=2).map(tuple),
    texts=st.dictionaries(st.sampled_from(["x"]), st.tuples(WORDS)),
    promised=st.booleans(),
)


@given(DRAFTS, DRAFTS)
def test_restoring_a_change_gives_the_draft_before_it(before: Draft, after: Draft) -> None:
    step = delta(before, after)
    assert restored(after, step) == before
    assert bool(step) == (before != after)
