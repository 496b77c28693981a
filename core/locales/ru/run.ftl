# Ход работы, карточки и завершения.

outcome-delivered = Готово и передано.
outcome-answered = Ответ дан.
outcome-refused = Отказ: MultiCoder такое не создаёт.
outcome-rejected = Вы отклонили задачу; ничего не создавалось.
outcome-stopped = Остановлено; сделанное сохранено.
outcome-cancelled = Отменено; сделанное сохранено.

delivery-done =
    { $title }, версия { $version }: программа готова и была запущена для проверки.
    Файл: { $artifact }
    Доказательства: { $evidence }
delivery-tests = { $passed ->
    [one] Пройден { $passed } тест.
    [few] Пройдено { $passed } теста.
   *[many] Пройдено { $passed } тестов.
  }
delivery-unchecked = Это без глаз проверить нельзя, посмотрите, пожалуйста, сами:
delivery-weak-tests = Тесты не заметили бы такую ошибку: { $fault }
delivery-restored = Это снова версия { $version }, байт в байт; её тесты прошли, когда она создавалась.

progress-opening = Мастерская открывается ...
progress-received = Задача получена: работа { $run }.
progress-understood = Понято так: { $understood }
progress-memory-recalled = Вспомнилось из сказанного и сохранённого раньше: { $count ->
    [one] { $count } место
    [few] { $count } места
   *[many] { $count } мест
  }.
progress-memory-kept = В память сохранено: { $files ->
    [one] { $files } файл
    [few] { $files } файла
   *[many] { $files } файлов
  }, { $lessons ->
    [one] { $lessons } урок
    [few] { $lessons } урока
   *[many] { $lessons } уроков
  }.
progress-memory-not-asked = Память не ответила ({ $code }). Работа идёт без неё: прежние разговоры, решения и уроки этой работе неизвестны. Ничего из сохранённого не потеряно; что с памятью не так, видно на табло.
progress-memory-not-kept = Память не приняла эту версию ({ $code }). Сама версия передана и цела; следующие работы не найдут её файлов и уроков. Что с памятью не так, видно на табло.
progress-verdict-green = Судья: зелёный.
progress-verdict-yellow = Судья: ЖЁЛТЫЙ, подумайте дважды.
progress-verdict-red = Судья: КРАСНЫЙ, создавать нельзя.
progress-verdict-none = Судья: оценки нет, ни одна модель не ответила.
progress-decision = Решение ({ $via }): { $decision }
progress-plan = План: { $title } — { $count ->
    [one] { $count } модуль
    [few] { $count } модуля
   *[many] { $count } модулей
  } в работу: { $modules }
progress-calling = Работает { $who }{ $module }
fault-in-words = { $fault ->
    [bad_key] ключ не принят
    [no_money] закончились средства
    [region] недоступно в вашем регионе
    [model_gone] такой модели больше нет
    [rate_limited] слишком много запросов
    [too_long] текст не поместился
    [refused] отказ отвечать
    [malformed] непригодный ответ
   *[transient] ответа нет или он оборван
  }
progress-substituted = { $failed }: { fault-in-words }; дальше: { $next } через { $seconds } с
substituted = написала { $model } вместо { $failed }: { fault-in-words }
progress-draft-accepted = { $module }: черновик { $draft } принят ({ $model })
progress-draft-sent-back = { $module }: черновик { $draft } возвращён: { $problem }
progress-module-chosen = { $module }: написали { $rivals } модели, тесты выбрали вариант { $model }
progress-module-accepted = { $module }: готов, { $drafts ->
    [one] { $drafts } черновик
    [few] { $drafts } черновика
   *[many] { $drafts } черновиков
  }
progress-module-stuck = { $module }: не получается, черновиков: { $drafts }
progress-tests-written = Тесты написаны: { $files }
progress-project-fits = Модули подходят друг к другу.
progress-project-faults = Модули пока не стыкуются: { $problem }
progress-tests-passed = Тесты: пройдено { $passed }.
progress-tests-failed = Тесты: пройдено { $passed }, не пройдено { $failed } — будет исправлено.
progress-mutants = Тесты не заметили подложенных ошибок: { $count }.
progress-repair = Исправляется { $module } (черновик { $draft })
progress-repaired = { $module }: исправлен (черновик { $draft })
progress-build = Сборка ({ $target }) ...
progress-built = Собрано: { $size } МБ.
progress-build-failed = Сборка не удалась — будет исправлено.
progress-smoke = Готовая программа запускается для проверки ...
progress-smoke-ok = Видно: { $fact }
progress-smoke-failed = Готовая программа не заработала — будет исправлено.
progress-delivered = Передано: { $artifact }
progress-moved = Это будет отдельный проект: { $project }.
progress-research-planned = Будет искаться: { $queries }
progress-research-nothing = Искать ничего не нужно.
progress-research-off = Поиск не ведётся: интернет для этой работы выключен.
progress-research-absent = Поиск не ведётся: здесь он не настроен.
progress-research-refused = Поиск не ведётся: вы сказали «не сейчас». Работа идёт без него.
progress-research-searched = Запрос ({ $engine }): { $query } — { $hits ->
    [0] ничего не найдено
    [one] { $hits } результат
    [few] { $hits } результата
   *[many] { $hits } результатов
  }
progress-research-tried = { $engine } не помог ({ $fault }).
progress-research-read = Прочитано: { $title } — { $url }
progress-research-failed = { $url } ничего не дал ({ $code }). Работа идёт без этого.
progress-research-failed-all = Найти ничего не удалось ({ $code }). Работа идёт без того, что знает интернет.
progress-research-finished = Найдено: { $findings ->
    [one] { $findings } вывод
    [few] { $findings } вывода
   *[many] { $findings } выводов
  }, источников: { $sources }.
