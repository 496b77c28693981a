# Commands.

error-unknown-target = “{ $target }” is no kind of result.
    .did = Nothing was started.
    .next = Choose one of: { $targets }.
error-no-provider-row = No provider is set up yet.
    .did = There is nothing to check.
    .next = Add one with “{ -command } provider add NAME --url URL”, or try the demo team with --team demo.
error-key-variable-empty = The environment variable { $variable } is not set or empty.
    .did = No key was kept and no provider was changed.
    .next = Set the variable, or leave --key-env away and type the key.
provider-added = { $provider } was added.
provider-removed = { $provider } and its key were forgotten.
provider-enabled = { $provider } is used again.
provider-disabled = { $provider } is no longer used.
provider-none = No provider is set up yet.
provider-on = on
provider-off = off
provider-key-prompt = Key (not shown, Enter = none): 
