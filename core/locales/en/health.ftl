# The health board, `{ -command } status` and `{ -command } doctor`. An evidence may have advice: `.action`.

health-system-loop = Core coordinator
health-system-coordinator = Graph of the coordinator
health-system-tasks = Task manager
health-system-checkpoints = Checkpoints
health-system-ledger = Ledger
health-system-archive = Archive
health-system-documents = Memory (archive)
health-system-words = Memory (search by words)
health-system-vectors = Memory (vectors)
health-system-journal = Journal
health-system-memory = Memory of the computer
health-system-disk = Disk
health-system-reports = Reports
health-system-projects = Projects' history
health-system-keyring = Key storage
health-system-network = Network
health-system-web = Web search
health-system-provider = Provider { $provider }
health-system-paranoid = Paranoid tester
health-system-backups = Backups
health-system-runner = Sandbox
health-system-builders = Builders
health-system-toolchain = Toolchain

health-never = Not looked at yet.
health-no-data = No data for { $seconds } s.
    .action = Wait a moment; if it stays so, start MultiCoder again.
health-raised = The look ended with { $error }: { $detail }
    .action = Start this system again; if it stays so, look into multicoder.log in the data folder.
health-overrun = No answer within { $seconds } s.
    .action = Start this system again; if it stays so, start MultiCoder again.
health-hangs = Still no answer; an earlier look has been waiting for more than { $seconds } s.
    .action = Start this system again; if it stays so, start MultiCoder again.
health-untold = ({ $message })
health-engine-stopped = The engine is not running.
    .action = Nothing has to be done: it starts with the next run.
health-snapshot-old = The engine has not said anything for { $seconds } s.
    .action = It may hang. Start MultiCoder again; finished work is kept.

health-loop-turns = Answers within { $milliseconds } ms.
health-loop-late = Did not answer for { $seconds } s.
    .action = Usually the computer is busy. If it happens often, look for “loop.hung” in the journal.
health-loop-hung = Does not answer; waiting for { $seconds } s.
    .action = If it does not come back, start MultiCoder again; finished work is kept. The journal holds where it hangs.

health-file-gone = The file { $file } is gone.
    .action = Start MultiCoder again at once: what is being written is lost. The newest backup is then offered.
health-file-empty = The file { $file } is empty.
    .action = Start MultiCoder again: the newest good backup is then used.
health-file-replaced = Another file lies in the place of { $file }; what is written goes nowhere.
    .action = Start MultiCoder again. Do not copy files into the data folder while it runs.
health-file-damaged = The file { $file } is damaged: { $detail }
    .action = Start MultiCoder again: the damaged file is put aside and the newest good backup is used.
health-canary-lost = What was written to { $file } could not be read back.
    .action = Check the disk, then start MultiCoder again.
health-decoding-lenient = Checkpoints are not decoded strictly: a crafted one could run code.
    .action = Start MultiCoder again, without changing LANGGRAPH_STRICT_MSGPACK.
health-checkpoints-ok = Written, read back and decoded strictly; { $size } KiB.
health-ledger-ok = Recorded and looked up; { $size } KiB.
health-archive-ok = Written and read; { $projects } projects in order, { $size } KiB.
health-documents-ok = A document was written and read; lost lines: 0; { $size } KiB.
health-documents-lost = Lost lines: { $lost }. They were kept and cannot be read any more; restart MultiCoder to take them from a backup.
health-words-ok = A question was answered by the index.
health-words-behind = What was kept lately is not in the index ({ $code }).
    .action = Nothing is lost: the index is made from what is kept. Look whether the disk is full; restart this system here to make the index anew.
health-vectors-ok = A canary was embedded and found; { $passages } passages.
health-vectors-building = Vectors are being made; { $passages } passages are in. Lines are found by their words meanwhile.
    .action = Wait a little. Nothing is lost, and nothing has to be done.
health-vectors-degraded = Lines are found by their words only: { $trouble }
    .action = Nothing is lost: the vectors are made anew by themselves. If this stays, restart this system here or look whether the disk is full.
health-vectors-off = The vectors are closed.
    .action = Start MultiCoder again.
health-journal-waiting = { $waiting } events wait to be written.
    .action = Make room on the disk of the data folder; what waits is then written.
health-journal-broken = The newest events are not whole.
    .action = Somebody or something changed the journal from outside. All of it is looked at by { -audit }.
