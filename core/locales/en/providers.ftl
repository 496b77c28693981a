# Providers, keys and models. $model is `provider:model`, $detail a short technical text from outside.

error-provider-bad-key = { $model } did not accept the key. { $detail }
    .did = No further attempt was made with this key; no other model could take over.
    .next = Check the key ({ -check-provider }), enter a new one, or add a second provider.

error-provider-no-money = The account of { $model } has no credit left. { $detail }
    .did = No further attempt was made with this account; no other model could take over.
    .next = Top up the account with the provider, or add a second provider, then continue with { -resume }.

error-provider-region = { $model } does not serve the region you are in. { $detail }
    .did = Nothing more was sent to this provider; no other model could take over.
    .next = Add a provider that works in your region, then continue with { -resume }.

error-provider-model-gone = The model { $model } does not exist or is no longer offered. { $detail }
    .did = No other model could take over.
    .next = { -check-provider } shows the models on offer; choose one of them.

error-provider-rate-limited = { $model } is receiving too many requests. { $detail }
    .did = Waited, tried again several times and asked every other model that was available.
    .next = Continue later with { -resume }, or add a second provider.

error-provider-too-long = The text does not fit into { $model }. { $detail }
    .did = Other models were asked where available; none could take it in full.
    .next = Make the task smaller, or add a model with more room.

error-provider-refused = { $model } refused to answer. { $detail }
    .did = Other models were asked where available; the request was not reworded.
    .next = Put the task differently, or choose another model.

error-provider-transient = { $model } cannot be reached or broke off its answer. { $detail }
    .did = Tried again several times with growing pauses and asked every other model that was available.
    .next = Check the Internet connection and continue with { -resume }.

error-provider-malformed = The answer of { $model } could not be used. { $detail }
    .did = Other ways of asking and every other available model were tried.
    .next = Continue with { -resume }, or choose another model.

error-no-provider = No provider of language models is set up.
    .did = Nothing was started.
    .next = Add one { -set-up-provider }, or try the scripted team: { -demo-team }.

error-no-model = None of the providers has a model for the role “{ $role }”.
    .did = Nothing was sent.
    .next = Name at least one model for a provider; { -check-provider } shows what is on offer.

error-no-key = There is no key for the provider { $provider }.
    .did = Nothing was sent.
    .next = Enter the key { -add-provider }, or set MULTICODER_API_KEY for this session.

error-keyring-unavailable = The system's key storage cannot be used: { $detail ->
        [none] none was found on this computer.
       *[other] { $detail }
    }
    .did = The key was neither read nor written; keys are never kept unencrypted.
    .next = Unlock or install the key storage, create an encrypted key vault { -create-vault }, or set MULTICODER_API_KEY for this session.

error-bad-url = The address { $url } cannot be used for a provider: { $reason ->
        [plain-http] it is not encrypted; plain http is allowed only on this computer.
        [credentials] it contains a user name or a password.
        [query] it contains a question mark or a hash sign.
       *[form] it is not a complete web address.
    }
    .did = Nothing was changed and nothing was sent.
    .next = Give the address as in the provider's documentation, for example https://host/v1.

error-unknown-provider = There is no provider “{ $provider }”.
    .did = Nothing was changed.
    .next = { -providers } shows the providers that are set up.

error-bad-provider-id = “{ $provider }” cannot be the short name of a provider.
    .did = Nothing was changed.
    .next = Use up to 40 small Latin letters, digits, hyphens and underscores, beginning with a letter or a digit.

error-bad-header = The additional header “{ $header }” cannot be used.
    .did = Nothing was changed.
    .next = Keys belong into the key storage; other headers have a simple name and a one-line value.

error-no-provider-for-team = None of your providers can be in the team “{ $team }”.
    .did = Nothing was started.
    .next = Choose another team, or add a provider that belongs to this one.

error-unknown-host = { $preset } has no region or plan “{ $host }”.
    .did = Nothing was changed.
    .next = Choose one of: { $hosts }.

error-unknown-key = The provider { $provider } has no key named “{ $label }”.
    .did = Nothing was changed.
    .next = Look at the list of its keys; the first one may have no name.

