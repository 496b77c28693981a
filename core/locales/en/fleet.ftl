# Commands that look after providers, their keys and the team.

provider-changed = { $provider } was changed.
provider-order = Order of the providers: { $providers }
provider-keys-at = Keys of { $provider } are made at { $address }
provider-needs-account = { $provider } wants the id of a folder beside the key: add it with --account.
provider-key-first = (first key)
provider-key-missing = not there
provider-key-kept = { $provider }: the key { $label } is kept.
provider-key-removed = { $provider }: the key { $label } was forgotten.
provider-key-enabled = { $provider }: the key { $label } is used again.
provider-key-disabled = { $provider }: the key { $label } is no longer used.
provider-key-per-minute = { $number } requests a minute
provider-key-parallel = { $number } at the same time

error-key-empty = No key was given.
    .did = Nothing was changed.
    .next = Type the key, or name an environment variable that holds it with --key-env.
error-unknown-role = There is no role “{ $role }”.
    .did = Nothing was changed.
    .next = Choose one of: { $roles }.
team-anybody = anybody

preset-hosts = Regions and plans (--host): { $hosts }
preset-accounts = Accounts (--account): { $accounts }
preset-is-gone = { $name }: { $since ->
        [none] has no service of its own.
       *[other] ended on { $since }.
    } { $instead ->
        [none] There is no direct replacement.
       *[other] Instead: { $instead }
    }
model-retires = The model { $model } ends on { $day }.

provider-check-left = { NUMBER($usd, minimumFractionDigits: 2, maximumFractionDigits: 2) } USD left.
provider-check-elsewhere = The key belongs to { $address }
provider-check-nothing = { $provider }: there is no enabled key to try.
provider-fix = To take that address over: “{ -command } provider check { $provider } --fix”.
provider-moved = { $provider } now stands at { $address }
provider-keys-apart = The keys of { $provider } belong to different addresses: { $addresses }. Make a provider of each address.

sign-in-go = Sign in to { $provider } in the browser that opens. If none does, open this address yourself:
    { $address }
    Ctrl+C ends waiting.
sign-in-ended = The sign-in was ended; nothing was changed.
sign-in-key-kept = Signed in; the key of { $provider } is kept.

export-passphrase-prompt = Passphrase of the exported file:{ " " }
providers-exported = { $keys ->
        [-1] The providers were written to { $path }, without keys.
        [0] The providers were written to { $path }; there were no keys to take along.
        [one] The providers and { $keys } key, sealed by the passphrase, were written to { $path }
       *[other] The providers and { $keys } keys, sealed by the passphrase, were written to { $path }
    }
imported-added = Added: { $providers }
imported-replaced = Replaced: { $providers }
imported-kept = Left as they are, because there are providers of this name: { $providers }. --replace would replace them.
imported-keys = { $keys ->
        [0] No keys were taken over.
        [one] { $keys } key was taken over.
       *[other] { $keys } keys were taken over.
    }

prices-imported = { $prices ->
        [one] { $prices } price
       *[other] { $prices } prices
    } of { $providers ->
        [one] { $providers } provider were
       *[other] { $providers } providers were
    } taken over; models without a usable price: { $left-out }.
prices-of = USD per million tokens, question / answer. Imported on { $day }: { $prices } prices.
prices-none = USD per million tokens, question / answer. No prices were imported: “{ -command } provider prices import FILE” takes the api.json of models.dev.
price-from-own = (yours)
price-from-imported = (imported on { $day })
price-from-known = (known to MultiCoder)
price-from-none = (unknown)