health-journal-lost = { $lost } events were given up because the disk refused them.
    .action = Make room on the disk of the data folder; the lines of these events are in multicoder.log.
health-journal-ok = Written; { $rows } events, the newest { $checked } proved.

health-coordinator-ok = Answered in { $milliseconds } ms, { $lag } ms late.
health-coordinator-late = Woke up { $milliseconds } ms late.
    .action = The computer is busy; end other programs, or set fewer tasks at the same time.
health-coordinator-strange = The coordinator knows of a run that never was.
    .action = Start MultiCoder again; if it stays so, restore the newest backup.
health-tasks-ok = { $kept } tasks kept alike on disk and in memory; { $running } running, { $slots } slots.
health-tasks-stopped = Nobody has looked for work for { $seconds } s.
    .action = Start this system again, or MultiCoder; waiting tasks go on by themselves.
health-tasks-differ = { $count } tasks are kept otherwise on the disk than in memory: { $tasks }
    .action = Start MultiCoder again: what is on the disk counts.
health-tasks-waiting = A task has been waiting for { $seconds } s although a slot is free.
    .action = Start this system again, or MultiCoder; waiting tasks go on by themselves.
health-runner-ok = A job ran in { $mechanism } in { $milliseconds } ms; the network is closed.
health-runner-failed = A job in the sandbox did not say what it should ({ $ending }). { $detail }
    .action = On Linux bubblewrap 0.8 or newer is needed; on Windows app containers have to be allowed for you.
health-runner-refused = No job can be run: { $detail }
    .action = Generated code is never run without protection. On Linux bubblewrap 0.8 or newer is needed; on Windows app containers have to be allowed for you.
health-runner-open = { $mechanism } does not close the network.
    .action = Generated code is not run until it does. On Linux bubblewrap 0.8 or newer is needed; on Windows app containers have to be allowed for you.
health-toolchain-ok = Python { $python } with PyInstaller { $pyinstaller } starts.
health-toolchain-supplied = The Python that came with MultiCoder is unpacked when the first program is made.
health-toolchain-missing = There is no Python for generated programs in { $folder }.
    .action = It is made by { -repair }.
health-toolchain-broken = The Python in { $folder } cannot be used: { $detail }
    .action = It is made anew by { -repair }.
health-builders-waiting = The tools are made ready when the first program is made.
health-builders-quick = A source package was made; no program has been built for real yet.
health-builders-ok = A source package was made; a real program was built and started { $hours } h ago in { $seconds } s.
health-builders-failed = The last real build, { $hours } h ago, failed: { $detail }
    .action = Start this system again to build once more; see the state of sandbox and toolchain.
health-builders-unable = The tools to build a program are missing.
    .action = They are made by { -repair }.

health-disk-ok = { $free } MiB free; written through in { $milliseconds } ms.
health-disk-low = Only { $free } MiB free in { $folder }.
    .action = Make room before long; builds need some.
health-disk-full = { $free } MiB free in { $folder }, { $needed } are needed.
    .action = Make room; nothing can be built or kept until then.
health-disk-slow = Writing a little to { $folder } took { $seconds } s.
    .action = Another program keeps the disk busy, or the disk is failing.
health-disk-refused = Nothing can be written to { $folder }: { $detail }
    .action = Make room or correct the permissions; what is finished is kept.
health-memory-ok = { $available } MiB available; MultiCoder uses { $ours } MiB.
health-memory-low = Only { $available } MiB of memory available; MultiCoder uses { $ours } MiB.
    .action = End other programs, or set fewer tasks at the same time.
health-memory-out = { $available } MiB of memory left; MultiCoder uses { $ours } MiB.
    .action = End other programs now: the system may end MultiCoder otherwise.
health-memory-large = MultiCoder uses { $ours } MiB; { $available } MiB are available.
    .action = Start MultiCoder again when no run is under way.
health-reports-ok = Written and read back; { $reports } reports kept.
health-reports-lost = What was written to { $folder } could not be read back.
    .action = Check the disk.
health-reports-refused = Nothing can be written to { $folder }: { $detail }
    .action = Make room or correct the permissions of that folder.
health-projects-ok = A commit was made and read back; the newest project { $project } has { $files } readable files.
health-projects-none = A commit was made and read back; there is no project yet.
health-projects-lost = What was committed could not be read back.
    .action = Check the disk, then start MultiCoder again.
