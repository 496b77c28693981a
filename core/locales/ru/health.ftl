# Табло состояния, `{ -command } status` и `{ -command } doctor`. У наблюдения может быть совет: `.action`.

health-system-loop = Основной координатор
health-system-coordinator = Граф координатора
health-system-tasks = Диспетчер задач
health-system-checkpoints = Контрольные точки
health-system-ledger = Учётная книга
health-system-archive = Архив
health-system-documents = Память (архив)
health-system-words = Память (поиск по словам)
health-system-vectors = Память (векторы)
health-system-journal = Журнал
health-system-memory = Память компьютера
health-system-disk = Диск
health-system-reports = Отчёты
health-system-projects = История проектов
health-system-keyring = Хранилище ключей
health-system-network = Сеть
health-system-web = Поиск в интернете
health-system-provider = Провайдер { $provider }
health-system-paranoid = Параноидальный тестировщик
health-system-backups = Резервные копии
health-system-runner = Песочница
health-system-builders = Сборщики
health-system-toolchain = Набор инструментов

health-never = Ещё не проверялось.
health-no-data = Нет данных уже { $seconds } с.
    .action = Подождите немного; если ничего не изменится, перезапустите MultiCoder.
health-raised = Проверка закончилась ошибкой { $error }: { $detail }
    .action = Перезапустите эту систему; если не поможет, загляните в multicoder.log в папке данных.
health-overrun = Нет ответа в течение { $seconds } с.
    .action = Перезапустите эту систему; если не поможет, перезапустите MultiCoder.
health-hangs = Ответа всё ещё нет: прошлая проверка ждёт больше { $seconds } с.
    .action = Перезапустите эту систему; если не поможет, перезапустите MultiCoder.
health-untold = ({ $message })
health-engine-stopped = Движок не запущен.
    .action = Делать ничего не нужно: он запустится вместе со следующим заданием.
health-snapshot-old = Движок не подаёт признаков жизни уже { $seconds } с.
    .action = Возможно, он завис. Перезапустите MultiCoder; готовая работа сохранена.

health-loop-turns = Отвечает за { $milliseconds } мс.
health-loop-late = Не отвечал { $seconds } с.
    .action = Обычно это значит, что компьютер занят. Если повторяется часто, найдите «loop.hung» в журнале.
health-loop-hung = Не отвечает уже { $seconds } с.
    .action = Если не придёт в себя, перезапустите MultiCoder; готовая работа сохранена. В журнале записано, где он завис.

health-file-gone = Файл { $file } исчез.
    .action = Сразу перезапустите MultiCoder: то, что сейчас записывается, теряется. Затем будет предложена последняя копия.
health-file-empty = Файл { $file } пуст.
    .action = Перезапустите MultiCoder: будет использована последняя исправная копия.
health-file-replaced = На месте { $file } лежит другой файл; записанное уходит в никуда.
    .action = Перезапустите MultiCoder. Не копируйте файлы в папку данных, пока он работает.
health-file-damaged = Файл { $file } повреждён: { $detail }
    .action = Перезапустите MultiCoder: повреждённый файл будет отложен, а последняя исправная копия использована.
health-canary-lost = Записанное в { $file } не удалось прочитать обратно.
    .action = Проверьте диск и перезапустите MultiCoder.
health-decoding-lenient = Контрольные точки читаются нестрого: подделанная могла бы выполнить код.
    .action = Перезапустите MultiCoder, не меняя LANGGRAPH_STRICT_MSGPACK.
health-checkpoints-ok = Записано, прочитано и строго разобрано; { $size } КиБ.
health-ledger-ok = Записано и найдено; { $size } КиБ.
health-archive-ok = Записано и прочитано; проектов в порядке: { $projects }, { $size } КиБ.
health-documents-ok = Документ записан и прочитан; потерянных строк: 0; { $size } КиБ.
health-documents-lost = Потеряно строк: { $lost }. Они были сохранены и больше не читаются; перезапустите MultiCoder, чтобы взять их из резервной копии.
health-words-ok = Указатель ответил на вопрос.
health-words-behind = Сохранённое недавно не попало в указатель ({ $code }).
    .action = Ничего не потеряно: указатель создаётся из сохранённого. Проверьте, не заполнен ли диск; перезапустите эту систему здесь, и указатель будет создан заново.
