# Sealing with a passphrase: the key vault, exported keys, copies of the whole memory.

error-sealing-memory = Working with this passphrase takes { NUMBER($megabytes, maximumFractionDigits: 0) } MB of memory, which are not free.
    .did = Nothing was opened and nothing was changed.
    .next = Close other programs and try again.

error-sealed-foreign = { $path } is no sealed copy of a memory of MultiCoder.
    .did = Nothing was read from it, and nothing was changed.
    .next = Check the path; the file or folder must be one that “{ -command } memory backup” wrote.

error-sealed-newer = { $path } was written by a newer MultiCoder.
    .did = Nothing was read from it, and nothing was changed.
    .next = Update MultiCoder.

error-sealed-damaged = { $path } is damaged, was cut or was altered ({ $detail }).
    .did = Nothing of it was used, and nothing was changed.
    .next = Take another copy of it; if it lies in a folder that is being synchronised, wait until that has ended.
