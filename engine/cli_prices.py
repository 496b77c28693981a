"""`multicoder provider prices`: what models cost, from a file the person brings; nothing is fetched."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.i18n import system_locale, tr
from core.paths import home as find_home
from engine.reporting import print_json, reported
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.price_list import PriceList
    from agents.providers.registry import Price, Provider
    from core.paths import Home

app = typer.Typer(help="What models cost, in USD per million tokens.", no_args_is_help=True)

HomeOption = Annotated[Path | None, typer.Option("--home", help="Data folder.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The api.json of models.dev, or a file of that form.")],
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Take prices over from a file, in the place of those imported before."""

    async def work(place: Home) -> None:
        from agents.providers.price_list import import_prices

        found = await asyncio.to_thread(import_prices, place, file.absolute())
        facts = {"prices": found.count, "providers": len(found.by_maker), "left_out": found.left_out}
        if json:
            print_json({"imported": found.day, **facts})
            return
        print(tr("prices-imported", system_locale(), **{name.replace("_", "-"): fact for name, fact in facts.items()}))

    _run(work, home or context.obj, json=json)


@app.command("list")
def list_(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Short name of a provider; without one all are shown.")] = "",
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show what the models of your providers cost, and who says so."""

    async def work(place: Home) -> None:
        from agents.providers.accounts import Accounts
        from agents.providers.price_list import imported_prices

        found, accounts = await asyncio.to_thread(imported_prices, place), Accounts(place)
        rows = [await asyncio.to_thread(accounts.get, name)] if name else await asyncio.to_thread(accounts.rows)
        if not json:
            told = "prices-of" if found.day else "prices-none"
            print(tr(told, system_locale(), day=found.day, prices=found.count))
        for row in map(found.onto, rows):
            for model in _named(row):
                _print(row, model, row.price(model), found, json=json)

    _run(work, home or context.obj, json=json)


def _named(row: Provider) -> list[str]:
    """The models of a row that a person or the catalogue names."""
    from agents.providers.catalogue import found_preset

    known = found_preset(row.preset)
    preferred = [model for models in known.models.values() for model in models] if known and not row.models else []
    return list(dict.fromkeys([*row.models, *preferred, *row.prices]))


def _print(row: Provider, model: str, price: Price | None, found: PriceList, *, json: bool) -> None:
    source = (
        "none" if price is None else "own" if _is_own(row, model) else "imported" if model in row.listed else "known"
    )
    if json:
        amounts = {"input": price.input, "output": price.output} if price else {"input": None, "output": None}
        print_json({"provider": row.id, "model": model, **amounts, "source": source, "imported": found.day})
        return
    amount = f"{price.input:g} / {price.output:g}" if price else "-"
    print(visible(f"{row.id}:{model}  {amount}  {tr(f'price-from-{source}', system_locale(), day=found.day)}"))


def _is_own(row: Provider, model: str) -> bool:
    from agents.providers.registry import ANY_MODEL

    return bool(row.prices.get(model) or row.prices.get(ANY_MODEL))


def _run(work: Callable[[Home], Awaitable[None]], home_option: Path | None, *, json: bool) -> None:
    async def prepared() -> int:
        home = find_home(home_option)
        home.prepare()
        await work(home)
        return 0

    raise typer.Exit(reported(prepared, system_locale(), json=json))
