setting-budget-usd = Money per run
    .help = US dollars one run may spend on models; the next call is refused before it would pass this.

setting-budget-tokens = Tokens per run
    .help = Tokens, asked and answered together, that one run may use.

setting-budget-calls = Calls per run
    .help = How many times one run may call a model.

setting-budget-minutes = Time per run
    .help = Minutes of work after which a run stops and asks.

setting-concurrency = Model calls at the same time
    .help = How many calls one provider gets at a time; fewer help with strict rate limits. Holds from the next start of the engine.

setting-best-of = Models that write the same module
    .help = Tests of the module choose the best draft. Each further model costs about as much as the first.

setting-loop-limit = Repair rounds
    .help = Rounds without visible progress before the work stops and you are asked. Holds from the next start of the engine.

setting-team = Team
    .help = Which models take which role; empty means the best choice among your providers.

setting-embedding = Model for the memory's vectors
    .help = provider:model with an address for embeddings, e.g. for finding by meaning; what is remembered is sent there. Empty stays on this computer.

setting-web-search = Looking things up on the internet
    .help = off: never; ask: each run shows its searches and waits for your word; on: by itself. A repository is downloaded only after a word of its own, whatever stands here.

setting-web-hosts = Own servers that may be looked at
    .help = host:port, with commas between them. Other addresses inside your network are refused. Holds from the next start of the engine.

setting-search-engines = Search engines to ask first
    .help = Names with commas between them, e.g. brave, duckduckgo; empty is the usual order. Holds from the next start of the engine.

setting-searxng = Address of your SearXNG
    .help = It has to allow answers as JSON; inside your network it also has to stand among your own servers above. Empty means none. Holds from the next start of the engine.

setting-language = Language
    .help = auto follows the language of your task.

setting-task-slots = Heavy tasks at the same time
    .help = How many runs, builds and audits work at once; two suit a small computer.

setting-paranoid = Paranoid tester
    .help = off: only dangerous actions are stopped; watch: it also inspects and reports; strict: it pauses tasks as well.

setting-journal-mb = Journal on disk, MB
    .help = Beyond this, older events move into compressed segments; none is lost. Holds from the next start of the engine.

setting-backup-hours = Hours between backups
    .help = How often the databases are copied.

setting-backups-kept = Backups kept
    .help = How many copies of each database stay.

setting-report-every = Report on schedule
    .help = How often a report is written by itself.

setting-report-on-critical = Report after a critical event
    .help = Whether a critical finding writes a report of itself.

setting-telemetry-endpoint = OpenTelemetry address
    .help = OTLP/HTTP address that gets traces and events; empty sends nothing.
