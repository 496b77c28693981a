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
provider-key-prompt = Ключ (не показывается, Enter — без ключа): 
