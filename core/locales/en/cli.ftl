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
error-recall-empty = There is nothing to look for: the question is empty.
    .did = The memory was not searched.
    .next = Ask in a few words, like “{ -command } memory recall "which colour has the button"”.
error-memory-choice = “{ $value }” is not known here.
    .did = Nothing was done.
    .next = Choose one of: { $choices }.
error-memory-export-exists = The file { $path } is there already.
    .did = Nothing was written.
    .next = Choose another name, or add --force to replace it.
error-memory-export-folder = { $path } is a folder.
    .did = Nothing was written.
    .next = Name the file that is to be written.
recall-nothing = Nothing that fits was found.
memory-stats = { $documents } documents, { $messages } messages, { $lines } lines
    { $indexed } lines can be found by words, { $embedded } by meaning (vectors: { $vectors })
    { $lost } lines were lost
    { $bytes_kept } bytes kept take { $bytes_used } bytes on the disk
memory-stats-trouble = Search by meaning does not work at the moment: { $trouble }
memory-list-empty = No documents are kept.
memory-released-here = released at the terminal
memory-now-forgotten = { $name } was forgotten: its bytes are erased, and so is everything that was taken out of it. Backups made before still hold it until newer ones take their place; so do copies and exports of your own.
memory-now-quarantined = { $name } is in quarantine: it is kept and not found any more.
memory-now-kept = { $name } can be found again.
memory-standing-quarantined = in quarantine
memory-standing-forgotten = forgotten
memory-rebuilt = The index is new: { $indexed } of { $lines } lines can be found.
export-done = Written: { $path }
