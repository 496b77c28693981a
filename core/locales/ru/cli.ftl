# Команды.

error-unknown-target = «{ $target }» — не вид результата.
    .did = Ничего не запущено.
    .next = Выберите одно из: { $targets }.
error-no-provider-row = Ни один провайдер ещё не настроен.
    .did = Проверять нечего.
    .next = Добавьте провайдера: «{ -command } provider add ИМЯ --url АДРЕС», или попробуйте демо-команду: --team demo.
error-key-variable-empty = Переменная окружения { $variable } не задана или пуста.
    .did = Ключ не сохранён, провайдеры не изменены.
    .next = Задайте переменную или уберите --key-env и введите ключ.
provider-added = { $provider } добавлен.
provider-removed = { $provider } и его ключ забыты.
provider-enabled = { $provider } снова используется.
provider-disabled = { $provider } больше не используется.
provider-none = Ни один провайдер ещё не настроен.
provider-on = включён
provider-off = выключен
provider-key-prompt = Ключ (не показывается, Enter — без ключа):{" "}
interrupted = Прервано. Начатое сохранено: «{ -command } runs» покажет его, «{ -command } resume» продолжит.

error-task-not-text = Вместо задачи дано то, что не читается как текст.
    .did = Ничего не запущено.
    .next = Сохраните текст в кодировке UTF-8 и повторите.
error-unknown-team = Команды «{ $team }» нет.
    .did = Ничего не запущено.
    .next = Чтобы попробовать MultiCoder, укажите --team demo; чтобы работать со своими провайдерами, уберите --team.
error-project-at-work = В этом проекте уже есть незавершённая работа: { $run }.
    .did = Ничего не запущено: две работы меняли бы одну и ту же программу.
    .next = Завершите её командой «{ -command } resume { $run }», отмените командой «{ -command } cancel { $run }» или начните отдельный проект: --project new.
error-run-ended = Работа { $run } уже завершена: { $outcome }
    .did = Ничего не изменено.
    .next = «{ -command } show { $run }» покажет, чем она кончилась; новая задача — «{ -command } run».
error-cancel-not-heard = Работающий сейчас MultiCoder занят не работой { $run }.
    .did = Ничего не отменено.
    .next = Дождитесь, пока он закончит, и отмените работу ещё раз.
