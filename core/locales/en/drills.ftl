# What-if drills: what is broken, and the promises that must hold all the same.

audit-begins = { $drills ->
        [one] One drill, about { $seconds } s. Everything happens on copies; your data folder is not touched.
       *[other] { $drills } drills, about { $seconds } s. Everything happens on copies; your data folder is not touched.
    }
audit-state = { $state ->
        [held] held
        [broken] BROKEN
       *[unchecked] could not be tried here
    } ({ $seconds } s)
audit-seen = Seen:
audit-ends = Held: { $held }, broken: { $broken }, not tried: { $unchecked }.
audit-truth = { $truth ->
        [same] The data folder is exactly as it was.
        [in-use] MultiCoder is at work in the data folder and changes it by itself, so it was not compared.
       *[changed] The data folder has changed meanwhile; a drill must not do that.
    }
audit-not-kept = The drills are not in the journal: another MultiCoder is writing it.

error-unknown-drill = There is no drill “{ $drill }”.
    .did = Nothing was tried.
    .next = These exist: { $known }.

error-drill-folder = { $folder } was not made for a drill.
    .did = Nothing was touched.
    .next = Start drills with { -drill }.

drill-in-time = The drill comes to its end; it was stopped after { $seconds } s.
drill-to-its-end = The drill comes to its end.

drill-odd-paths = Dangerous file names
    .story = Names that lead out of the folder, or that some system opens as something else, come from models, archives and programs.
    .known = { $names } known dangerous names are refused
    .plain = { $names } ordinary names are accepted
    .generated = None of { $names } generated names that got through is dangerous
    .twins = { $pairs } pairs of names that are one on Windows are refused
    .zip = { $entries } archives that unpack beside their folder are refused
    .collected = Of a hostile program's results only the plain file is taken: no link, no pipe, no reserved name

drill-bit-flip = Single flipped bits
    .story = One bit each is flipped inside stored rows, where the database's own check sees nothing.
    .message = { $bits } flipped bits in messages: every one is found when the message is read
    .run = { $bits } flipped bits in runs: every one is found
    .version = { $bits } flipped bits in versions: every one is found
    .blob = { $bits } flipped bits in kept texts: every one is found
    .spared = { $rows } untouched records can still be read

drill-disk-full = The disk is full
    .story = No file can grow beyond a megabyte while everything is being written; then there is room again.
    .cannot = This system has no limit a drill could use to make a disk look full
    .told = Archive and ledger say so in words within { $seconds } s
    .waits = The journal keeps what the disk refused and writes it as soon as there is room; nothing is lost
    .settings = A file that is being replaced keeps its old content
    .delivery = A delivery is refused in words and leaves nothing half-made behind
    .goes-on = Work goes on by itself once there is room
    .kept = All { $rows } confirmed rows are there afterwards and the databases are whole

drill-read-only = Nothing can be written
    .story = The copy of the data folder is made read-only and every part tries to work there.
    .cannot = This system has no rights a drill could give up
    .told = { $parts } parts of the program refuse in words
    .unchanged = Not a byte has changed

drill-memory-pressure = Memory runs out
    .story = The process may use only a little more memory than it has, and far more is asked for between small writes.
    .cannot = This system has no limit a drill could use to make memory scarce
    .refused = { $rounds } requests that do not fit are refused without harm
    .kept = All { $rows } rows confirmed meanwhile are there
    .whole = The databases are whole and work goes on

drill-overwrite = Deliveries and taken names
    .story = The file's name is taken, gets taken at the last moment, and deliveries are killed half-way.
    .taken = What is already there under the name, a file or a folder, is never touched
    .appears = A file that appears while the delivery is being prepared stays as it is
    .no-half = { $kills } deliveries killed half-way: no half file under the final name
    .completed = The next delivery completes the work and clears what was left
    .rewritten = A file that is being replaced was read { $reads } times: always the old or the new content

drill-clock-jump = The clock jumps
    .story = The clock is set three days back, a year ahead and beyond 2038 while work goes on.
    .timed = Time limits and working time go on as if nothing had happened
    .journal = The journal keeps the order of things over { $jumps } jumps
    .archive = Messages keep their order over { $jumps } jumps
    .ledger = What was done is not done again
    .approval = An approval that was given stays given
    .process = Processes that live at another time keep the order of messages
    .no-library = Giving a whole process another time could not be tried: libfaketime is not installed

drill-secrets = Keys in texts
    .story = Keys of many shapes are put into events, log lines, errors and a crash, then looked for in every byte.
    .disk = { $keys } keys: none of them is in { $files } files ({ $size } bytes), in whatever encoding
    .texts = { $keys } keys: none of them is in what a person is told
    .kept = The { $rows } events themselves are kept
    .crash = The crash was a real one