error-import-unreadable = The file { $path } is no list of providers: { $detail }
    .did = Nothing was changed.
    .next = Choose a file that MultiCoder exported.

error-import-passphrase = The file { $path } holds keys, which are sealed by a passphrase.
    .did = Nothing was changed.
    .next = Enter the passphrase that was chosen when it was exported.

error-export-exists = There is already a file { $path }.
    .did = Nothing was written.
    .next = Choose another name, or confirm that it may be replaced.

error-export-unwritable = The file { $path } cannot be written: { $detail }
    .did = The providers and their keys are as they were.
    .next = Choose another folder, or check its permissions and the free space.

error-import-wrong-passphrase = The passphrase does not open the keys in { $path }.
    .did = Nothing was changed.
    .next = Type the passphrase that was chosen when the file was exported; capital letters and the keyboard layout matter.

error-prices-unreadable = The file { $path } is no list of prices: { $detail }
    .did = Nothing was changed.
    .next = Choose the api.json of models.dev, or a file of that form.

error-prices-damaged = The imported prices { $path } cannot be read: { $detail }
    .did = The file was left as it is; work goes on without it.
    .next = Import the prices once more.

error-prices-unwritable = The prices cannot be kept in { $path }: { $detail }
    .did = The prices imported before are still there.
    .next = Check the free space and the permissions of the data folder.

sign-in-done = MultiCoder is signed in. You can close this page.
sign-in-not-done = Nothing was signed in. You can close this page.

error-sign-in-late = The sign-in at { $provider } was not finished in time.
    .did = Nothing was changed.
    .next = Begin it again, or enter a key by hand.

error-sign-in-refused = The sign-in at { $provider } was refused in the browser.
    .did = Nothing was changed.
    .next = Begin it again, or enter a key by hand.

error-sign-in-no-port = This computer lets MultiCoder listen on none of its own ports.
    .did = Nothing was changed.
    .next = Enter a key by hand instead of signing in.

error-sign-in-unknown = { $provider } has no sign-in in the browser.
    .did = Nothing was changed.
    .next = Enter a key by hand.

error-sign-in-not-begun = No sign-in was begun.
    .did = Nothing was changed.
    .next = Begin it again.

error-unknown-preset = “{ $preset }” is not among the providers MultiCoder knows.
    .did = Nothing was changed.
    .next = { -known-providers } shows the known ones; any other endpoint is added with its address.

error-preset-gone = { $preset } cannot be added: { $since ->
        [none] it has no service of its own.
       *[other] it ended on { $since }.
    }
    .did = Nothing was changed.
    .next = { $instead ->
        [none] There is no direct replacement.
       *[other] Its work is done by: { $instead }.
    }

error-bad-proxy = The proxy { $url } cannot be used.
    .did = Nothing was changed.
    .next = Give it as http://host:port, https://host:port or socks5://host:port, without a password.

error-bad-account = “{ $account }” cannot be the folder or the scope of a provider.
    .did = Nothing was changed.
    .next = Copy it from the provider's console: letters, digits, hyphens, dots and underscores.

error-bad-certificate = There is no certificate file { $path }.
    .did = Nothing was changed.
    .next = Name a file with the root certificate in PEM form.

error-bad-key-label = “{ $label }” cannot be the name of a key.
    .did = Nothing was changed.
    .next = Give each key of a provider a short name of its own; a provider may have up to { $most } keys.

error-providers-unreadable = The list of providers { $path } cannot be read: { $detail }
    .did = The file was left as it is.
    .next = Correct the file, or delete it and add the providers again; the keys are kept elsewhere.

error-providers-unwritable = The list of providers { $path } cannot be saved: { $detail }
    .did = The old list is still in place.
    .next = Check the free space and the permissions of the data folder.

# What `{ -command } provider check` says.
provider-check-valid = { $provider }: the key works.
provider-check-bad-key = { $provider }: the key was not accepted. { $detail }
provider-check-no-money = { $provider }: the key is right, but the account has no credit. { $detail }
provider-check-region = { $provider }: not available in your region. { $detail }
provider-check-limited = { $provider }: too many requests at the moment; the key could not be tried. { $detail }
provider-check-unreachable = { $provider }: no usable answer. { $detail }
