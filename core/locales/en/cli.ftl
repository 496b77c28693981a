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
provider-key-prompt = Key (not shown, Enter = none):{" "}
interrupted = Interrupted. What was begun is kept; “{ -command } runs” lists it, “{ -command } resume” goes on.

error-task-not-text = What was given as the task is not readable text.
    .did = Nothing was started.
    .next = Save the text as UTF-8 and try again.
error-unknown-team = There is no team “{ $team }”.
    .did = Nothing was started.
    .next = Use --team demo to try MultiCoder out, or leave --team away to work with your own providers.
error-project-at-work = The project already has an unfinished run: { $run }.
    .did = Nothing was started; two runs would change the same program.
    .next = Finish it with “{ -command } resume { $run }”, end it with “{ -command } cancel { $run }”, or begin a project of its own with --project new.
error-run-ended = The run { $run } has already ended: { $outcome }
    .did = Nothing was changed.
    .next = “{ -command } show { $run }” tells how; a new task starts with “{ -command } run”.
error-cancel-not-heard = The MultiCoder that is at work here does not work on the run { $run }.
    .did = Nothing was cancelled.
    .next = Wait until the other one is done, then cancel the run again.
error-attachment-too-large = The file { $path } is too large to be attached.
    .did = Nothing was started.
    .next = Attach a text file of at most { $limit } KB; larger material can be split.
error-attachment-not-text = { $path } is no text file in UTF-8.
    .did = Nothing was started.
    .next = Save it as UTF-8 text of at most { $limit } KB and attach that.
