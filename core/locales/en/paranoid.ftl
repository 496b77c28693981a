# What the paranoid tester finds.

finding-archive-hash = A record of the archive is no longer what was kept: { $record }.
    .action = Restore it from a backup before you go on working.

finding-document-damaged = A record of the memory is no longer what was kept: { $record }. Lines lost: { $lost }.
    .action = Restart MultiCoder: it takes what is damaged from the newest good backup.

finding-commit-lost = The project { $project } is said to have the commit { $commit }, but its repository cannot give it back.
    .action = Restore the data folder from a backup, or rewind the run to a step before it.

finding-version-tag = The version { $number } of the project { $project } is not tagged in its repository.
    .action = Compare the delivered version with the repository before you build on it.

finding-artifact-gone = A delivered file is no longer where it was delivered: { $path }
finding-artifact-changed = A delivered file is no longer what was delivered: { $path }

finding-run-outcome = Where the run { $run } stands is told differently in two places ({ $where ->
        [version] it is called delivered, but there is no version
        [checkpoint] it ended in the archive, but not in its checkpoints
       *[archive] it ended in its checkpoints, but not in the archive
    }).
    .action = Resume or cancel the run; if this comes back, restore the data folder from a backup.

finding-spend-caps = The run { $run } used { $spent } of { $limit }, although { $cap } was the limit.
    .action = Pause the run and look at its calls.

finding-decision = The ledger holds a decision nobody can have taken: { $subject } ({ $why ->
        [card] a card without an answer
        [reason] without a reason or without saying by whom
        [digest] about something else than was shown
        [used] a permission that was never given
        [never] it can never be allowed
       *[journal] the journal knows nothing of it
    }).
    .action = Somebody changed the ledger. Stop the run and restore the data folder from a backup.

finding-red-approved = The run { $run } built something although its { $subject ->
        [request] task
        [plan] plan
       *[code] code
    } was not approved, or could not be.
    .action = Do not use what it built; look at its verdicts and decisions in the journal.

finding-plan-graph = The plan of the run { $run } does not hold together ({ $fault ->
        [gap] modules that do not exist
        [circle] modules that wait for each other
        [strange] modules nobody planned
       *[early] modules that were accepted before what they need
    }: { $names }).
    .action = Rewind the run to the step before its plan.

finding-journal-chain = The journal is not whole.
    .action = Copy the data folder aside before anything else; { -audit } shows the place.

finding-secret-shown = Something that looks like a secret stands in the { $where ->
        [journal] journal
       *[log] log
    } ({ $place }).
    .action = Withdraw the key at its provider and make a new one.


finding-orphan = A process of a job lives on without its engine: { $name } ({ $pid }).
    .action = End it with the task manager of your system.

finding-blind = One of the checks could not look: { $check }.
    .action = The paranoid tester's log says why.

finding-trend-hang = A run has been silent for { $minutes } minutes in the step { $step } ({ $subject }).
    .action = Pause it and let it go on, or cancel it.

finding-trend-loop = The same comes back again and again: { $what }, { $times } times ({ $subject }).
    .action = Pause the run and give a word of advice.

finding-trend-two-runs = Two runs work on one project: { $runs } ({ $subject }).
    .action = Cancel one of them.

finding-trend-twice = Something that may happen once happened again: { $kind } ({ $subject }).
    .action = Look whether it was paid or delivered twice.

finding-trend-slower = { $what ->
        [call] Calls of { $model }
        [tests] Test runs
       *[build] Builds
    } take { $after } seconds now, { $before } before ({ $subject }).
    .action = Look at the provider, or at what else this computer does.

finding-trend-errors = { $after } of 100 events are errors now, { $before } before ({ $subject }).
    .action = Look at the newest errors in the journal.

finding-trend-flapping = { $model } fails and answers in turns, { $times } changes ({ $subject }).
    .action = Give another model the first place for now.

finding-trend-memory = The engine takes { $after } MB of memory now, { $before } before ({ $subject }).
    .action = Start MultiCoder again when it suits you.
