error-unknown-session = There is no conversation { $session }.
    .did = Nothing was started.
    .next = Choose one of the list of conversations, or begin a new one.