health-vectors-ok = Контрольная запись превращена в вектор и найдена; фрагментов: { $passages }.
health-vectors-building = Векторы создаются; фрагментов внесено: { $passages }. Пока строки находятся по словам.
    .action = Немного подождите. Ничего не потеряно, делать ничего не нужно.
health-vectors-degraded = Строки находятся только по словам: { $trouble }
    .action = Ничего не потеряно: векторы создаются заново сами. Если это не проходит, перезапустите эту систему здесь или проверьте, не заполнен ли диск.
health-vectors-off = Векторы закрыты.
    .action = Запустите MultiCoder снова.
health-journal-waiting = Ждут записи события: { $waiting }.
    .action = Освободите место на диске с папкой данных; тогда ожидающее будет записано.
health-journal-broken = Последние события не в порядке.
    .action = Кто-то или что-то изменило журнал извне. Целиком его проверит { -audit }.
health-journal-lost = Событий, от которых пришлось отказаться, потому что диск их не принял: { $lost }.
    .action = Освободите место на диске с папкой данных; строки этих событий есть в multicoder.log.
health-journal-ok = Записано; событий: { $rows }, проверено последних: { $checked }.

health-coordinator-ok = Ответил за { $milliseconds } мс, опоздание { $lag } мс.
health-coordinator-late = Проснулся на { $milliseconds } мс позже.
    .action = Компьютер занят; закройте другие программы или уменьшите число одновременных задач.
health-coordinator-strange = Координатор помнит запуск, которого не было.
    .action = Перезапустите MultiCoder; если не поможет, восстановите последнюю копию.
health-tasks-ok = На диске и в памяти одно и то же, задач: { $kept }; выполняется: { $running }, мест: { $slots }.
health-tasks-stopped = Никто не искал работу уже { $seconds } с.
    .action = Перезапустите эту систему или MultiCoder; ожидающие задачи продолжатся сами.
health-tasks-differ = На диске задачи записаны не так, как в памяти (всего { $count }): { $tasks }
    .action = Перезапустите MultiCoder: верно то, что на диске.
health-tasks-waiting = Задача ждёт уже { $seconds } с, хотя место свободно.
    .action = Перезапустите эту систему или MultiCoder; ожидающие задачи продолжатся сами.
health-runner-ok = Задание выполнено в { $mechanism } за { $milliseconds } мс; сеть закрыта.
health-runner-failed = Задание в песочнице ответило не то, что должно было ({ $ending }). { $detail }
    .action = В Linux нужен bubblewrap не старее 0.8; в Windows вам должны быть разрешены контейнеры приложений.
health-runner-refused = Выполнять задания нельзя: { $detail }
    .action = Созданный код никогда не выполняется без защиты. В Linux нужен bubblewrap не старее 0.8; в Windows вам должны быть разрешены контейнеры приложений.
health-runner-open = { $mechanism } не закрывает сеть.
    .action = Пока это так, созданный код не выполняется. В Linux нужен bubblewrap не старее 0.8; в Windows вам должны быть разрешены контейнеры приложений.
health-toolchain-ok = Python { $python } с PyInstaller { $pyinstaller } запускается.
health-toolchain-supplied = Python, поставляемый с MultiCoder, распакуется, когда понадобится первой программе.
health-toolchain-missing = В { $folder } нет Python для создаваемых программ.
    .action = Его создаст { -repair }.
health-toolchain-broken = Python в { $folder } непригоден: { $detail }
    .action = Заново его создаст { -repair }.
health-builders-waiting = Инструменты подготовятся, когда понадобятся первой программе.
health-builders-quick = Пакет исходников собран; настоящая сборка программы ещё не проводилась.
health-builders-ok = Пакет исходников собран; настоящая программа собрана и запущена { $hours } ч назад за { $seconds } с.
health-builders-failed = Последняя настоящая сборка, { $hours } ч назад, не удалась: { $detail }
    .action = Перезапустите эту систему, чтобы собрать ещё раз; посмотрите состояние песочницы и набора инструментов.
health-builders-unable = Нет инструментов, чтобы собрать программу.
    .action = Их создаст { -repair }.

health-disk-ok = Свободно { $free } МиБ; запись до диска за { $milliseconds } мс.
health-disk-low = В { $folder } свободно только { $free } МиБ.
    .action = Освободите место в ближайшее время: оно нужно для сборки.
