error-unknown-model = There is no model { $model } among your providers.
    .did = Nothing was asked.
    .next = Choose one of the list, or add its provider first.

error-unknown-session = There is no conversation { $session }.
    .did = Nothing was started.
    .next = Choose one of the list of conversations, or begin a new one.

error-unknown-shelf = This project of the chat list does not exist any more.
    .did = Nothing was changed.
    .next = Choose another project, or make a new one.
