# Why a run stops and waits for a person, and other errors of the coordinator.

error-not-judged = The task could not be judged: no model answered.
    .did = Nothing was approved; the run waits.
    .next = Check your providers with “multicoder provider check”, then resume the run.
error-module-stuck = The module { $module } is still not right after { $drafts } drafts: { $problem }
    .did = The loop was stopped before it costs more; all other modules are kept.
    .next = Resume the run to try again with a word of advice, or stop it.
error-tests-stuck = The tester gave no usable tests: { $problem }
    .did = The run waits; nothing untested is delivered.
    .next = Resume the run to try again, or stop it.
error-repair-stuck = The same fault came back at the stage “{ $stage }” ({ $rounds } repair rounds): { $problem }
    .did = The loop was stopped before it costs more; nothing broken is delivered.
    .next = Resume the run to try again with a word of advice, or stop it.
error-cannot-build = There is no builder here for { $language } programs as { $target }.
    .did = The code is kept in the project.
    .next = Ask for another target (--target source or zip) or another language.
error-strict-decoding-off = Checkpoints would be read without protection against crafted files.
    .did = Nothing was opened.
    .next = Start MultiCoder by its own commands; do not import langgraph before it.
error-unknown-step = The run { $run } has no step { $step } to go back to.
    .did = Nothing was changed.
    .next = “multicoder show { $run }” lists the steps.
error-attachment = The file { $path } cannot be attached: { $reason }
    .did = Nothing was started.
    .next = Attach a readable text file of at most { $limit } KB.