health-disk-full = В { $folder } свободно { $free } МиБ, а нужно { $needed }.
    .action = Освободите место: пока его нет, ничего нельзя собрать и сохранить.
health-disk-slow = Небольшая запись в { $folder } заняла { $seconds } с.
    .action = Диск занят другой программой или выходит из строя.
health-disk-refused = В { $folder } ничего нельзя записать: { $detail }
    .action = Освободите место или исправьте права; всё готовое сохранено.
health-memory-ok = Доступно { $available } МиБ; MultiCoder занимает { $ours } МиБ.
health-memory-low = Доступно только { $available } МиБ памяти; MultiCoder занимает { $ours } МиБ.
    .action = Закройте другие программы или уменьшите число одновременных задач.
health-memory-out = Осталось { $available } МиБ памяти; MultiCoder занимает { $ours } МиБ.
    .action = Закройте другие программы сейчас, иначе система может завершить MultiCoder.
health-memory-large = MultiCoder занимает { $ours } МиБ; доступно { $available } МиБ.
    .action = Перезапустите MultiCoder, когда ничего не выполняется.
health-reports-ok = Записано и прочитано; отчётов: { $reports }.
health-reports-lost = Записанное в { $folder } не удалось прочитать обратно.
    .action = Проверьте диск.
health-reports-refused = В { $folder } ничего нельзя записать: { $detail }
    .action = Освободите место или исправьте права на эту папку.
health-projects-ok = Версия записана и прочитана; в новейшем проекте { $project } читаются файлы: { $files }.
health-projects-none = Версия записана и прочитана; проектов ещё нет.
health-projects-lost = Записанную версию не удалось прочитать обратно.
    .action = Проверьте диск и перезапустите MultiCoder.
health-projects-damaged = История проекта { $project } не читается: { $detail }
    .action = Восстановите папку этого проекта из копии; готовых файлов это не касается.

health-keyring-ok = Запись сохранена, прочитана и удалена за { $milliseconds } мс.
health-keyring-refused = Недоступно: { $detail ->
        [none] на этом компьютере его нет.
       *[other] { $detail }
    }
    .action = Разблокируйте или установите хранилище ключей, создайте зашифрованный сейф ключей { -create-vault } либо задайте для этого сеанса MULTICODER_API_KEY.
health-keyring-forgets = Принимает запись и ничего не сохраняет.
    .action = Выберите другое хранилище ключей или задайте для этого сеанса MULTICODER_API_KEY.
health-network-ok = До { $host } дошли за { $milliseconds } мс.
health-network-down = Ни до одного провайдера не дойти. { $detail }
    .action = Проверьте подключение к интернету, межсетевой экран или прокси.
health-network-nowhere = Ни один провайдер не включён, поэтому ни к кому не обращаемся.
    .action = Добавьте провайдера { -add-provider }.
health-web-ok = На последний запрос ответил { $engine }.
health-web-fallback = На последний запрос ответил { $engine }, другие — нет: { $detail }.
    .action = Делать ничего не нужно: кто не ответил, того спросят позже.
health-web-down = Ни один поисковик не ответил. { $detail }
    .action = Проверьте подключение к интернету или прокси либо добавьте поисковик. Работы идут дальше без поиска.
health-web-off = Поиск выключен, поэтому ни к кому не обращаемся.
    .action = Если он нужен, включите настройку web_search.
health-web-unused = В последнее время никого не спрашивали: без вашего слова ничего не ищется.
    .action = Делать ничего не нужно.
health-provider-ok = { $keys ->
        [1] Ключ работает
       *[other] Все ключи работают ({ $keys })
    }; моделей: { $models }, { $milliseconds } мс.
health-provider-some-keys = Работает ключей: { $working } из { $keys }.{ $bad-key ->
        [none] {""}
       *[other] {" "}Не приняты: { $bad-key }.
    }{ $no-money ->
        [none] {""}
       *[other] {" "}Без средств: { $no-money }.
    }{ $limited ->
        [none] {""}
       *[other] {" "}Слишком много запросов: { $limited }.
    }{ $region ->
        [none] {""}
       *[other] {" "}Не для вашего региона: { $region }.
    }{ $unreachable ->
        [none] {""}
       *[other] {" "}Нет пригодного ответа: { $unreachable }.
    }{ $elsewhere ->
        [none] {""}
       *[other] {" "}Другого адреса: { $elsewhere }.
    }
    .action = Введите их заново или выключите ({ -check-provider }); пока работают остальные.
