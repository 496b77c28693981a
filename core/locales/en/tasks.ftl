error-unknown-task = There is no background task { $task }.
    .did = Nothing was changed.
    .next = Look at the list of tasks: old ones are forgotten some time after they ended.

error-task-ended = “{ $title }” has already ended.
    .did = Nothing was changed.
    .next = Start it again to have it done once more.

error-task-not-ended = “{ $title }” has not ended yet.
    .did = Nothing was changed.
    .next = Cancel it first, or let it go on.

error-task-doubled = “{ $title }” is already being done by another task.
    .did = Nothing was started.
    .next = Wait for that task, or cancel it first.

error-task-circle = “{ $title }” would wait for itself.
    .did = Nothing was started.
    .next = Remove the dependency that leads back to it.

error-tasks-not-running = Background work is not being done at the moment: MultiCoder is starting or ending.
    .did = Nothing was changed; tasks that were asked for earlier are kept.
    .next = Try again in a moment.

task-state-waiting = waiting
task-state-running = running
task-state-paused = paused
task-state-done = done
task-state-failed = failed
task-state-cancelled = cancelled

task-reason-asked = paused on request
task-reason-person = waits for your answer
task-reason-guard = stopped by the guard
task-reason-crash-loop = MultiCoder crashed again and again while this was running
task-reason-dependency = a task it needs did not succeed

finding-task-stuck = “{ $title }” is running, but nothing has moved for { NUMBER($minutes, maximumFractionDigits: 0) } minutes.
    .action = Look at what it is doing; pause it and let it go on, or cancel it.

finding-task-circle = These tasks wait for each other and can never begin: { $tasks }.
    .action = Cancel one of them.

finding-task-gap = “{ $title }” waits for the task { $missing }, which does not exist.
    .action = Cancel it and ask for it anew.

finding-task-differs = The task { $task } stands on the disk otherwise than in memory.
    .action = Start MultiCoder again; if it comes back, check the disk.

finding-tasks-crowded = { $running } heavy tasks are running, but only { $slots } may.
    .action = Nothing if the number was just lowered; else start MultiCoder again.

finding-tasks-idle = Nobody has looked for waiting tasks for { NUMBER($seconds, maximumFractionDigits: 0) } seconds.
    .action = Start MultiCoder again.
