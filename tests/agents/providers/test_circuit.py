"""The breaker: three failures open it, one call tries it, rests grow, an answer closes it."""

from __future__ import annotations

from agents.providers.circuit import FIRST_REST, LONGEST_REST, Circuit


def test_it_opens_after_three_failures_in_a_row_and_lets_one_call_try():
    circuit = Circuit()
    assert [circuit.failed(now) for now in (0, 1, 2)] == [False, False, True]
    assert circuit.resting(2 + FIRST_REST - 0.1)
    assert not circuit.resting(2 + FIRST_REST)
    circuit.begin(2 + FIRST_REST)
    assert circuit.resting(2 + FIRST_REST)  # for everybody but the call that tries
    circuit.answered()
    assert not circuit.resting(0)


def test_failures_between_answers_do_not_open_it():
    circuit = Circuit()
    for _ in range(5):
        assert not circuit.failed(0)
        assert not circuit.failed(0)
        circuit.answered()


def test_a_failed_trial_doubles_the_rest_up_to_a_limit():
    circuit, now, rests = Circuit(), 0.0, []
    for _ in range(2):
        circuit.failed(now)
    for _ in range(8):
        circuit.begin(now)
        assert circuit.failed(now)
        rests.append(circuit.until - now)
        now = circuit.until
    assert rests[:3] == [FIRST_REST, 2 * FIRST_REST, 4 * FIRST_REST]
    assert rests[-1] == LONGEST_REST


def test_calls_that_began_before_it_opened_do_not_lengthen_the_rest():
    circuit = Circuit()
    for _ in range(3):
        circuit.failed(0)
    until = circuit.until
    assert not circuit.failed(1)
    assert circuit.until == until


def test_a_trial_that_was_given_up_leaves_the_next_call_the_trial():
    circuit = Circuit()
    for _ in range(3):
        circuit.failed(0)
    circuit.begin(circuit.until)
    circuit.ended()
    assert not circuit.resting(circuit.until)
