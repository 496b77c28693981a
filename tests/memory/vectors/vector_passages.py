"""Passages as lane 1 would have cut them, and a lane over them."""

from __future__ import annotations

import random

from memory.lanes import Passage

TEXT = (
    "invoice window calendar password river coffee deadline engine picture weather garden release bicycle contract"
    " keyboard mountain library kitchen printer harbour кнопка окно договор сроки проект память столица ошибка отчёт"
    " сервер пароль музыка погода задача версия ключ кухня принтер гавань письмо"
)
WORDS = TEXT.split()


class Cut:
    """A list of passages that grows."""

    def __init__(self, passages=()):
        self.passages = list(passages)

    async def after(self, passage, limit):
        return [item for item in self.passages if item.passage > passage][:limit]

    async def count(self):
        return len(self.passages)


def text_of(number):
    """A text nobody else has: a few words in an order of its own."""
    dice = random.Random(number)
    return " ".join(dice.choices(WORDS, k=9)) + f" item{number:05d}"


def cut(count, spaces=("person.dialogue", "p-1.docs"), first=1):
    return Cut(Passage(number, spaces[number % len(spaces)], text_of(number)) for number in range(first, first + count))