drill-keyring-trouble = Trouble with the keyring
    .story = The system's keyring fails, hangs, is missing, forgets, or would keep keys in the clear.
    .bounded = { $keyrings } keyrings: no call takes longer than { $seconds } s
    .told = { $keyrings } keyrings: trouble is told in words and no key is taken for kept
    .no-plaintext = The key is in no file

drill-runner-missing = No sandbox on this machine
    .story = The tool that keeps generated programs in is taken away, then a program is to be run.
    .cannot = On this system the sandbox is no tool that could be taken away
    .says-so = The missing sandbox is noticed
    .refuses = The program is refused in words
    .nothing-ran = The program was not run unprotected

drill-sandbox-escape = Programs that try to get out
    .story = Hostile programs try to reach the network, your files and other processes, multiply, and outlive their end.
    .refuses = Without a sandbox every program is refused in words
    .no-sandbox = Escapes could not be tried, there is no sandbox here: { $reason }
    .no-probes = Escapes could not be tried on this system
    .ran = The probe ran in the sandbox
    .network = No address can be reached, not even this machine's own
    .files = Nothing outside can be read or written
    .environment = No variable of this process is visible
    .processes = No process of this machine is visible
    .bomb = A program that multiplies without end is stopped
    .time = A program that runs without end is stopped
    .gone = A process that detached itself is gone within { $seconds } s

drill-crafted-checkpoint = A crafted position file
    .story = Positions of runs are replaced with data made to run code when it is read.
    .readable = An honest position is read
    .nothing-ran = { $payloads } crafted ones were read: nothing was imported, nothing was called

drill-damaged-database = Damaged databases
    .story = Each database loses pages, its second half, all its content, itself, or comes from a newer MultiCoder; the engine is started each time.
    .pages = { $databases } databases with damaged pages: refused or restored in words, never silently emptied
    .truncated = { $databases } databases cut in half: refused or restored in words
    .empty = { $databases } databases of 0 bytes: refused or restored in words, never started afresh
    .gone = { $databases } databases: a missing one is refused or restored in words, never started afresh
    .newer = { $databases } databases of a newer kind: refused in words, or everything is there
    .restored = With a backup at hand { $damages } damages: the engine starts, says so, keeps the damaged file aside, and everything is there
    .whole = With the undamaged files back in place everything is there

drill-journal-tamper = Somebody edits the journal
    .story = Events are changed, removed and slipped in behind the program's back.
    .honest = An untouched journal proves to be whole
    .closed = The table itself refuses changes and removals
    .changed = A changed event is found
    .removed = A removed event is found
    .cut = Events missing at the end are found
    .added = An event slipped in is found

drill-forged-approval = Forged approvals
    .story = A run waits for a person; approvals are made up, copied from other runs and written by a model.
    .forged = { $kinds } forged answers are refused
    .once = An answer counts once and cannot be changed afterwards
    .actions = A permission serves once, for exactly the dangerous action it was given for; running unprotected cannot be allowed
    .red = Neither red nor unjudged can be approved
    .waits = A real run stays at its card and nothing is paid for behind it
    .honest = A person's answer lets it go on

drill-two-instances = Two at once
    .story = A second MultiCoder is started on a data folder in use, then the first one is killed.
    .refused = The second one is refused in words
    .at-once = That takes no longer than { $seconds } s
    .one-writer = The second one has written nothing
    .stale = The lock of the killed one is taken over

drill-provider-storm = A storm of provider failures
    .story = A provider on this machine fails in every known way, alone and with a healthy one behind it.
    .class = { $kinds } kinds of failure are each taken for what they are
    .words = { $kinds } kinds of failure are told in words
    .no-retry = Bad keys and empty accounts are not tried twice
    .bounded = No failing model is asked without end
    .no-half = Half an answer is never taken for a whole one
    .fallback = { $kinds } kinds of failure: the healthy model answers instead
    .retry-after = A provider that asks for { $wait } s of patience gets it

drill-budget-loop = A model that never ends
    .story = A model always asks to go on, and a run keeps asking it, under each kind of limit.
    .calls = A limit of { $cap } calls: { $calls } were made, none after it
    .parallel = A limit of { $cap } calls for many at once: { $calls } were made, none after it
    .tokens = A limit of tokens for { $cap } calls: { $calls } were made, none after it
    .money = A limit of money for { $cap } calls: { $calls } were made, none after it

drill-kill-run = Killed in the middle of a run
    .story = A run of the demo team is killed at random moments and resumed until it ends.
    .once = An effect that was recorded is not done again after a kill
    .same-target = An effect that was cut off aims at the same target again
    .no-toolchain = A whole run could not be tried: the Python for generated programs is not set up yet
    .delivered = Killed { $kills } times, the run still delivers
    .placed = One file with its evidence lies in the output folder
    .version = There is one version
    .effects = No effect was done twice
    .spending = No call was paid for twice

audit-score = Score { $score } of 100; { $findings ->
        [0] nothing was found.
        [one] one finding.
       *[other] { $findings } findings.
    }
