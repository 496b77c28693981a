error-out-inside-install = { $folder } belongs to MultiCoder's own folder.
    .did = Nothing was started.
    .next = Choose another folder for the finished program, e.g. one on the desktop.

error-out-not-folder = { $folder } cannot be a folder: a file of that name is in the way.
    .did = Nothing was started.
    .next = Choose another folder for the finished program.

error-out-unwritable = Nothing can be written to { $folder }: { $reason }.
    .did = Nothing was started.
    .next = Choose a folder you may write to, or change its permissions.

error-out-full = There is too little room in { $folder }: { $free } MB are free, { $needed } MB are needed.
    .did = Nothing was started.
    .next = Make room or choose a folder on another disk.

error-delivery-name-taken = Something else is already at { $path }.
    .did = It was left as it is; the finished file is kept in the data folder.
    .next = Move or rename what is there, then continue with { -resume }.

error-delivery-full = The disk of { $folder } is full.
    .did = Nothing half-written was left there; the finished file is kept in the data folder.
    .next = Make room, then continue with { -resume }.

error-delivery-denied = The finished file may not be written to { $folder }: { $reason }.
    .did = Nothing half-written was left there; the finished file is kept in the data folder.
    .next = Change the permissions of the folder, then continue with { -resume }.

error-delivery-damaged = The copy of { $path } is not identical to the built file.
    .did = The copy was deleted; nothing damaged was delivered.
    .next = Check the disk, then continue with { -resume }.

error-delivery-io = The finished file could not be written to { $folder }: { $reason }.
    .did = Nothing half-written was left there; the finished file is kept in the data folder.
    .next = Check that the folder can be reached, then continue with { -resume }.

error-dependency-consent = The program wants packages that are not on the list of well-known ones: { $packages }.
    .did = Nothing was downloaded.
    .next = Ask for a solution without these packages, or name well-known ones instead.

error-dependency-invalid = “{ $requirement }” is not the plain name of a package.
    .did = Nothing was downloaded.
    .next = Ask for the change again; addresses, paths and options are not accepted as packages.

error-dependency-unresolved = These packages cannot be installed together here: { $packages }.
    .did = Nothing was installed. The installer said: { $detail }
    .next = Check the network connection, or ask for a solution with fewer packages.

error-toolchain-missing = The Python for building programs is missing at { $folder }, and so is the list to make it from.
    .did = Nothing was built.
    .next = Use { -repair }, or set MULTICODER_TOOLCHAIN to a folder that has it.

error-toolchain-broken = The Python for building programs at { $folder } does not work: { $detail }
    .did = Nothing was built.
    .next = Use { -repair }, which makes it anew; its Python needs tkinter.

error-toolchain-no-uv = The tool uv, which installs packages, was not found.
    .did = Nothing was installed.
    .next = Copy the folder of MultiCoder here once more; from source, run “python3 mc.py setup”.

error-toolchain-no-python = This copy of MultiCoder does not contain the Python that programs are tested and built with.
    .did = Nothing was built.
    .next = Copy the whole folder of MultiCoder here once more, or let MULTICODER_INTERPRETERS name a list of others.

error-interpreter-failed = The Python for building programs could not be unpacked from { $path }.
    .did = Nothing half-made was left. The tool said: { $detail }
    .next = See that 500 MB of the disk are free. Is the file damaged, copy the folder of MultiCoder here once more.

error-toolchain-failed = The Python for building programs could not be prepared.
    .did = Nothing half-made was left. The tool said: { $detail }
    .next = Check the network connection and try again.

error-target-unsupported = There is no builder here for { $language } programs as { $target }.
    .did = Nothing was built.
    .next = Choose another target, e.g. { -other-target }.

error-artifact-changed = The built file { $path } has changed since it was built.
    .did = It was not started and not delivered.
    .next = Check for other programs that touch the data folder, then continue with { -resume }.

evidence-intro = What was asked for:
evidence-file = File: { $name } ({ $size })
evidence-version = Version { $version }, commit { $commit }
evidence-time = Finished { $time }, after { $minutes } minutes
evidence-tests = Tests
evidence-no-tests = No test results were recorded.
evidence-test-counts = Passed: { $passed }, failed: { $failed }, broken: { $errors }.
evidence-smoke = The finished file was started
evidence-smoke-ok = It works as far as could be seen.
evidence-smoke-failed = It does not work.
evidence-acceptance = What it should do
evidence-passed = Passed:
evidence-failed = Failed:
evidence-unchecked = Not checked automatically, please look yourself:
evidence-verdicts = Safety verdicts
evidence-subject-request = The task
evidence-subject-plan = The plan
evidence-subject-code = The finished code
evidence-level-green = harmless
evidence-level-yellow = with reservations
evidence-level-red = refused
evidence-not-judged = not judged
evidence-models = Who worked on it
evidence-models-header = | Role | Model | Calls | Tokens | Cost |
evidence-unpriced = price unknown
evidence-commands = Commands that were run
evidence-notes = Decisions worth knowing

smoke-window = The window “{ $title }” opened ({ $width } × { $height } pixels).
smoke-alive = The program was still running when it was closed.
smoke-started = Started without arguments: it ended with exit code { $code }.
smoke-waits = Started without arguments: it keeps running and waits.
smoke-example = Example passed: { $when } → { $then }
smoke-port = The server answered on port { $port }.
smoke-page = { $name } can be read: { $elements } elements, { $references } references.
smoke-no-browser = No browser was found here: how the pages look was not checked.
smoke-drawn = The page was drawn by a browser.
smoke-not-drawn = The browser found here took no picture: how the pages look was not checked.
smoke-picture = A screenshot was taken; it is not blank.
smoke-picture-unread = A screenshot was taken, but it cannot be read.
