error-internal = Something inside MultiCoder went wrong.
    .did = The work stopped where it was; everything finished so far is kept.
    .next = Continue with { -resume }. If it happens again, look into multicoder.log in the data folder.

error-input = What was given cannot be used.
    .did = Nothing was started.
    .next = Check what was given; { -help } shows what is possible.

error-empty-task = The task is empty.
    .did = Nothing was started.
    .next = Say in a sentence what the program should do.

error-empty-search = There is nothing to look for.
    .did = Nobody was asked.
    .next = Say in a few words what to find.

error-task-too-long = The task has { $length } characters; the limit is { $limit }.
    .did = Nothing was started.
    .next = Shorten the task, or put the long text into a file and attach it.

error-bad-setting = The setting { $key } cannot be { $value }.
    .did = The earlier value stays.
    .next = Allowed is: { $allowed }.

error-unknown-setting = There is no setting called { $key }.
    .did = Nothing was changed.
    .next = The settings are: { $known }.

error-settings-unreadable = The settings file { $path } cannot be read (line { $line }).
    .did = The file was left untouched and nothing was started.
    .next = Correct that line, or delete the file to return to the defaults.

error-configuration = MultiCoder is not set up completely.
    .did = Nothing was started.
    .next = { -doctor } shows what is missing.

error-budget = { $cap ->
        [usd] The next step could cost more than this run may spend ({ $limit } US dollars).
        [tokens] The next step could use more tokens than this run may ({ $limit }).
        [calls] This run has made all its calls to models ({ $limit }).
        [minutes] This run has used all its time ({ $limit } minutes).
       *[other] The next step could exceed this run's limit.
    }
    .did = The step was not started and nothing was spent on it; everything finished so far is kept.
    .next = Raise the limit { -raise-limit }, then continue with { -resume }.

error-cancelled = The run was stopped.
    .did = Running programs were ended; everything finished so far is kept.
    .next = Continue at any time with { -resume }.

error-build-failed = The program could not be built.
    .did = The source code and the build log are kept.
    .next = Read the log in the build report, or describe the problem as the next message.

error-delivery-failed = The finished file could not be put in its place.
    .did = The file is kept in the data folder.
    .next = Check that the destination folder exists and has room, then continue with { -resume }.

error-not-delivered = The run ended without a verified program.
    .did = Nothing was passed off as finished; the code and the findings are kept.
    .next = What is missing stands in { -steps }. Change the task or answer the questions, then go on.

error-storage = The file { $path } is damaged or cannot be used: { $detail }.
    .did = It was left as it is; nothing was overwritten and nothing started empty.
    .next = Check the disk, then restore the file from the copies beside it or from your own backup.

error-record-damaged = A record in { $path } is damaged ({ $record }).
    .did = The damaged record is not used; the file was left as it is.
    .next = Check the disk and restore the file from the copies beside it or from your own backup.

error-newer-data = The file { $path } was written by a newer MultiCoder (format { $found }; this one knows { $known }).
    .did = It was not touched.
    .next = Install the current version of MultiCoder.

error-home-missing = The data folder { $path } cannot be created: { $detail }.
    .did = Nothing was started.
    .next = Create the folder, or choose another one with --home.

error-home-unwritable = The data folder { $path } cannot be written to: { $detail }.
    .did = Nothing was started.
    .next = Make room or allow writing there, or choose another folder with --home.

error-home-in-install = The data folder { $path } lies inside the folder MultiCoder is installed in.
    .did = Nothing was started: an update would delete your data there.
    .next = Choose another folder with --home.

error-data-folder-busy = Another MultiCoder (process { NUMBER($pid, useGrouping: 0) }) is working with this data folder.
    .did = Nothing was started, so that the two do not overwrite each other.
    .next = Wait until it is done, close it, or choose another folder with --home.

error-unknown-run = There is no run { $run }.
    .did = Nothing was changed.
    .next = { -runs } shows all runs.

error-unknown-project = There is no project { $project }.
    .did = Nothing was changed.
    .next = { -runs } shows all runs with their projects.

error-unknown-message = There is no message { $message }.
    .did = Nothing was changed.
    .next = { -runs } shows all runs with their projects.

error-unknown-document = There is no document { $document } in the memory.
    .did = Nothing was changed.
    .next = Look it up in the list of what is remembered.

error-document-forgotten = The document { $name } was forgotten.
    .did = Its contents were erased when it was; nothing can bring them back. Why it was forgotten: { $reason }
    .next = If it is needed again, give the file again from another place or under another name.

error-document-changed = The file { $path } changed while it was being read.
    .did = Nothing of it was kept.
    .next = Wait until whatever writes it is done, and try again.

error-document-missing = The file { $path } is not there, or vanished while it was being read.
    .did = Nothing of it was kept.
    .next = Check that the drive it is on is connected, and try again.

error-document-unreadable = The file { $path } cannot be read: { $detail }.
    .did = Nothing of it was kept.
    .next = Close the program that uses it, or check that you may read it, and try again.

error-document-target-exists = There is a file { $path } already.
    .did = It was left as it is, and nothing was written.
    .next = Choose another name.

error-document-not-written = The file { $path } cannot be written: { $detail }.
    .did = Nothing was left there; the memory was not changed.
    .next = Choose another folder, or make room on the disk, and try again.

error-unknown-blob = A stored file is missing (sha256 { $sha256 }).
    .did = Nothing was changed.
    .next = Restore the data folder from a backup.

error-checkpoint-corrupt = The file with the saved positions of runs is damaged: { $path } ({ $detail }).
    .did = It was not used and not changed; messages, code and delivered versions are kept elsewhere and are safe.
    .next = Move this file out of the data folder. Projects then go on from their last delivered version.

error-nothing-to-resume = There is nothing to continue: every run has ended.
    .did = Nothing was started.
    .next = Start a new task with { -new-task }.

error-runner-unavailable = Generated programs cannot be run safely on this computer.
    .did = Nothing was run without protection.
    .next = { -doctor } shows what is missing.

error-research-offline = { $url } could not be reached.
    .did = The work went on without it.
    .next = Check the connection; behind a proxy set HTTPS_PROXY.

error-research-timeout = { $url } did not answer completely in time.
    .did = What came so far was thrown away; the work went on without it.
    .next = Try again later.

error-research-refused = MultiCoder does not go to { $url } ({ $detail }).
    .did = Nothing was sent there.
    .next = Only public addresses are looked at. A server of your own is allowed with the setting web_hosts.

error-research-blocked = { $url } may not be read ({ $detail }).
    .did = It was left alone; the work went on without it.
    .next = Open it in your browser and attach what matters.

error-research-limited = { $url } was asked too often.
    .did = It rests for a while; others are asked meanwhile.
    .next = Wait, or give a key of your own for it.

error-research-missing = There is nothing at { $url }.
    .did = The work went on without it.
    .next = Check the address.

error-research-too-large = { $url } is larger than MultiCoder takes ({ $detail }).
    .did = It was left out.
    .next = Download it yourself and attach the part that matters.

error-research-wrong-type = { $url } is no text ({ $detail }).
    .did = It was left out.
    .next = Download it yourself and attach it.

error-research-malformed = { $url } gave an answer that cannot be read ({ $detail }).
    .did = It was left out; the work went on without it.
    .next = Try again later.