health-projects-damaged = The history of project { $project } cannot be read: { $detail }
    .action = Restore the folder of that project from a copy; delivered files are not affected.

health-keyring-ok = An entry was kept, read back and removed in { $milliseconds } ms.
health-keyring-refused = Cannot be used: { $detail ->
        [none] none was found on this computer.
       *[other] { $detail }
    }
    .action = Unlock or install the key storage, create an encrypted key vault { -create-vault }, or set MULTICODER_API_KEY for this session.
health-keyring-forgets = Accepts an entry and keeps nothing.
    .action = Choose another key storage, or set MULTICODER_API_KEY for this session.
health-network-ok = { $host } is reached in { $milliseconds } ms.
health-network-down = No provider is reached. { $detail }
    .action = Check the connection to the Internet, a firewall or the proxy.
health-network-nowhere = No provider is switched on, so nobody is contacted.
    .action = Add one { -add-provider }.
health-web-ok = { $engine } answered the last search.
health-web-fallback = { $engine } answered the last search; others did not: { $detail }.
    .action = Nothing has to be done; who failed is asked again later.
health-web-down = No search engine answered. { $detail }
    .action = Check the connection to the Internet or the proxy, or add an engine. Runs go on without research.
health-web-off = Looking things up is switched off, so nobody is asked.
    .action = Switch on the setting web_search if it shall be used.
health-web-unused = Nobody was asked of late; without your word nothing is searched.
    .action = Nothing has to be done.
health-provider-ok = { $keys ->
        [one] The key works
       *[other] All { $keys } keys work
    }; { $models } models, { $milliseconds } ms.
health-provider-some-keys = { $working } of { $keys } keys work.{ $bad-key ->
        [none] {""}
       *[other] {" "}Refused: { $bad-key }.
    }{ $no-money ->
        [none] {""}
       *[other] {" "}Without credit: { $no-money }.
    }{ $limited ->
        [none] {""}
       *[other] {" "}Too many requests: { $limited }.
    }{ $region ->
        [none] {""}
       *[other] {" "}Not for your region: { $region }.
    }{ $unreachable ->
        [none] {""}
       *[other] {" "}No usable answer: { $unreachable }.
    }{ $elsewhere ->
        [none] {""}
       *[other] {" "}Of another address: { $elsewhere }.
    }
    .action = Enter them anew or switch them off ({ -check-provider }); runs use the others meanwhile.
health-provider-no-key = { $provider } has no key that is switched on.
    .action = Enter one { -add-provider }; runs use the other providers meanwhile.
health-provider-elsewhere = The key belongs to another address of { $provider }: { $address }
    .action = Take that address over ({ -check-provider }); runs use the other providers meanwhile.
health-provider-retiring = The key works, but models in use end soon: { $models }
    .action = Choose another model for them.
health-provider-gone = { $provider } is not switched on any more.
    .action = Nothing has to be done.
health-provider-no-keyring = The key cannot be fetched: { $detail ->
        [none] there is no key storage on this computer.
       *[other] { $detail }
    }
    .action = Unlock or install the key storage, create an encrypted key vault { -create-vault }, or set MULTICODER_API_KEY for this session.
health-provider-bad-key = { $provider } refused the key. { $detail }
    .action = Enter the right key { -add-provider }; runs use the other providers meanwhile.
health-provider-no-money = The account at { $provider } has no credit. { $detail }
    .action = Pay in at the provider; runs use the other providers meanwhile.
health-provider-region = { $provider } does not serve your region. { $detail }
    .action = Add a provider that does.
health-provider-limited = { $provider } had too many requests; the key could not be tried. { $detail }
    .action = Wait some minutes.
health-provider-unreachable = { $provider } gave no usable answer. { $detail }
    .action = Check the address ({ -providers }) and the connection to the Internet.

health-paranoid-ok = Inspected everything { $seconds } s ago.
health-paranoid-off = Is switched off.
    .action = Set “paranoid” to “watch” in the settings to have the engine watched.
health-paranoid-never = Has not inspected anything yet.
    .action = Wait for the first inspection; if it does not come, start this system again.
health-paranoid-late = The last inspection was { $minutes } minutes ago.
    .action = Start this system again.
health-backups-ok = { $backups } kept; the newest is { $hours } h old and whole.
health-backups-none = There is no backup yet.
    .action = Wait for the first one, or start this system to make one now.