health-provider-no-key = У { $provider } нет включённого ключа.
    .action = Введите ключ { -add-provider }; пока работают другие провайдеры.
health-provider-elsewhere = Ключ принадлежит другому адресу { $provider }: { $address }
    .action = Перейдите на этот адрес ({ -check-provider }); пока работают другие провайдеры.
health-provider-retiring = Ключ работает, но используемые модели скоро отключат: { $models }
    .action = Выберите вместо них другую модель.
health-provider-gone = { $provider } больше не включён.
    .action = Делать ничего не нужно.
health-provider-no-keyring = Ключ не получить: { $detail ->
        [none] на этом компьютере нет хранилища ключей.
       *[other] { $detail }
    }
    .action = Разблокируйте или установите хранилище ключей, создайте зашифрованный сейф ключей { -create-vault } либо задайте для этого сеанса MULTICODER_API_KEY.
health-provider-bad-key = { $provider } не принял ключ. { $detail }
    .action = Введите верный ключ { -add-provider }; пока работают другие провайдеры.
health-provider-no-money = На счёте у { $provider } нет средств. { $detail }
    .action = Пополните счёт у провайдера; пока работают другие провайдеры.
health-provider-region = { $provider } не обслуживает ваш регион. { $detail }
    .action = Добавьте провайдера, который его обслуживает.
health-provider-limited = У { $provider } было слишком много запросов; проверить ключ не удалось. { $detail }
    .action = Подождите несколько минут.
health-provider-unreachable = { $provider } не дал пригодного ответа. { $detail }
    .action = Проверьте адрес ({ -providers }) и подключение к интернету.

health-paranoid-ok = Всё проверено { $seconds } с назад.
health-paranoid-off = Выключен.
    .action = Чтобы за движком следили, задайте в настройках «paranoid» значение «watch».
health-paranoid-never = Ещё ничего не проверил.
    .action = Дождитесь первой проверки; если её не будет, перезапустите эту систему.
health-paranoid-late = Последняя проверка была { $minutes } мин назад.
    .action = Перезапустите эту систему.
health-backups-ok = Копий: { $backups }; новейшей { $hours } ч, она цела.
health-backups-none = Резервных копий ещё нет.
    .action = Дождитесь первой или перезапустите эту систему, чтобы сделать её сейчас.
health-backups-old = Новейшей копии { $hours } ч, а нужна каждые { $wanted } ч.
    .action = Перезапустите эту систему, чтобы сделать копию сейчас; если не выйдет, освободите место на диске.
health-backups-damaged = Новейшая копия { $backup } повреждена: { $files }
    .action = Перезапустите эту систему, чтобы сделать новую, и проверьте диск.

error-unknown-system = На табло нет системы «{ $system }».
    .did = Ничего не проверено и не запущено.
    .next = Системы перечислит { -status }.

error-no-restart = «{ $system }» нельзя перезапустить отдельно.
    .did = Ничего не запущено.
    .next = Сделайте то, что советует её строка: { -status }.

error-no-repair = «{ $check }» MultiCoder сам исправить не может.
    .did = Ничего не изменено.
    .next = Сделайте то, что говорит об этом { -doctor }.

status-ok = работает
status-degraded = с перебоями
status-down = НЕ РАБОТАЕТ
status-unknown = нет данных
status-column-state = Состояние
status-column-system = Система
status-column-since = С какого времени
status-column-evidence = Что увидели
status-none = С этой папкой данных ещё не работал ни один движок.
status-sum = Систем: { $count }, не работает: { $down }, с перебоями: { $degraded }, без данных: { $unknown }.

