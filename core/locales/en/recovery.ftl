error-shadow-not-empty = The folder { $path } is not empty, so no copy of the data folder can be made there.
    .did = Nothing was copied and nothing in that folder was changed.
    .next = Name a new or empty folder.

error-backup-no-room = There is not enough room for a backup in { $path }: it needs { $needed } KB, { $free } KB are free.
    .did = No backup was made; the older ones were left as they are, and work goes on.
    .next = Make room on that disk. The next backup is tried by itself.

error-backup-refused = The file { $path } has damaged contents, so no backup of it was made: { $detail }.
    .did = The older backups were left as they are; the good ones among them serve to repair the file.
    .next = Close MultiCoder and start it again: what is damaged is then replaced from the newest good backup.

recovery-restored = The file { $file } was damaged ({ $detail }). It was put right with the backup of { $since }; the damaged file is kept in { $folder }. { $count ->
        [0] Nothing is missing.
       *[other] What changed or is missing is listed below.
    }

recovery-set-aside = The file { $file } could not be used as it was ({ $detail }). It is kept in { $folder }. { $count ->
        [0] Nothing is missing.
       *[other] What changed or is missing is listed below.
    }

recovery-settings-default = { $count ->
        [0] Every setting has its default value again; what was wished for stands in the file that was kept.
       *[other] These settings have their default values again: { $keys }.
    }
recovery-providers-empty = The list of providers is empty. Their keys are kept: add the providers again under the same names.
recovery-missing-run = The task { $run } of { $at } is missing: its message cannot be read any more. Ask for it again.
recovery-missing-version = Version { $version } of the task { $run } is not in the list any more. Its file is still there: { $artifact }
recovery-missing-record = One record of the archive is lost: { $record }.
recovery-missing-unknown = What else was kept in { $file } after { $since } and is not named here is lost as well.
recovery-missing-decision = Your decision of { $at } in the task { $run } ({ $kind }) is not known any more. Where it still matters, you will be asked again.
recovery-missing-effects = In the task { $run } { $count ->
        [one] one finished step is
       *[other] { $count } finished steps are
    } not noted any more and will be done again when it goes on; model calls among them are paid again.
recovery-missing-events = { $count ->
        [one] One event is
       *[other] { $count } events are
    } missing in the journal, from number { $first } on.
recovery-missing-events-unknown = The journal has no events between { $since } and now; how many are missing is not known.
recovery-missing-task = The background task “{ $title }” of { $at } is not in the list any more.
recovery-goes-back = The task { $run } goes on from an earlier step. What was already paid or done is not paid or done again; decisions are asked for again.
recovery-spending-restored = { $calls ->
        [one] One paid call was
       *[other] { $calls } paid calls were
    } taken over from the journal ({ $usd } USD): limits count them as before.

invariant-backup-old = The newest good backup is { $hours } hours old; one is made every { $period } hours.
invariant-backup-none = There is no good backup of the data folder.
invariant-backup-damaged = The backup { $set } is damaged: { $files }.
invariant-backup-action = Look whether the disk has room and is healthy, then make a backup.
