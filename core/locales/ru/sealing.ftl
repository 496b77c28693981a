# Запечатывание паролем: сейф ключей, вынесенные ключи, копии всей памяти.

error-sealing-memory = Для работы с этим паролем нужно { NUMBER($megabytes, maximumFractionDigits: 0) } МБ памяти, а они заняты.
    .did = Ничего не открыто и ничего не изменено.
    .next = Закройте другие программы и повторите.

error-sealed-foreign = { $path } — не запечатанная копия памяти MultiCoder.
    .did = Из неё ничего не прочитано, и ничего не изменено.
    .next = Проверьте путь: это должен быть файл или папка, которые записала команда «{ -command } memory backup».

error-sealed-newer = { $path } записана более новой версией MultiCoder.
    .did = Из неё ничего не прочитано, и ничего не изменено.
    .next = Обновите MultiCoder.

error-sealed-damaged = { $path } повреждена, обрезана или изменена ({ $detail }).
    .did = Из неё ничего не взято, и ничего не изменено.
    .next = Возьмите другую её копию; если она лежит в папке, которая сейчас синхронизируется, дождитесь конца.

error-sealed-wrong-passphrase = Пароль не открывает { $path }.
    .did = Ничего не открыто и ничего не изменено; пароль не сохранён.
    .next = Введите его ещё раз: важны заглавные буквы и раскладка клавиатуры. Копию, пароль которой забыт, не откроет никто.

error-sealed-target-exists = Файл { $path } уже есть.
    .did = Он оставлен как есть, копия не сделана.
    .next = Выберите другое имя или уберите файл.

error-sealed-inside = { $path } лежит в папке данных, которую нужно скопировать.
    .did = Копия не сделана.
    .next = Выберите место вне папки данных, лучше на другом диске.

error-sealed-nothing = В { $path } ещё нет памяти.
    .did = Копия не сделана.
    .next = Проверьте папку данных; другую называет --home.

error-sealed-busy = Уже идёт другое копирование или восстановление { $path }.
    .did = Это не начато.
    .next = Дождитесь его конца. Если ничего не идёт, запустите MultiCoder: прерванное тогда будет закончено.

error-sealed-absent = По пути { $path } ничего нет.
    .did = Ничего не изменено.
    .next = Проверьте путь.

error-sealed-incomplete = Копия { $snapshot } в { $path } неполна: не хватает частей: { $count }.
    .did = Из неё ничего не взято, и ничего не изменено.
    .next = Дождитесь конца синхронизации или выберите более старую копию: их показывает «{ -command } memory restore ПАПКА --list», берёт --snapshot.

error-sealed-unknown-snapshot = В { $path } нет копии { $snapshot }.
    .did = Ничего не изменено.
    .next = Какие копии есть, показывает «{ -command } memory restore ПАПКА --list».

error-sealed-several = В { $path } лежат копии нескольких памятей.
    .did = Ничего не изменено: ни одна из них наверняка не принадлежит этой папке данных.
    .next = Выберите одну: их показывает «{ -command } memory restore ПАПКА --list», берёт --snapshot.

error-sealed-replaces = В { $path } уже есть память.
    .did = Ничего не изменено.
    .next = Скажите, что её можно заменить (--replace); она останется в резервной копии.

error-sealed-passphrase-gone = С тех пор как это было заказано, движок запущен заново, а пароль нигде не записывается: { $path }
    .did = Ничего не скопировано и не изменено.
    .next = Закажите ещё раз и введите пароль.

sealed-copy-title = Запечатанная копия памяти: { $name }
sealed-restore-title = Открыть запечатанную копию памяти: { $name }
sealed-passphrase-prompt = Пароль копии:{" "}
sealed-copied-file = Память скопирована в { $path }: { NUMBER($new, maximumFractionDigits: 1) } МБ.
sealed-copied-folder = Память скопирована в { $path } под именем { $name }. Записано: { NUMBER($new, maximumFractionDigits: 1) } МБ; уже было: { NUMBER($kept, maximumFractionDigits: 1) } МБ.
sealed-restored = Память на { $at } на месте. Прежде её не было.
sealed-restored-over = Память на { $at } на месте. Прежняя сохранена: { $kept }
sealed-ask = В { $path } есть память. Она будет заменена и останется в резервной копии. Чтобы продолжить, введите «{ sealed-word }».
sealed-word = заменить
sealed-state-whole = цела
sealed-state-incomplete = не хватает частей: { $count }
sealed-state-unreadable = повреждена или ещё не здесь
