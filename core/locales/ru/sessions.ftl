error-unknown-session = Беседы { $session } нет.
    .did = Ничего не запущено.
    .next = Выберите беседу из списка или начните новую.
