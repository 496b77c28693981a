# Sealing with a passphrase: the key vault, exported keys, copies of the whole memory.

error-sealing-memory = Working with this passphrase takes { NUMBER($megabytes, maximumFractionDigits: 0) } MB of memory, which are not free.
    .did = Nothing was opened and nothing was changed.
    .next = Close other programs and try again.

error-sealed-foreign = { $path } is no sealed copy of a memory of MultiCoder.
    .did = Nothing was read from it, and nothing was changed.
    .next = Check the path; the file or folder must be one that { -seal-memory } made.

error-sealed-newer = { $path } was written by a newer MultiCoder.
    .did = Nothing was read from it, and nothing was changed.
    .next = Update MultiCoder.

error-sealed-damaged = { $path } is damaged, was cut or was altered ({ $detail }).
    .did = Nothing of it was used, and nothing was changed.
    .next = Take another copy of it; if it lies in a folder that is being synchronised, wait until that has ended.

error-sealed-wrong-passphrase = The passphrase does not open { $path }.
    .did = Nothing was opened and nothing was changed; the passphrase was not kept.
    .next = Type it again; capital letters and the keyboard layout matter. Nobody can open a copy whose passphrase is forgotten.

error-sealed-target-exists = There is a file { $path } already.
    .did = It was left as it is, and no copy was made.
    .next = Choose another name, or move the file away.

error-sealed-inside = { $path } lies in the data folder that is to be copied.
    .did = No copy was made.
    .next = Choose a place outside the data folder, best on another disk.

error-sealed-nothing = There is no memory in { $path } yet.
    .did = No copy was made.
    .next = Check that this is the data folder you mean.

error-sealed-busy = Another copy or restore of { $path } is under way.
    .did = This one was not begun.
    .next = Wait until it has ended. If nothing is under way, start MultiCoder: what was broken off is then ended.

error-sealed-absent = There is nothing at { $path }.
    .did = Nothing was changed.
    .next = Check the path.

error-sealed-incomplete = The copy { $snapshot } in { $path } is not complete: { $count } of its pieces are missing.
    .did = Nothing of it was used, and nothing was changed.
    .next = Wait until the folder is synchronised, or choose an older copy: { -sealed-copies }.

error-sealed-unknown-snapshot = There is no copy { $snapshot } in { $path }.
    .did = Nothing was changed.
    .next = Choose another one: { -sealed-copies }.

error-sealed-several = { $path } holds copies of several memories.
    .did = Nothing was changed: none of them belongs to this data folder for certain.
    .next = Choose one: { -sealed-copies }.

error-sealed-replaces = There is a memory in { $path } already.
    .did = Nothing was changed.
    .next = Say { -may-replace } that it may be replaced; it is then kept as a backup.

error-sealed-passphrase-gone = The engine was started anew since this was ordered, and a passphrase is never written down: { $path }
    .did = Nothing was copied or changed.
    .next = Order it again and type the passphrase.

sealed-copy-title = Sealed copy of the memory: { $name }
sealed-restore-title = Open a sealed copy of the memory: { $name }
sealed-passphrase-prompt = Passphrase of the copy:{" "}
sealed-copied-file = The memory is copied to { $path }: { NUMBER($new, maximumFractionDigits: 1) } MB.
sealed-copied-folder = The memory is copied to { $path } as { $name }. Written: { NUMBER($new, maximumFractionDigits: 1) } MB; there already: { NUMBER($kept, maximumFractionDigits: 1) } MB.
sealed-restored = The memory of { $at } is in place. There was none before.
sealed-restored-over = The memory of { $at } is in place. What was there before is kept: { $kept }
sealed-ask = There is a memory in { $path }. It will be replaced, and kept as a backup. Type “{ sealed-word }” to go on.
sealed-word = replace
sealed-state-whole = whole
sealed-state-incomplete = { $count } pieces missing
sealed-state-unreadable = damaged or not there yet