# От чего лампа становится жёлтой и от чего красной.
health-limits-loop = Жёлтый: нет ответа { $late } с. Красный: нет ответа { $hung } с.
health-limits-coordinator = Жёлтый: просыпается с опозданием больше { $late } мс. Красный: его состояние не читается.
health-limits-tasks = Жёлтый: задача ждёт больше { $waiting } с, хотя место свободно. Красный: работу не искали { $silent } с, либо на диске и в памяти записано разное.
health-limits-database = Красный: файл исчез, пуст, подменён или повреждён, либо записанное не читается обратно.
health-limits-words = Жёлтый: сохранённое недавно не удалось внести в указатель. Красный: указатель не отвечает или проверка длится больше 20 с.
health-limits-vectors = Жёлтый: контрольная запись не находится, файл изменён или исчез, ими пользуется другой MultiCoder, превращать в векторы нечем или они ещё создаются. Красный: проверка длится больше 10 с.
health-limits-journal = Жёлтый: от части событий пришлось отказаться. Красный: ожидающее не записано за { $seconds } с, последние события не целы, либо файл исчез или повреждён.
health-limits-memory = Жёлтый: доступно меньше { $little } МиБ, либо MultiCoder занимает больше { $large } МиБ. Красный: доступно меньше { $least } МиБ.
health-limits-disk = Жёлтый: свободно меньше { $low } МиБ, либо небольшая запись длится больше { $slow } с. Красный: свободно меньше { $least } МиБ, либо писать нельзя.
health-limits-written = Красный: записанное не читается обратно.
health-limits-projects = Красный: коммит не создаётся или не читается обратно, либо не читается новейший проект.
health-limits-keyring = Жёлтый: недоступно, но никому и не нужно. Красный: недоступно, хотя провайдеру нужен ключ, либо ничего не сохраняет.
health-limits-network = Красный: ни один провайдер не ответил, каждому даётся { $seconds } с.
health-limits-web = Жёлтый: ответил не первый поисковик, а один из следующих. Красный: не ответил никто. Данным не больше { $minutes } мин.
health-limits-provider = Жёлтый: отказывает из-за слишком частых запросов. Красный: не принимает ключ, нет средств на счёте, не работает в вашем регионе, либо нет пригодного ответа { $seconds } с.
health-limits-paranoid = Жёлтый: выключен. Красный: последней проверке больше { $minutes } мин.
health-limits-backups = Жёлтый: копий нет, либо новейшей больше { $hours } ч. Красный: новейшая повреждена.
health-limits-runner = Красный: задание не выполняется, либо изнутри открыта сеть.
health-limits-builders = Красный: нет инструментов, либо последняя настоящая сборка не удалась.
health-limits-toolchain = Красный: нет Python для созданных программ, либо он не загружает нужное для сборки.

doctor-works = в порядке
doctor-advice = замечание
doctor-problem = ПРОБЛЕМА
doctor-means = Что это значит: { $text }
doctor-command = Что сделать: { $text }
doctor-repairable = Это сделает «{ -command } doctor --repair», сначала спросив.
doctor-fine = Всё в порядке.
doctor-sum = Проблем: { $problems }, замечаний: { $notes }.

# Проверки: имя, затем каждый итог с тем, что он значит и что делать.
doctor-python = Python
doctor-python-ok = Версия { $version }.
doctor-python-old = Версия { $version }; нужна 3.11 или новее.
    .means = MultiCoder не рассчитан на неё и может сломаться где угодно.
    .do = Установите Python 3.11 или новее.
doctor-home = Папка данных
doctor-home-ok = В { $folder } можно писать.
doctor-home-new = { $folder } появится при первом запуске.
doctor-home-install = { $folder } лежит в папке программы.
    .means = Обновление унесло бы вашу работу с собой, поэтому MultiCoder не запускается.
    .do = Укажите другую папку ключом --home или в MULTICODER_HOME.
doctor-home-refused = В { $folder } нельзя писать: { $detail }
    .means = Ничего нельзя сохранить, поэтому MultiCoder не запускается.
    .do = Разрешите себе запись в неё или укажите другую папку ключом --home или в MULTICODER_HOME.
doctor-disk = Свободное место
doctor-disk-ok = { $free } МиБ.
doctor-disk-low = { $free } МиБ; желательно { $needed }.
    .means = Сборка может оборваться; готовое сохраняется.
    .do = Освободите место на диске с { $folder }.
doctor-settings = Настройки
doctor-settings-ok = Читаются.
doctor-settings-bad = Не читаются: { $detail }
    .means = Пока их не исправить, ни одна рабочая команда не запустится.
    .do = Исправьте { $file } или отложите этот файл и начните со значений по умолчанию.
doctor-databases = Базы данных
doctor-databases-ok = Целых файлов: { $files }.
doctor-databases-damaged = { $file } повреждён: { $detail }
    .means = При следующем запуске он будет отложен, а последняя исправная копия использована.
    .do = Запустите MultiCoder один раз; проверьте диск.
