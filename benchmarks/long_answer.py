"""An answer of 20 KB with headings, lists, tables, code and quotes."""

from __future__ import annotations

from typing import Final

SIZE: Final = 20_000
SECTION: Final = """## Section {n}: what happens next

The **first** thing to know is that `function_{n}` reads a [page](https://example.org/{n}) and keeps *only* what it
needs. Everything else is thrown away at once, because nobody will ever ask for it again, and memory is not free.

- one point with **words** in it, long enough to be wrapped in a narrow column of text
- another with `code` and a number: {n}
  - nested below it
  - and one more
- the last one

1. Open the file
2. Change line {n}
3. Save it again

| name | value | remark |
|------|------:|--------|
| alpha | {n} | `exact` |
| beta | 17 | nearly |
| gamma | 3 | *guess* |

```python
def function_{n}(path: str) -> list[str]:
    \"\"\"Read what is needed.\"\"\"
    with open(path) as file:
        return [line.strip() for line in file if line]


print(function_{n}("data.txt"))
```

> What was said before still holds,
> and this is said again.

"""


def answer() -> str:
    """Return the text."""
    return "".join(SECTION.replace("{n}", str(number)) for number in range(40))[:SIZE]