health-backups-old = The newest is { $hours } h old; one is wanted every { $wanted } h.
    .action = Start this system to make one now; make room on the disk if that fails.
health-backups-damaged = The newest, { $backup }, is damaged: { $files }
    .action = Start this system to make a new one, and check the disk.

error-unknown-system = There is no system “{ $system }” on the board.
    .did = Nothing was looked at or started.
    .next = { -status } shows the systems.

error-no-restart = “{ $system }” cannot be started again by itself.
    .did = Nothing was started.
    .next = Do what its line in { -status } recommends.

error-no-repair = “{ $check }” cannot be repaired by MultiCoder.
    .did = Nothing was changed.
    .next = Do what { -doctor } says about it.

status-ok = works
status-degraded = impaired
status-down = DOWN
status-unknown = no data
status-column-state = State
status-column-system = System
status-column-since = Since
status-column-evidence = What was seen
status-none = No engine has worked with this data folder yet.
status-sum = { $count } systems, { $down } down, { $degraded } impaired, { $unknown } without data.

# What makes a lamp yellow and what red.
health-limits-loop = Yellow: no answer within { $late } s. Red: none within { $hung } s.
health-limits-coordinator = Yellow: it wakes up more than { $late } ms late. Red: its state cannot be read.
health-limits-tasks = Yellow: a task has waited for more than { $waiting } s although a slot is free. Red: nobody has looked for work for { $silent } s, or disk and memory say different things.
health-limits-database = Red: the file is gone, empty, replaced or damaged, or what was written cannot be read back.
health-limits-words = Yellow: what was kept lately could not be taken into the index. Red: the index cannot be asked, or the look takes longer than 20 s.
health-limits-vectors = Yellow: the canary is not found, a file was changed or is gone, another MultiCoder uses them, nothing can be embedded, or they are being made. Red: the look takes longer than 10 s.
health-limits-journal = Yellow: events were given up. Red: what waits is not written within { $seconds } s, the newest events are not whole, or the file is gone or damaged.
health-limits-memory = Yellow: less than { $little } MiB available, or MultiCoder uses more than { $large } MiB. Red: less than { $least } MiB available.
health-limits-disk = Yellow: less than { $low } MiB free, or a little is written for more than { $slow } s. Red: less than { $least } MiB free, or nothing can be written.
health-limits-written = Red: what was written cannot be read back.
health-limits-projects = Red: a commit cannot be made or read back, or the newest project cannot be read.
health-limits-keyring = Yellow: it cannot be used, and nobody needs it. Red: it cannot be used while a provider needs a key, or it keeps nothing.
health-limits-network = Red: no provider is reached, each within { $seconds } s.
health-limits-web = Yellow: not the first search engine answered but a later one. Red: none did. What is seen is at most { $minutes } min old.
health-limits-provider = Yellow: it refuses because of too many requests. Red: it refuses the key, has no credit or does not serve your region, or it gives no usable answer within { $seconds } s.
health-limits-paranoid = Yellow: it is switched off. Red: the last inspection is more than { $minutes } min old.
health-limits-backups = Yellow: there is none, or the newest is more than { $hours } h old. Red: the newest is damaged.
health-limits-runner = Red: a job does not run, or the network is open from inside.
health-limits-builders = Red: the tools are missing, or the last real build failed.
health-limits-toolchain = Red: there is no Python for generated programs, or it cannot load what builds need.

doctor-works = fine
doctor-advice = note
doctor-problem = PROBLEM
doctor-means = What it means: { $text }
doctor-command = To do: { $text }
doctor-repairable = “{ -command } doctor --repair” does it, after asking.
doctor-fine = Everything is in order.
doctor-sum = { $problems } problems, { $notes } notes.

# Checks: the name, and each finding with what it means and what to do.
doctor-python = Python
doctor-python-ok = Version { $version }.
doctor-python-old = Version { $version }; 3.11 or newer is needed.
    .means = MultiCoder was not made for it and may fail anywhere.
    .do = Install Python 3.11 or newer.
doctor-home = Data folder
doctor-home-ok = { $folder } can be written to.
doctor-home-new = { $folder } will be made by the first run.
doctor-home-install = { $folder } lies in the folder of the program.
    .means = An update would take your work with it, so MultiCoder refuses to start.
    .do = Name another folder with --home or MULTICODER_HOME.
doctor-home-refused = { $folder } cannot be written to: { $detail }
    .means = Nothing can be kept, so MultiCoder refuses to start.
    .do = Make it writable for you, or name another folder with --home or MULTICODER_HOME.