doctor-engine = Движок
doctor-engine-none = С этой папкой данных никто не работает.
doctor-engine-works = С этой папкой данных работает процесс { $pid }.
doctor-engine-hangs = Процесс { $pid } держит эту папку данных, но не отвечает.
    .means = Пока он не ответит или не завершится, здесь ничего нельзя начать.
    .do = Завершите процесс { $pid }; готовая работа сохранена.
doctor-clock = Часы
doctor-clock-ok = { $moment }
doctor-clock-wrong = Они показывают { $moment }, но здесь есть файлы от { $newest }.
    .means = Сроки, сертификаты и порядок копий будут ошибочны.
    .do = Поставьте часы компьютера.
doctor-locale = Язык
doctor-locale-ok = { $language }; файлы читаются как UTF-8.
doctor-locale-encoding = { $language }; имена файлов система читает как { $encoding }.
    .means = Русские и другие буквы в именах файлов могут испортиться.
    .do = Запускайте с PYTHONUTF8=1 или выберите в системе язык с UTF-8.
doctor-provider = Провайдер языковых моделей
doctor-provider-ok = Включено: { $count } ({ $names })
doctor-provider-none = Ни один не настроен.
    .means = Работает только команда со сценарием: «--team demo».
    .do = { -command } provider add ИМЯ --url https://АДРЕС/v1
doctor-provider-bad = Список не читается: { $detail }
    .means = Ни одно задание с вашими провайдерами не запустится.
    .do = Исправьте { $file } или удалите его и добавьте провайдеров заново.
doctor-keyring = Хранилище ключей
doctor-keyring-ok = Сохраняет и возвращает запись.
doctor-keyring-refused = Недоступно: { $detail ->
        [none] на этом компьютере его нет.
       *[other] { $detail }
    }
    .means = Ключи негде хранить; без шифрования они не хранятся никогда.
    .do = Разблокируйте или установите хранилище ключей, создайте зашифрованный сейф ключей { -create-vault } либо задавайте MULTICODER_API_KEY для каждого сеанса.
doctor-sandbox = Песочница
doctor-sandbox-ok = { $mechanism } работает и закрывает сеть.
doctor-sandbox-refused = Не работает: { $detail }
    .means = Созданные программы никогда не запускаются без защиты, поэтому ничего нельзя проверить и выдать.
    .do = sudo apt-get install bubblewrap
doctor-sandbox-closed = Не работает: { $detail }
    .means = Созданные программы никогда не запускаются без защиты, поэтому ничего нельзя проверить и выдать.
    .do = Разрешите этому пользователю контейнеры приложений; на работе их мог отключить администратор.
doctor-screen = Виртуальный экран
doctor-screen-ok = Отдельный экран запускается.
doctor-screen-refused = Не запускается: { $detail }
    .means = Программы с окном нельзя попробовать в работе.
    .do = sudo apt-get install xvfb
doctor-binutils = Средства сборки
doctor-binutils-ok = objcopy и objdump на месте.
doctor-binutils-missing = Нет: { $names }
    .means = Программу нельзя собрать в один файл; исходники и zip получить можно.
    .do = sudo apt-get install binutils
doctor-toolchain = Набор инструментов
doctor-toolchain-ok = Python { $python } с PyInstaller { $pyinstaller } запускается.
doctor-toolchain-supplied = Python, поставляемый с MultiCoder, распакуется, когда понадобится первой программе.
doctor-toolchain-missing = В { $folder } его ещё нет.
    .means = Программы нельзя ни проверить, ни собрать.
    .do = Создать его: около 100 МБ скачается из указателя пакетов, на который настроен этот компьютер.
doctor-toolchain-incomplete = В этой копии MultiCoder нет Python, из которого он создаётся.
    .means = Программы нельзя ни проверить, ни собрать.
    .do = Скопируйте сюда папку MultiCoder целиком или укажите список других в переменной MULTICODER_INTERPRETERS.
doctor-toolchain-broken = Тот, что в { $folder }, непригоден: { $detail }
    .means = Программы нельзя ни проверить, ни собрать.
    .do = Создать его заново: около 100 МБ скачается из указателя пакетов, на который настроен этот компьютер.