progress-research-dropped = Пропущено выводов, которых нет ни в одной прочитанной строке: { $count }.
progress-tainted = Прочитан чужой текст: пакеты и новые запросы об ошибках теперь сначала спрашивают разрешения.
progress-download-decided = { $decision ->
    [allow] Скачать разрешено
   *[refuse] Скачивать нельзя
  } ({ $via }): { $address }, коммит { $commit }
progress-download-started = Скачивается { $address }, коммит { $commit } ...
progress-download-failed = { $address } не скачан ({ $code }). Работа идёт без него.
answer-sources = Источники:
delivery-third-party = Могли пригодиться чужие файлы; откуда они и по какой лицензии, сказано в THIRD_PARTY.md.
third-party-title = Части этой программы могут быть из этих репозиториев. Они скачаны с согласия, в названных коммитах.
progress-restored = Версия { $restored } найдена и станет версией { $version }.
progress-held = Остановка, нужен ваш ответ: { $what }
progress-totals = вызовов: { $calls }, токенов: { $tokens }, { $cost }, { $seconds } с

who-router = диспетчер
who-judge = судья
who-architect = архитектор
who-coder = кодер
who-reviewer = рецензент
who-tester = тестировщик
who-packager = упаковщик
who-converse = MultiCoder
who-researcher = исследователь

module-state-waiting = ждёт
module-state-writing = пишется
module-state-checking = проверяется
module-state-reviewing = на рецензии
module-state-fixing = исправляется
module-state-accepted = готов
module-state-kept = без изменений
module-state-stuck = не получается
column-module = Модуль
column-state = Состояние
column-model = Модель
column-tokens = Токены
column-cost = Цена
cost-unknown = цена неизвестна
cost-usd = { $usd } USD

decision-approve = одобрить
decision-modify = изменить
decision-reject = отклонить
decision-answer = ответить
decision-retry = повторить
decision-allow = разрешить
decision-refuse = отказать
decision-stop = остановить

card-task = Одобряете задачу?
card-plan = Одобряете план?
card-code = У судьи есть сомнения в готовом коде. Всё равно передать?
card-questions = Перед началом работы (Enter — значение по умолчанию):
card-purpose = Для чего это будет использоваться?
card-hold = Работа остановилась и ждёт вас.
card-web = Поискать это в интернете?
card-consent = Скачать эти репозитории?
card-web-searches = Будет искаться:
card-web-tainted = В этой работе прочитан чужой текст, поэтому запросы сначала показаны.
card-web-once = Ваше слово действует на всю работу. Скачивать оно ничего не разрешает.
card-repository = { $address }, коммит { $commit }
card-repository-facts = лицензия: { $licence }; размер: { $size }; звёзд: { $stars }; последнее изменение: { $changed }{ $archived ->
    [yes] {"; в архиве"}
   *[no] {""}
  }
card-repository-what = Нужно из него: { $what }
card-repository-why = Зачем: { $why }
card-repository-unknown = не указано
card-consent-ask = Скачать { $address }? ({ $options }; Enter — отказать):{" "}
card-consent-note = Что останется без ответа, скачано не будет.
card-understood = Понято так: { $understood }
card-level-green = ЗЕЛЁНЫЙ
card-level-yellow = ЖЁЛТЫЙ
card-level-red = КРАСНЫЙ
card-level-none = НЕТ ОЦЕНКИ
card-feasibility = Осуществимость: { $text }
card-recommendation = Рекомендация: { $text }
card-reasons = Причины:
card-modules = Модули:
card-acceptance = Готово, когда:
card-notes = Решено за вас:
card-estimate = Оценка: вызовов около { $calls }, токенов около { $tokens }.
card-time = Время: около { $minutes } мин, как у прежних программ этой команды.
card-time-unknown = Время: данных пока нет; эта команда ещё не закончила здесь ни одной программы.
card-caps = Жёсткие пределы: { $caps }
cap-usd = { $value } USD
cap-tokens = токенов { $value }
cap-calls = вызовов { $value }
cap-minutes = минут { $value }
card-choose = Ваше решение ({ $options }):{" "}
card-default = [{ $default }]
card-modify-text = Что сделать иначе?{" "}
card-retry-text = Совет команде (можно оставить пустым):{" "}
card-retry-limit = { $cap ->
    [usd] Новый предел в USD
    [tokens] Новый предел в токенах
    [calls] Новый предел числа вызовов
   *[minutes] Новый предел в минутах
  } (Enter — без изменений):{" "}
card-not-a-number = Введите число больше нуля.
card-purpose-text = Для чего (Enter — отклонить задачу):{" "}
card-not-an-option = Введите одно из: { $options }

waiting-for-person = Работа { $run } ждёт вашего решения. Продолжить: { -command } resume { $run }
paused-run = Работа { $run } на паузе, ничего не потеряно. Продолжить: { -command } resume { $run }
pausing = Безопасная пауза ... (ещё раз Ctrl+C — немедленный выход)
runs-none = Запусков пока нет.
column-run = Работа
column-outcome = Итог
column-created = Создана
column-task = Задача
state-unfinished = не завершена
show-steps = Шаги (вернуться: { -command } rewind { $run } ШАГ):
show-versions = Версии этого проекта:
show-events = Что происходило:
show-spent = Потрачено: вызовов { $calls }, токенов { $tokens }, { $cost }
show-diff = Изменения против предыдущей версии:
cancel-asked = Работе { $run } отправлена просьба остановиться.
cancel-done = Работа { $run } отменена.
rewind-done = Возврат к шагу { $step } работы { $run }. Продолжить: { -command } resume { $run }
