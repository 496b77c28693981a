memory-rebuild-title = Указатель памяти строится заново
memory-import-title = В память принимается: { $name }

error-memory-reason-needed = В памяти ничего не изменено: не указана причина.
    .did = Документ остался как был.
    .next = Напишите, почему; причина сохраняется вместе с решением.

option-reach = Область памяти
option-reach-session = Этот чат
option-reach-project = Этот проект
option-reach-person = Все мои проекты
option-reach-archive = Всё

memory-pinned-retracted = Более поздняя строка это отменяет.
memory-pinned-changed = Более поздняя строка меняет часть этого.
memory-pinned-agrees = Так принято предложение MultiCoder.
