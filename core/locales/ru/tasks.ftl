error-unknown-task = Фоновой задачи { $task } нет.
    .did = Ничего не изменено.
    .next = Посмотрите список задач: старые забываются через некоторое время после завершения.

error-task-ended = Задача «{ $title }» уже завершена.
    .did = Ничего не изменено.
    .next = Чтобы выполнить её ещё раз, запустите её заново.

error-task-not-ended = Задача «{ $title }» ещё не завершена.
    .did = Ничего не изменено.
    .next = Сначала отмените её или дайте ей закончить.

error-task-doubled = «{ $title }» уже выполняет другая задача.
    .did = Ничего не запущено.
    .next = Дождитесь её или сначала отмените её.

error-task-circle = Задача «{ $title }» ждала бы саму себя.
    .did = Ничего не запущено.
    .next = Уберите зависимость, которая ведёт обратно к ней.

error-tasks-not-running = Фоновая работа сейчас не выполняется: MultiCoder запускается или завершает работу.
    .did = Ничего не изменено; задачи, заданные раньше, сохранены.
    .next = Повторите через мгновение.

task-state-waiting = ждёт
task-state-running = выполняется
task-state-paused = на паузе
task-state-done = готово
task-state-failed = не удалось
task-state-cancelled = отменено

task-reason-asked = поставлена на паузу по просьбе
task-reason-person = ждёт вашего ответа
task-reason-guard = остановлена охраной
task-reason-crash-loop = MultiCoder раз за разом аварийно завершался во время её выполнения
task-reason-dependency = не удалась задача, от которой она зависит

finding-task-stuck = Задача «{ $title }» выполняется, но уже { NUMBER($minutes, maximumFractionDigits: 0) } мин ничего не меняется.
    .action = Посмотрите, чем она занята; поставьте её на паузу и продолжите или отмените.

finding-task-circle = Эти задачи ждут друг друга и никогда не начнутся: { $tasks }.
    .action = Отмените одну из них.

finding-task-gap = «{ $title }» ждёт задачу { $missing }, которой нет.
    .action = Отмените её и задайте заново.

finding-task-differs = Задача { $task } записана на диске не так, как в памяти.
    .action = Перезапустите MultiCoder; если это повторится, проверьте диск.

finding-tasks-crowded = Тяжёлых задач выполняется { $running }, а можно только { $slots }.
    .action = Если число только что уменьшили, ничего делать не нужно; иначе перезапустите MultiCoder.

finding-tasks-idle = Ожидающие задачи никто не проверял уже { NUMBER($seconds, maximumFractionDigits: 0) } с.
    .action = Перезапустите MultiCoder.