doctor-disk = Free disk space
doctor-disk-ok = { $free } MiB.
doctor-disk-low = { $free } MiB; { $needed } are advisable.
    .means = A build may end half-way; what is finished is kept.
    .do = Make room on the disk of { $folder }.
doctor-settings = Settings
doctor-settings-ok = Readable.
doctor-settings-bad = Cannot be read: { $detail }
    .means = No command that works starts until they are corrected.
    .do = Correct { $file }, or have it put aside and begin with the defaults.
doctor-databases = Databases
doctor-databases-ok = { $files } files whole.
doctor-databases-damaged = { $file } is damaged: { $detail }
    .means = The next start puts it aside and uses the newest good backup.
    .do = Start MultiCoder once; check the disk.
doctor-engine = Engine
doctor-engine-none = None works with this data folder.
doctor-engine-works = Process { $pid } works with this data folder.
doctor-engine-hangs = Process { $pid } holds this data folder but does not answer.
    .means = Nothing can be begun here until it answers or ends.
    .do = End the process { $pid }; finished work is kept.
doctor-clock = Clock
doctor-clock-ok = { $moment }
doctor-clock-wrong = It says { $moment }, but files here are from { $newest }.
    .means = Deadlines, certificates and the order of backups go wrong.
    .do = Set the clock of the computer.
doctor-locale = Language
doctor-locale-ok = { $language }; files are read as UTF-8.
doctor-locale-encoding = { $language }; the system reads file names as { $encoding }.
    .means = Russian and other letters in file names may break.
    .do = Start with PYTHONUTF8=1, or choose a UTF-8 language in the system.
doctor-provider = Provider of language models
doctor-provider-ok = { $count } switched on: { $names }
doctor-provider-none = None is set up.
    .means = Only the scripted team works: “--team demo”.
    .do = { -command } provider add NAME --url https://HOST/v1
doctor-provider-bad = The list cannot be read: { $detail }
    .means = No run with your own providers starts.
    .do = Correct { $file }, or delete it and add the providers again.
doctor-keyring = Key storage
doctor-keyring-ok = Keeps and returns an entry.
doctor-keyring-refused = Cannot be used: { $detail ->
        [none] none was found on this computer.
       *[other] { $detail }
    }
    .means = Keys cannot be kept; they are never kept unencrypted.
    .do = Unlock or install the key storage, create an encrypted key vault { -create-vault }, or set MULTICODER_API_KEY for each session.
doctor-sandbox = Sandbox
doctor-sandbox-ok = { $mechanism } works and closes the network.
doctor-sandbox-refused = Does not work: { $detail }
    .means = Generated programs are never run without protection, so nothing can be tested or delivered.
    .do = sudo apt-get install bubblewrap
doctor-sandbox-closed = Does not work: { $detail }
    .means = Generated programs are never run without protection, so nothing can be tested or delivered.
    .do = Allow app containers for this user; a work place's administrator may have switched them off.
doctor-screen = Virtual screen
doctor-screen-ok = A private screen starts.
doctor-screen-refused = Does not start: { $detail }
    .means = Programs with a window cannot be tried out.
    .do = sudo apt-get install xvfb
doctor-binutils = Build tools
doctor-binutils-ok = objcopy and objdump are there.
doctor-binutils-missing = Missing: { $names }
    .means = Programs cannot be made into one file; as source or zip they can be had.
    .do = sudo apt-get install binutils
doctor-toolchain = Toolchain
doctor-toolchain-ok = Python { $python } with PyInstaller { $pyinstaller } starts.
doctor-toolchain-supplied = The Python that came with MultiCoder is unpacked when the first program is made.
doctor-toolchain-missing = There is none in { $folder } yet.
    .means = Programs can neither be tested nor built.
    .do = Have it made: some 100 MB are downloaded from the package index this computer is set up for.
doctor-toolchain-incomplete = This copy of MultiCoder does not contain the Python to make it of.
    .means = Programs can neither be tested nor built.
    .do = Copy the whole folder of MultiCoder here once more, or let MULTICODER_INTERPRETERS name a list of others.
doctor-toolchain-broken = The one in { $folder } cannot be used: { $detail }
    .means = Programs can neither be tested nor built.
    .do = Have it made anew: some 100 MB are downloaded from the package index this computer is set up for.
