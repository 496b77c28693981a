"""How people word what they want: wishes, prohibitions, corrections, consent and questions, in Russian and English.

General turns of phrase only; nothing here knows what a conversation is about. Everything is pure.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from memory.recall.vocabulary import QUESTION_WORDS
from memory.recall.words import terms

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLAUSE: Final = re.compile(
    r"[,;:!?…()\n]|\.(?=\s|$)|\s[-–—]+\s|\s(?:а|но|зато|однако|поэтому|but|however|so)\s", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_TRAILING: Final = re.compile(r"[\s.!…)]+$")

_MUST: Final = re.compile(
    r"\b(?:долж(?:ен|на|но|ны)|обязательн\w*|обязан\w*|необходим\w*|требу(?:ется|ются|ет|ю)|нуж(?:ен|на|но|ны)|надо"
    r"|нельзя|запрещ\w+|никогда|ни в коем случае|важн\w*|критичн\w*|главное|всегда|только|строго|учти(?:те)?"
    r"|помни(?:те)?"
    r"|must|shall|should|has to|have to|required?|needs?|never|always|only|important|crucial|mandatory|forbidden)\b",
    re.IGNORECASE,
)
_WISH: Final = re.compile(
    r"\b(?:хочу|хотел(?:а|ось)? бы|хотим|желательно|пусть|давай(?:те)?|прошу|пожалуйста|лучше|предпоч\w+"
    r"|остав(?:ь|им|ляем)"
    r"|выб(?:ираю|ираем|рал)|реш(?:ил|или|ено)|бер[её]м|будет|будут|i want|we want|i'd like|would like|let's"
    r"|let us|please"
    r"|prefer|rather|we(?:'ll| will)|it (?:will|should)|make it|use|add|keep|choose|decided?)\b",
    re.IGNORECASE,
)
_IMPERATIVE: Final = re.compile(
    r"^(?:(?:и|а|ну|так|тогда|да|ещ[её]|также|потом|ты|вы|сам|you|and|then|also|ok|okay|yes),?\s+)*"
    r"(?:[а-яё]{2,}(?:й|йте|ь|ьте|и|ите)(?:ся|сь)?|use|add|make|keep|put|show|let|set|change|remove|drop|rename"
    r"|replace"
    r"|delete|write|store|support|allow|send|save|avoid|do|don't|don’t|never|no)\b",
    re.IGNORECASE,
)
_NO_ORDER: Final = frozenset(
    """
    или если при очень есть теперь три пять шесть семь восемь девять десять лишь хоть чуть опять жаль ведь
    здесь сеть часть
    один другой новый такой весь каждый любой самый первый второй чей ничей мной тобой собой вой
    """.split()  # noqa: SIM905 - a list of quoted words is no better to read
) | frozenset(QUESTION_WORDS)
"""Words that end like an order and are none."""
_WITHDRAWAL: Final = re.compile(
    r"\b(?:убер(?:и|ите|[её]м)|убрать|удал(?:и|ите|ить|яем)|выкин(?:ь|ьте|уть|ем)|выброс(?:ь|ить|им)|отмен(?:и"
    r"|ите|ить|яем)"
    r"|отказ(?:ываемся|аться|ываюсь|ались)(?: от)?|забудь(?:те)?(?: про| о| об)?|больше не(?: нуж\w+)?|хватит"
    r"|исключ(?:и|ить|аем)"
    r"|запрещ\w+|нельзя|никаких|никакого|никакой|без|кроме|за исключением|remove|drop|delete|cancel|forget(?: about)?"
    r"|skip|get rid of|no longer(?: needs?| wants?)?|without|except(?: for)?|exclude|avoid|stop using|not any more)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(
    r"\b(?:не|нет|ни|no|not|never|don['’]t|doesn['’]t|do not|does not"
    r"|won['’]t|shouldn['’]t|mustn['’]t|can['’]t|isn['’]t|aren['’]t)\b",
    re.IGNORECASE,
)
_NOT_NEEDED: Final = re.compile(
    r"\b(?:не нуж(?:ен|на|но|ны)|не надо|не требу(?:ется|ются)|ни к чему|лишн(?:ий|яя|ее|ие)|is not needed"
    r"|are not needed"
    r"|(?:isn['’]t|aren['’]t|is not|are not|no longer) (?:needed|necessary|required|wanted)|unnecessary|can go)\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"\b(?:без|кроме|without|except)\b", re.IGNORECASE)
_EXCHANGE: Final = re.compile(r"\b(?:вместо|instead of|rename|переимену\w+|замени\w*|replace)\b", re.IGNORECASE)
_EXCHANGED_BY: Final = re.compile(
    r"\b(?:to|with|by|into|в|на|use|show|take|сделай\w*|возьми\w*|используй\w*)\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"\"[^\"\n]{1,200}\"|«[^»\n]{1,200}»|“[^”\n]{1,200}”")
"""What somebody else says or what a button reads refuses nothing."""
_LISTED: Final = 2
"""Words of a clause that can only go on with a list."""
_AGREED: Final = 2
"""Telling words of a clause that only agrees: “go on with the work”."""
_GREETED: Final = 3
"""Words of a clause that can be a greeting and nothing else."""
_OLD_THING: Final = 2
"""Words that name what is exchanged."""
_NO_OPPOSITION: Final = re.compile(
    r"\b(?:не только|не обязательно|не зна\w+|не понима\w+|не понял\w*|не виж\w+|не увер\w+|не забуд\w*|не ошиб\w+"
    r"|не мог\w*|не мож\w+|не хуже|не менее|не более|может,? не|если не|ли не|не просто|не зря|чтобы не|что-то не"
    r"|что то не|not only"
    r"|not sure"
    r"|don['’]t know|don['’]t forget|do not forget|not see|if not|why not|no problem|no more than|not less than)\b",
    re.IGNORECASE,
)
_OBJECTION: Final = re.compile(
    r"^(?:(?:а|и|ну|так|стоп|стой|нет|no|wait|but|and|hm+),?\s+)*"
    r"(?:зачем|к чему|на кой|какой смысл|why (?:would|do|should) (?:we|i|it|there|anyone)"
    r"|what(?:'s| is) the point|what for)\b",
    re.IGNORECASE,
)
_CORRECTION: Final = re.compile(
    r"^(?:(?:а|ну|ой|хотя|так|well|oh|but|hm+),?\s+)*(?:нет|не так|не то|неверно|неправильно|наоборот|стоп|стой"
    r"|точнее|вернее"
    r"|передумал\w*|поправка|хотя нет|на самом деле|вс[её][- ]таки|лучше|теперь|no|nope|wrong|not like that"
    r"|actually|wait"
    r"|correction|scratch that|on second thought|i changed my mind|rather|make that|now)\b",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    r"^(?:(?:ну|тогда|и|а|так|же|да|ok|okay|ок|окей|хорошо|отлично|ладно|then|so|well|yes|please|конечно"
    r"|all)[,.!]?\s+)*"
    r"(?:да|ага|угу|конечно|именно|верно|правильно|согласен|согласна|соглас(?:ны|овано)|одобряю|подтверждаю"
    r"|принято|ок|окей"
    r"|хорошо|ладно|отлично|супер|давай(?:те)?|приступ(?:ай|айте|аем|ить)|начин(?:ай|айте|аем)|дела(?:й|йте|ем)"
    r"|сделай(?:те)?"
    r"|действуй(?:те)?|продолжай(?:те)?|пробуй(?:те)?|добавляй(?:те)?|добавь(?:те)?|поехали|вперед|вперёд|пойдет"
    r"|пойдёт"
    r"|подходит|годится|устраивает|реализуй(?:те)?|внедряй(?:те)?|исправляй(?:те)?|запускай(?:те)?|решай(?:те)?"
    r"|yes|yep|yeah|sure|ok|okay|right|exactly|agreed|confirmed|approved?|fine|good|great|perfect|go ahead|go on"
    r"|go|do it|do that"
    r"|do so|continue|proceed|start|begin|sounds good|looks good|that works|works for me|build it|ship it"
    r"|absolutely|correct"
    r"|of course|let's go|let's do it)(?![\w'’])",
    re.IGNORECASE,
)
_ALL: Final = re.compile(
    r"\b(?:вс[её]|все|всех|всему|всем|полностью|целиком|точно так\w*|в точности|один в один"
    r"|абсолютно"
    r"|everything|all|entire(?:ly)?|complete(?:ly)?|full(?:y)?|exact(?:ly)?(?: the same)?|whole|same)\b",
    re.IGNORECASE,
)
_INTERROGATIVE: Final = re.compile(
    r"^(?:(?:а|и|ну|так|кстати|и вот|вот|скажи|подскажи|окей|ок|слушай|стоп|well|and|so|by the way|ok|okay),?\s+)*"
    r"(?:как(?:ой|ая|ое|ие|ого)?|что|чем|кто|где|куда|откуда|когда|почему|зачем|сколько|насколько|каково|разве"
    r"|неужели|ли"
    r"|правда ли|можешь ли|what|who|where|when|why|how|which|whose"
    r"|tell me|расскажи\w*|объясни\w*|покажи\w*|explain|опиши\w*)\b",
    re.IGNORECASE,
)
_PRODUCT_QUESTION: Final = re.compile(
    r"\b(?:будет|будут|можно ли|можно|нужен|нужна|нужно|должен|должна|сможет|умеет|поддерж\w+|will (?:it|there|we"
    r"|the)"
    r"|can (?:it|the|we)|should (?:it|we|there|the)|could (?:it|we|the)|does it)\b",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"\b(?:упомина\w+|упомян\w+|назыв\w+|назов\w+|именова\w+|переимен\w+|под (?:этим|таким|другим) (?:именем"
    r"|названием)"
    r"|mention\w*|call(?:ed)? it|name it|renam\w+|refer to)\b",
    re.IGNORECASE,
)
_YES: Final = re.compile(
    r"^\W*(?:да|верно|именно|конечно|вс[её] верно|правильно|принято|понял\w*|хорошо|отлично|абсолютно"
    r"|совершенно верно|согласен"
    r"|согласна|yes|right|exactly|sure|of course|correct|absolutely|certainly|understood|agreed|good)\b",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:привет\w*|здравствуй\w*|добр(?:ый|ое|ой) \w+|спасибо\w*|благодарю|пока|до свидания|ха+(?:-?ха+)*|круто"
    r"|класс\w*"
    r"|понятно|ясно|интересно|ничего себе|ого|вау|hi|hello|hey|thanks?(?: you)?|thx|bye|wow|cool|nice|lol|haha\w*"
    r"|i see"
    r"|interesting|hmm*)\b",
    re.IGNORECASE,
)
_FILLER: Final = frozenset(
    """
    мочь может можно надо нужно нужен нужна нужны должен должна должно должны хотеть хочу хотел хотим просто вообще
    именно конечно тогда ну вот однако притом также там сам сама само сами самый весь всё все всех всего лишь
    давай давайте
    пусть пожалуйста главное учти помни например вроде допустим типа свой больше лучше вместо кроме убери убрать удали
    отмени никогда всегда теперь потом сейчас сделать сделай делай делать быть стать являться нет ага угу
    want wants wanted like need needs needed use used using make made please let lets just really also only even very
    instead except remove drop delete never always now then get got thing things stuff one two again must dont doesnt
    """.split()  # noqa: SIM905 - a list of quoted words is no better to read
)
_KEPT: Final = 50_000
"""Texts whose words are remembered."""
_AND: Final = re.compile(r"\s(?:и|или|либо|and|or|plus)\s|[/+&]", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_LATIN: Final = (
    ("shch", "sch"), ("kh", "h"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "kv"), ("x", "ks"), ("c", "k"),
    ("w", "v"), ("y", "i"), ("j", "i"), ("z", "s"),
)  # fmt: skip
_ENDING: Final = re.compile(r"(?<=[a-z]{5})(?:ami|am|om|em|ov|ev|ah|a|i|u|e|o)$")
"""A name in Latin letters can end like a Russian case, and the stem of the same name in Cyrillic then lacks it."""
_CYRILLIC: Final = str.maketrans(
    dict(
        zip(
            "абвгдежзийклмнопрстуфхцчшщъыьэюя",
            ("a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
             "h", "ts", "ch", "sh", "sch", "", "i", "", "e", "iu", "ia"),
            strict=True,
        )
    )
)  # fmt: skip


def clauses(text: str) -> list[str]:
    """Return the parts of a text between commas, dashes and words that turn against what was said."""
    return [part.strip() for part in _CLAUSE.split(text) if part and part.strip()]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def binds(text: str) -> int:
    """How strongly a text is meant: 3 a duty or a prohibition, 2 a wish or an order, 0 neither."""
    if (
        _MUST.search(text)
        or _WITHDRAWAL.search(text)
        or _EXCHANGE.search(text)
        or (_NEGATION.search(text) and not _NO_OPPOSITION.search(text))
    ):
        return 3
    if _WISH.search(text) or any(map(_orders, clauses(text))):
        return 2
    return 0


def _orders(clause: str) -> bool:
    match = _IMPERATIVE.match(clause)
    return match is not None and match[0].split()[-1].casefold() not in _NO_ORDER


def asks(text: str) -> bool:
    """Whether a text only asks: every sentence of it is a question, or it begins like one and wishes nothing."""
    found = sentences(text)
    plain = [part for part in found if not part.rstrip(" )").endswith("?")]
    if not plain:
        return bool(found)
    return all(_INTERROGATIVE.match(part) for part in plain) and not any(_MUST.search(part) for part in plain)


def asks_for(text: str) -> bool:
    """Whether a question is one about what the product shall be: what is asked for is wished."""
    return bool(_PRODUCT_QUESTION.search(text)) and not _OBJECTION.match(text)


def says_several(text: str) -> bool:
    """Whether a text names several things, so that one of them can go and the rest stays."""
    return len(clauses(text)) > 1 or _AND.search(text) is not None


def objects(text: str) -> bool:
    """Whether a question doubts that a thing is needed at all."""
    return any(_OBJECTION.match(part) for part in sentences(text))


def corrects(text: str) -> bool:
    """Whether a text begins by taking back something."""
    return _CORRECTION.match(text) is not None


def consents(text: str) -> bool:
    """Whether a text begins by agreeing or by giving the start."""
    return any(_CONSENT.match(part) for part in [*sentences(text)[:1], *clauses(text)[:2]])


def merely_consents(text: str) -> bool:
    """Whether a text agrees and says nothing else."""
    return all(_CONSENT.match(part) and len(content(part)) <= _AGREED for part in clauses(text)) and bool(clauses(text))


def is_chatter(text: str) -> bool:
    """Whether a text is a greeting, thanks or an exclamation, or holds no word at all."""
    rest = _TRAILING.sub("", text)
    if not any(character.isalnum() for character in rest):
        return True
    return all(_GREETING.match(part) and len(part.split()) <= _GREETED for part in clauses(rest))


def demands_all(text: str) -> bool:
    """Whether a text wants a thing whole."""
    return _ALL.search(text) is not None


def leaves_out(text: str) -> bool:
    """Whether a text says that a thing is not there or need not be."""
    return bool(_WITHDRAWAL.search(text) or _NOT_NEEDED.search(text)) or (
        _NEGATION.search(text) is not None and not _NO_OPPOSITION.search(text)
    )


@lru_cache(maxsize=_KEPT)
def content(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about: stems, Russian and Latin spelling folded together."""
    return frozenset(folded(term) for term in terms(text) if not _empty(term))


