error-journal-segment = Older events in { $path } cannot be read: { $detail }.
    .did = The file was left as it is; newer events are not affected.
    .next = Restore this file from your own backup of the data folder.

error-journal-risk = There is no risk called “{ $risk }”.
    .did = Nothing was searched.
    .next = Allowed is: { $allowed }.

journal-chain-whole = The journal is whole: { $rows } { $rows ->
        [one] event
       *[other] events
    } looked at, each in its place and unchanged.
journal-chain-changed = Event { $seq } of the journal was changed, moved or put in from outside. { $rows } before it are in order.
journal-chain-gap = From event { $seq } on events are missing in the middle of the journal. { $rows } before it are in order.
journal-chain-tail = From event { $seq } on events are missing at the end of the journal. { $rows } before it are in order.
journal-chain-rewritten = The journal was rewritten: event { $seq } is not the one that was noted beside it.
journal-chain-segment = The file with older events from event { $seq } on is missing or was changed. { $rows } before it are in order.
journal-chain-anchor = The note about the end of the journal is missing: whether events after { $seq } were cut off cannot be seen.
journal-chain-unchained = The journal was written by an earlier MultiCoder and has no checksums yet; the next start adds them.
journal-chain-unreadable = The journal is damaged and cannot be read from event { $seq } on. { $rows } before it are in order.
