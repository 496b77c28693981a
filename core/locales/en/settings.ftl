setting-budget-usd = Money per run
    .help = US dollars one run may spend on models; the next call is refused before it would pass this.

setting-budget-tokens = Tokens per run
    .help = Tokens, asked and answered together, that one run may use.

setting-budget-calls = Calls per run
    .help = How many times one run may call a model.

setting-budget-minutes = Time per run
    .help = Minutes of work after which a run stops and asks.

setting-concurrency = Model calls at the same time
    .help = How many calls one provider gets at a time; fewer help with strict rate limits.

setting-loop-limit = Repair rounds
    .help = Rounds without visible progress before the work stops and you are asked.

setting-team = Team
    .help = Which models take which role; empty means the best choice among your providers.

setting-language = Language
    .help = auto follows the language of your task.
