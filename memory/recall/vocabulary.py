"""Words that make a question and forms that no rule finds."""

from __future__ import annotations

from typing import Final

QUESTION_WORDS: Final = frozenset(
    """
    a an the of in on at to for from by with as and or but if than then that this these those there here
    is are was were be been being am do does did done doing has have had having will would shall should can could may
    might must what when where which who whom whose why how many much long often it its he she they them his her their
    him i me my mine we us our ours you your yours not no yes so some any about into over after before during
    а и в во на к ко с со о об от до за из у по под над при для без через между или но да же ли бы не ни то это этот эта
    эти этого этой тот та те что чего чем чему кто кого кому кем где куда откуда когда какой какая какое какие какого
    каких каким какую который которая которое которые которых сколько почему зачем как так там тут здесь он она оно они
    его ее их ему ей им я мне меня мы нас нам вы вас вам ты тебя тебе мой моя мое мои наш ваш свой своя свое свои был
    была было были есть быть будет будут если чтобы тоже уже еще только очень
    """.split()  # noqa: SIM905 - a list of 300 quoted words is no better to read
)

_IRREGULAR: Final = """
    arise arose arisen; awake awoke awoken; bear bore borne; beat beaten; become became; begin began begun; bend bent;
    bet; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought;
    build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came; creep crept;
    deal dealt; dig dug; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; eat ate eaten;
    fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fly flew flown;
    forbid forbade forbidden;
    forget forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given;
    go went gone; grow grew grown; hang hung; hear heard; hide hid hidden; hold held; keep kept; kneel knelt;
    know knew known; lay laid; lead led; lean leant; leap leapt; learn learnt; leave left; lend lent; light lit;
    lose lost; make made; mean meant; meet met; pay paid; prove proven; ride rode ridden; ring rang rung;
    rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent; sew sewn; shake shook shaken;
    shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; sleep slept;
    slide slid; speak spoke spoken; speed sped; spend spent; spin spun; spring sprang sprung; stand stood;
    steal stole stolen; stick stuck; sting stung; strike struck; swear swore sworn; sweep swept; swell swollen;
    swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought;
    throw threw thrown; understand understood; wake woke woken; wear wore worn; weave wove woven; weep wept;
    win won; wind wound; write wrote written; child children; man men; woman women; person people; foot feet;
    tooth teeth; mouse mice; goose geese; life lives; wife wives; knife knives; leaf leaves; half halves; shelf shelves;
    index indices; analysis analyses; datum data; medium media
"""
IRREGULAR: Final = {
    form: first for group in _IRREGULAR.split(";") for first, *others in [group.split()] for form in others
}
"""English forms and the word they belong to."""
