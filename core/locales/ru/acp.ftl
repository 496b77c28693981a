stage-judge = Оценка задачи
stage-judge-plan = Оценка плана
stage-judge-code = Оценка готового кода
stage-architect = Планирование
stage-write-tests = Написание тестов
stage-integrate = Соединение модулей
stage-paranoid-test = Проверка
stage-research = Поиск в интернете
stage-take = Скачивание разрешённого
stage-repair = Исправление
stage-build = Сборка
stage-smoke = Запуск собранной программы
stage-deliver = Передача
stage-restore = Возврат прежней версии
stage-draft = { $module }: вариант { $draft }

option-approve = Одобрить
option-modify = Изменить
option-reject = Отклонить
option-answer = Продолжить
option-words = Ответить словами
option-retry = Попробовать ещё раз
option-allow = Разрешить один раз, указав причину
option-refuse = Не сейчас
option-allow-search = Искать
option-refuse-all = Отказать всем
option-answer-downloads = Решить по отдельности
command-search = Найти что-либо в интернете и ответить с источниками
command-search-hint = что искать
option-web = Поиск в интернете
option-web-off = Выключен
option-web-ask = Спрашивать
option-web-on = Включён
option-stop = Остановить
option-team = Команда
option-team-own = Мои провайдеры
option-team-thorough = Тщательно: самые сильные модели
option-team-fast = Быстро: быстрые модели
option-team-cheap = Дёшево: недорогие модели
option-team-russian = Российские провайдеры
option-team-demo = Демо-команда (по сценарию, без ИИ)

ask-modify = Что должно быть иначе?
ask-answers = Ваши ответы, по строке на каждый; пустая строка — значение по умолчанию.
ask-purpose = Для чего это будет использоваться?
ask-downloads = Какие репозитории можно скачать? Остальным будет отказано. Словами: хост/владелец/имя, по одному в строке.
ask-advice = Совет команде, новый предел или причина, почему можно продолжать.

error-question-gone = Этот вопрос уже закрыт.
    .did = Ваш ответ не использован: действует более ранний, или запуск пошёл дальше.
    .next = Посмотрите в беседе, о чём спрашивают сейчас.

error-no-such-decision = Здесь нельзя решить «{ $decision }».
    .did = Ничего не решено, вопрос остаётся открытым.
    .next = Выберите одно из: { $options }.

error-bad-parameter = Значение «{ $name }» не подходит.
    .did = Ничего не сделано.
    .next = Должно быть: { $wanted }.

error-unknown-option = Нет такого выбора: { $option } = { $value }.
    .did = Ничего не изменено.
    .next = Выберите то, что предлагает беседа.

error-unknown-cursor = В списке нет места { $cursor }.
    .did = Ничего не показано.
    .next = Запросите список с начала.

error-cwd-not-absolute = { $path } — не полный путь.
    .did = Ничего не начато.
    .next = Укажите папку или файл от корня диска.

error-content-not-supported = Содержимое вида { $kind } использовать нельзя.
    .did = Ничего не отправлено.
    .next = Отправьте текст, файлы или изображения.

error-attachment-not-local = Приложить можно только файлы этого компьютера, а не { $uri }.
    .did = Ничего не отправлено.
    .next = Сначала сохраните его здесь, затем приложите файл.

error-attachment-beyond-limit = { $path } больше { $limit } МБ.
    .did = Ничего не отправлено.
    .next = Приложите файл поменьше.

error-attachment-no-file = { $path } — не файл и не папка, которые можно приложить.
    .did = Ничего не отправлено; по ссылкам и устройствам MultiCoder не ходит.
    .next = Приложите сам файл.

error-attachment-unreadable = { $path } не читается: { $reason }.
    .did = Ничего не отправлено.
    .next = Проверьте, что он на месте и доступен для чтения.

error-attached-folder-too-large = В { $path } больше { $files } файлов или { $limit } МБ.
    .did = Ничего не отправлено.
    .next = Приложите часть или папку поменьше.

error-provider-protocol = По протоколу { $protocol } говорить нельзя.
    .did = Ничего не изменено.
    .next = Укажите адрес, который говорит по протоколу OpenAI.

error-provider-headers = Заголовки, кроме Authorization, не хранятся: { $headers }.
    .did = Ничего не изменено.
    .next = Передайте ключ как Authorization: Bearer и ничего больше.

restore-words = Сделать версию { $version } снова самой новой.

trial-title = Пробный запуск: { $title }, версия { $version }

doctor-repair-ask = { $step } Сделать сейчас?
doctor-repaired = Сделано: { $step }

error-reason-needed = «{ $task }» приостановлена из-за опасного действия.
    .did = Она остаётся приостановленной.
    .next = Напишите, почему её можно продолжить; причина сохраняется вместе с решением.

error-question-open = «{ $task }» ждёт ответа.
    .did = Без ответа она не продолжена.
    .next = Ответьте на вопрос в её беседе.
