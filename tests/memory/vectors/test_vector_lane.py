from __future__ import annotations

import asyncio

import pytest
from vector_passages import Cut, cut, text_of

from core.errors import ProviderError
from memory.lanes import Passage
from memory.vectors.hashing import HashedEmbedding
from memory.vectors.lane import open_vectors

SPACES = ("person.dialogue", "p-1.docs")


@pytest.fixture
async def lane(tmp_path):
    made = open_vectors(tmp_path)
    yield made
    await made.close()


async def test_what_was_put_in_is_found_by_its_text_and_by_a_mistyped_one(lane):
    assert await lane.catch_up(cut(300)) == 300
    assert await lane.catch_up(cut(300)) == 0
    found = await lane.search(SPACES, [text_of(77)], 5)
    assert max(found, key=found.get) == 77
    assert found[77] > 0.999
    assert all(0 < likeness <= 1 for likeness in found.values())
    assert len(found) == 5
    mistyped = text_of(78).replace("item00078", "itm00078").replace("о", "а")
    found = await lane.search(SPACES, [mistyped], 5)
    assert max(found, key=found.get) == 78
    assert (await lane.condition()).state == "ready"
    assert (await lane.condition()).embedded == 300


async def test_several_questions_and_only_the_spaces_that_were_named_are_searched(lane):
    await lane.catch_up(cut(60))
    found = await lane.search(SPACES, [text_of(10), text_of(11)], 10)
    assert found[10] > 0.999
    assert found[11] > 0.999
    assert all(number % 2 == 0 for number in await lane.search(["person.dialogue"], [text_of(11)], 30))
    assert await lane.search(["p-9.code", "canary"], [text_of(11)], 10) == {}
    assert await lane.search(SPACES, ["  "], 10) == {}
    assert await lane.search(SPACES, ["?!"], 10) == {}
    assert await lane.search([], [text_of(1)], 10) == {}


async def test_what_is_removed_is_not_found_again_not_even_after_a_start(lane, tmp_path):
    await lane.catch_up(cut(50))
    await lane.remove([7, 12, 99_999])
    assert not {7, 12} & set(await lane.search(SPACES, [text_of(7), text_of(12)], 50))
    assert (await lane.condition()).embedded == 48
    await lane.close()
    again = open_vectors(tmp_path)
    assert await again.condition() == await again.condition()
    assert (await again.condition()).state == "ready"
    assert not {7, 12} & set(await again.search(SPACES, [text_of(7), text_of(12)], 50))
    await again.close()


async def test_what_is_removed_before_the_index_can_be_used_is_taken_out_then(lane, tmp_path):
    await lane.catch_up(cut(20))
    second = open_vectors(tmp_path)
    await second.remove([5])
    await lane.close()
    left = cut(20)
    left.passages = [passage for passage in left.passages if passage.passage != 5]
    await second.catch_up(left)
    assert 5 not in await second.search(SPACES, [text_of(5)], 20)
    assert (await second.condition()).embedded == 19
    await second.close()


async def test_a_second_process_gets_nothing_and_says_why(lane, tmp_path):
    await lane.catch_up(cut(20))
    other = open_vectors(tmp_path)
    assert await other.search(SPACES, [text_of(3)], 5) == {}
    assert await other.catch_up(cut(40)) == 0
    await other.rebuild(cut(40))
    condition = await other.condition()
    assert (condition.state, condition.trouble) == ("degraded", "in use by another MultiCoder")
    assert (await lane.condition()).embedded == 20
    await lane.close()
    assert await other.catch_up(cut(40)) == 20
    await other.close()


async def test_only_new_passages_are_embedded_after_a_start(lane, tmp_path):
    await lane.catch_up(cut(30))
    await lane.close()
    again = open_vectors(tmp_path)
    seen = []
    assert await again.catch_up(cut(45), lambda done, total: seen.append((done, total))) == 15
    assert seen == [(45, 45)]
    assert (await again.condition()).embedded == 45
    await again.close()


async def test_numbers_that_lane_1_gave_anew_are_noticed(lane):
    await lane.catch_up(cut(30))
    others = Cut(
        [Passage(number, "p-1.docs", f"quite another text {text_of(500 + number)}") for number in range(1, 41)]
    )
    assert await lane.catch_up(others) == 40
    found = await lane.search(SPACES, [text_of(3)], 40)
    assert found.get(3, 0) < 0.9
    assert (await lane.condition()).embedded == 40
    assert await lane.catch_up(Cut([Passage(1, "p-1.docs", "alone")])) == 1
    assert (await lane.condition()).embedded == 1


async def test_another_embedding_begins_anew(lane, tmp_path):
    await lane.catch_up(cut(30))
    await lane.close()
    wider = open_vectors(tmp_path, HashedEmbedding(384))
    assert await wider.catch_up(cut(30)) == 30
    assert max((await wider.search(SPACES, [text_of(4)], 3)).values()) > 0.999
    await wider.close()


async def test_what_progress_raises_stops_the_work_and_the_next_one_goes_on(lane):
    def stop(done, total):
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await lane.catch_up(cut(1_500), stop)
    assert (await lane.condition()).embedded == 1_000
    assert await lane.catch_up(cut(1_500)) == 500
    assert (await lane.condition()).state == "ready"


class Refusing(HashedEmbedding):
    """An endpoint that answers until it does not."""

    def __init__(self):
        super().__init__()
        self.fault = ""

    async def embed(self, texts):
        if self.fault:
            raise ProviderError(self.fault, model="endpoint:model", detail="refused")
        return await super().embed(texts)


async def test_an_embedding_that_cannot_is_told_and_tried_again(tmp_path):
    embedding = Refusing()
    lane = open_vectors(tmp_path, embedding)
    await lane.catch_up(cut(20))
    embedding.fault = "no_money"
    assert await lane.search(SPACES, [text_of(3)], 5) == {}
    assert await lane.catch_up(cut(40)) == 0
    condition = await lane.condition()
    assert condition.state == "degraded"
    assert "no-money" in condition.trouble
    embedding.fault = ""
    assert await lane.catch_up(cut(40)) == 20
    assert (await lane.condition()).state == "ready"
    await lane.close()


async def test_a_closed_lane_does_nothing(lane):
    await lane.catch_up(cut(10))
    await lane.close()
    await lane.close()
    assert await lane.search(SPACES, [text_of(3)], 5) == {}
    assert (await lane.condition()).state == "off"