def folded(term: str) -> str:
    """One spelling for a name that is written in Cyrillic by one and in Latin by another."""
    plain = term.translate(_CYRILLIC)
    for written, kept in _LATIN:
        plain = plain.replace(written, kept)
    plain = re.sub(r"(.)\1", r"\1", plain)
    return _ENDING.sub("", plain)


def names_only(text: str) -> bool:
    """Whether a refusal is about what a thing is called, not about the thing."""
    return _CALLED.search(text) is not None


def called(text: str) -> frozenset[str]:
    """The words of a text that say that it is about a name."""
    return frozenset(word for match in _CALLED.finditer(text) for word in content(match[0]))


def affirms(text: str) -> bool:
    """Whether an answer begins with yes."""
    return _YES.match(text) is not None


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text."""
    return frozenset(found.replace(",", ".") for found in _NUMBER.findall(text))


@lru_cache(maxsize=_KEPT)
def against(text: str) -> tuple[frozenset[str], ...]:
    """Return what a text speaks against: for each word of refusal the words that it rules out.

    What follows the word counts up to the end of its clause; where nothing follows ("X is not needed") what stands
    before it counts.
    """
    found: list[frozenset[str]] = []
    for sentence in sentences(_QUOTED.sub(" ", text)):
        listing = False
        for clause in clauses(_NO_OPPOSITION.sub(" ", sentence)):
            own = [*_exchanged(clause), *_ruled_out(clause)]
            if listing and not own and 0 < len(content(clause)) <= _LISTED and not binds(clause):
                found.append(content(clause))  # "without accounts, logos and adverts" goes on after the comma
            else:
                found += own
                listing = bool(own)
    return tuple(found)


def _ruled_out(clause: str) -> Iterable[frozenset[str]]:
    for match in _refusals(clause):
        if _CONDITION.match(clause, match.start()) and _NEGATION.search(clause[: match.start()]):
            continue  # "never without …" sets a condition
        after = content(clause[match.end() :])
        before = content(clause[: match.start()])
        ruled_out = before if not after or _NOT_NEEDED.match(clause, match.start()) else after
        if ruled_out:
            yield ruled_out


def _exchanged(clause: str) -> list[frozenset[str]]:
    """What a clause puts something else in the place of; the new thing may follow without a comma."""
    found = []
    for match in _EXCHANGE.finditer(clause):
        old = _EXCHANGED_BY.split(clause[match.end() :], maxsplit=1)[0].split()
        telling = [word for word in old if content(word)][:_OLD_THING]
        if telling:
            found.append(content(" ".join(telling)))
    return found


def _refusals(clause: str) -> Iterable[re.Match[str]]:
    withdrawn = list(_WITHDRAWAL.finditer(clause))
    needless = list(_NOT_NEEDED.finditer(clause))
    denied = [] if needless else list(_NEGATION.finditer(clause))[:1]
    if withdrawn and denied and not _CONDITION.match(clause, withdrawn[0].start()):
        denied = []
    return [*withdrawn, *needless, *denied]


@cache
def _empty(term: str) -> bool:
    return len(term) < 2 or term in _stopped()  # noqa: PLR2004 - single letters


@cache
def _stopped() -> frozenset[str]:
    """The empty words as they are compared; the stemmer is loaded when a text is looked at first."""
    return frozenset(stem for word in QUESTION_WORDS | _FILLER for stem in (word, *terms(word)))
