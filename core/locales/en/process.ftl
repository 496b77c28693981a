# The processes around the engine: door, relay, keeper.

error-engine-absent = No MultiCoder engine answers for the data folder { $path }.
    .did = Nothing was sent and nothing was changed.
    .next = Start it by opening MultiCoder or an editor that uses it, then try again.

error-engine-silent = The MultiCoder engine did not answer within { NUMBER($seconds, maximumFractionDigits: 0) } seconds.
    .did = The question was withdrawn; the work of the engine goes on.
    .next = Try again in a moment. If it stays silent, look into multicoder.log in the data folder.

error-engine-refused = The MultiCoder engine refused: { $detail }
    .did = Nothing was changed.
    .next = Check what was asked for.

error-engine-foreign = The file { $path }, which says where the engine is, was written by another user of this computer.
    .did = Nothing was sent there.
    .next = Choose a data folder of your own with --home, or have that user close MultiCoder.

error-engine-other-version = The engine that works on { $path } (process { NUMBER($pid, useGrouping: 0) }) is of another version of MultiCoder.
    .did = It was left alone; nothing was sent.
    .next = Let its work end and close it, then try again.

error-door-shut = The engine cannot be reached by other programs: no folder can hold its socket ({ $detail }).
    .did = The engine was not started; the data folder { $path } is unchanged.
    .next = Make sure the data folder or the folder for temporary files can be written, then start again.

error-engine-late = The MultiCoder engine did not start within { NUMBER($seconds, maximumFractionDigits: 0) } seconds.
    .did = Waiting was given up; nothing that was finished is lost.
    .next = Try again in a moment; multicoder.log in the data folder { $path } says what it was doing.

error-engine-gave-up = The MultiCoder engine crashed { $crashes } times in a row (last exit: { $exit }) and is not started again by itself.
    .did = Everything finished so far is kept; the reason is in multicoder.log in the data folder { $path }.
    .next = Try again. If it crashes again, use the log to report the problem.

error-engine-refuses = The MultiCoder engine cannot work with this data folder: { $detail }
    .did = It was started twice and then left alone; your data were not touched by this.
    .next = Do what it says, then try again.

error-engine-restless = The connection to the MultiCoder engine broke { $times } times within { NUMBER($seconds, maximumFractionDigits: 0) } seconds.
    .did = This connection was given up; everything finished so far is kept.
    .next = Connect again. If it happens again, look into multicoder.log in the data folder { $path }.

process-restarted = The engine was restarted; ask again.
process-stopped = The engine was stopped; what is finished is kept. Connect again to go on.
process-not-json = This line is not valid JSON.
process-not-request = This line is not a JSON-RPC message; batches are not accepted.
process-line-too-long = This line is longer than { $mb } MB.
