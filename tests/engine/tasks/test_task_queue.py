from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from engine.tasks.queue import GROUPS_REMEMBERED, OLDEST_EVERY, Place, Turns, chance, choose, circle, take, waits_for

STATES = ("waiting", "running", "paused", "done", "failed", "cancelled")

places = st.lists(
    st.builds(
        Place,
        task=st.just(""),
        number=st.integers(0, 10_000),
        priority=st.integers(-3, 3),
        group=st.sampled_from("abcd"),
    ),
    unique_by=lambda place: place.number,
    max_size=40,
)
memories = st.builds(
    Turns,
    taken=st.integers(0, 100),
    served=st.dictionaries(st.sampled_from("abcd"), st.integers(1, 100)),
)
names = st.sampled_from("abcdefgh")
graphs = st.dictionaries(names, st.lists(names, max_size=3))


@given(places, memories, st.integers(-2, 10))
def test_free_places_are_filled_and_nobody_is_chosen_twice(line, turns, free):
    chosen, after = take(line, free, turns)
    assert len(chosen) == len(set(chosen)) == max(min(free, len(line)), 0)
    assert set(chosen) <= set(line)
    assert after.taken == turns.taken + len(chosen)


@given(places, memories, st.randoms())
def test_the_order_in_which_tasks_are_looked_at_means_nothing(line, turns, random):
    shuffled = random.sample(line, len(line))
    assert take(line, len(line), turns) == take(shuffled, len(line), turns)


@given(places.filter(bool), memories)
def test_a_turn_goes_to_the_highest_priority_the_longest_unserved_group_and_the_first_of_it(line, turns):
    chosen = choose(line, turns)
    if (turns.taken + 1) % OLDEST_EVERY == 0:
        assert chosen.number == min(place.number for place in line)
        return
    equals = [place for place in line if place.priority == chosen.priority]
    assert chosen.priority == max(place.priority for place in line)
    assert turns.served.get(chosen.group, 0) == min(turns.served.get(place.group, 0) for place in equals)
    same = [place for place in equals if place.group == chosen.group]
    assert chosen.number == min(place.number for place in same)


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 30), min_size=2), st.integers(1, 40))
def test_groups_of_equal_priority_get_equal_shares(sizes, turns_taken):
    line, number = [], 0
    for group, size in sizes.items():  # all of one group came before all of the next
        for _ in range(size):
            number += 1
            line.append(Place("", number, 0, group))
    chosen, _ = take(line, turns_taken, Turns())
    share = Counter(place.group for place in chosen)
    unsatisfied = [group for group, size in sizes.items() if share[group] < size]
    for group in unsatisfied:
        most = max(share.values(), default=0)
        # One turn of the round, and the turns that went to whoever came first.
        assert most - share[group] <= 1 + turns_taken // OLDEST_EVERY + 1


@given(st.integers(0, 25), st.lists(st.integers(1, 1_000), min_size=300, max_size=300))
def test_the_lowest_priority_begins_however_many_urgent_ones_keep_coming(before, urgent):
    line = [Place("earlier", number, 5, "x") for number in range(before)]
    line.append(Place("lowly", before, -1_000, "y"))
    turns = Turns()
    for turn, priority in enumerate(urgent, start=1):
        line.append(Place("urgent", before + turn, priority, "x"))
        (chosen,), turns = take(line, 1, turns)
        line.remove(chosen)
        if chosen.task == "lowly":
            assert turn <= OLDEST_EVERY * (before + 1)
            return
    raise AssertionError("it was never taken")


def test_an_urgent_task_waits_for_no_more_than_one_other():
    line = [Place("old", number, 0, "a") for number in range(100)] + [Place("urgent", 500, 1, "a")]
    for taken in range(OLDEST_EVERY):
        chosen, _ = take(line, 2, Turns(taken))
        assert "urgent" in {place.task for place in chosen}


def test_the_memory_of_groups_is_bounded_and_forgets_the_longest_unserved():
    turns = Turns()
    for number in range(GROUPS_REMEMBERED + 10):
        turns = turns.after(str(number))
    turns = turns.after("11")
    assert len(turns.served) == GROUPS_REMEMBERED
    assert "9" not in turns.served
    assert turns.served["11"] == turns.taken


@given(st.dictionaries(names, st.sampled_from(STATES)), st.lists(names, max_size=4))
def test_a_task_begins_only_after_all_it_needs_is_done(states, after):
    found = [states.get(name, "missing") for name in after]
    if set(found) & {"failed", "cancelled", "missing"}:
        assert chance(after, states) == "never"
    elif set(found) <= {"done"}:
        assert chance(after, states) == "ready"
    else:
        assert chance(after, states) == "later"


@given(graphs)
def test_a_circle_is_found_exactly_when_some_task_waits_for_itself(graph):
    ring = circle(graph)
    itself = [task for task, after in graph.items() if task in waits_for(after, graph)]
    assert bool(ring) == bool(itself)
    if ring:
        assert len(ring) == len(set(ring))
        assert set(ring) <= set(itself)
