error-shadow-not-empty = The folder { $path } is not empty, so no copy of the data folder can be made there.
    .did = Nothing was copied and nothing in that folder was changed.
    .next = Name a new or empty folder.
