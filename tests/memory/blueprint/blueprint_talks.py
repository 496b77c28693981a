"""Small talks in the forms the parser knows. They are about nothing in particular."""

from __future__ import annotations

ALTERNATING = """Здравствуйте! Расскажите, какой дневник растений вы хотите.
Обычно в таком дневнике есть список растений.
Ещё бывает календарь полива.
Жду описания!
я хочу чтобы дневник напоминал о поливе

Принято! Вот что предлагаю:
Напоминания о поливе:
Отправка писем каждое утро
Значок в области уведомлений
Подтвердите, если подходит!
писем не надо, только уведомления на экране

Хорошо, писем не будет.
Дневник должен показывать:
Фотографии растений
Дату последнего полива
Для хранения можно взять SQLite или LevelDB, оба подходят.
Можно начинать?
приступай

Готово!
Хранение сделано на SQLite или LevelDB, выбор остаётся за вами.
Дневник можно дополнить облачной копией:
Копия фотографий в облаке
Общий доступ для семьи
Что думаете?
никакого облака, все хранится только на компьютере

"""
NAMED = """User: I want a tool that renames photos by date.
Assistant: Understood. The tool should have:
- a preview of the new names
- upload of the photos to a Dropbox folder
User: No uploads to Dropbox. It must work offline.
Assistant: OK, offline. I will add an undo button.
User: yes, do it
"""
SAID = """Вы сказали:
Нужна программа для учёта книг.
ChatGPT сказал:
Отлично! Программа будет показывать список книг.
Вы сказали:
Добавь поиск по автору. Это важно.
ChatGPT сказал:
Поиск по автору добавлен в план.
"""
MARKDOWN = """## User

We need a recipe box with tags.

## Assistant

The recipe box will:
- keep recipes as files
- print recipes

## User

Printing is not needed.

## Assistant

Then it is left out.
"""
EXPORT = (
    '{"title": "x", "messages": [{"role": "system", "content": "be kind"}, {"role": "user", "content":'
    ' "I want a stopwatch.\\nIt must show laps."}, {"author": {"role": "assistant"}, "content": {"parts":'
    ' ["The stopwatch will keep laps in a table."]}}, {"role": "user", "content": "go ahead"}]}'
)
SPECIFICATION = """# Parking meter

The meter is used outdoors.

## Payment

- Coins of 1 and 2 euros are accepted
- The meter must print a receipt within 5 seconds
- Cards are accepted

## Limits

The longest stay is 4 hours.
The meter shall never keep card numbers.
Cards are not accepted.
"""
