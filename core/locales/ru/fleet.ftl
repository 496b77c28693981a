# Команды для провайдеров, их ключей и команды ролей.

provider-changed = { $provider } изменён.
provider-order = Порядок провайдеров: { $providers }
provider-keys-at = Ключи { $provider } создаются на странице { $address }
provider-needs-account = Кроме ключа { $provider } нужен идентификатор каталога: добавьте его через --account.
provider-key-first = (первый ключ)
provider-key-missing = отсутствует
provider-key-kept = { $provider }: ключ { $label } сохранён.
provider-key-removed = { $provider }: ключ { $label } забыт.
provider-key-enabled = { $provider }: ключ { $label } снова используется.
provider-key-disabled = { $provider }: ключ { $label } больше не используется.
provider-key-per-minute = запросов в минуту: { $number }
provider-key-parallel = одновременно: { $number }

error-key-empty = Ключ не введён.
    .did = Ничего не изменено.
    .next = Введите ключ или назовите переменную окружения с ним: --key-env.
error-unknown-role = Роли «{ $role }» нет.
    .did = Ничего не изменено.
    .next = Выберите одну из: { $roles }.
team-anybody = кто угодно

preset-hosts = Регионы и тарифы (--host): { $hosts }
preset-accounts = Учётные записи (--account): { $accounts }
preset-is-gone = { $name }: { $since ->
        [none] своей службы нет.
       *[other] служба закрыта { $since }.
    } { $instead ->
        [none] Прямой замены нет.
       *[other] Вместо неё: { $instead }
    }
model-retires = Модель { $model } отключается { $day }.

provider-check-left = Осталось { NUMBER($usd, minimumFractionDigits: 2, maximumFractionDigits: 2) } USD.
provider-check-elsewhere = Ключ принадлежит адресу { $address }
provider-check-nothing = { $provider }: нет включённого ключа, проверять нечего.
provider-fix = Чтобы перейти на этот адрес: «{ -command } provider check { $provider } --fix».
provider-moved = Адрес { $provider } теперь { $address }
provider-keys-apart = Ключи { $provider } принадлежат разным адресам: { $addresses }. Заведите по провайдеру на каждый адрес.

sign-in-go = Войдите в { $provider } в открывшемся браузере. Если он не открылся, откройте этот адрес сами:
    { $address }
    Ctrl+C прекращает ожидание.
sign-in-ended = Вход прекращён, ничего не изменено.
sign-in-key-kept = Вход выполнен; ключ { $provider } сохранён.

export-passphrase-prompt = Парольная фраза файла:{ " " }
providers-exported = { $keys ->
        [-1] Провайдеры записаны в { $path }, без ключей.
        [0] Провайдеры записаны в { $path }; ключей, которые можно взять с собой, не было.
        [one] Провайдеры и { $keys } ключ под парольной фразой записаны в { $path }
        [few] Провайдеры и { $keys } ключа под парольной фразой записаны в { $path }
       *[other] Провайдеры и { $keys } ключей под парольной фразой записаны в { $path }
    }
imported-added = Добавлены: { $providers }
imported-replaced = Заменены: { $providers }
imported-kept = Оставлены как есть, потому что провайдеры с такими именами уже есть: { $providers }. Заменить их можно через --replace.
imported-keys = { $keys ->
        [0] Ключи не перенесены.
        [one] Перенесён { $keys } ключ.
        [few] Перенесено { $keys } ключа.
       *[other] Перенесено { $keys } ключей.
    }

prices-imported = Перенесено цен: { $prices }, провайдеров: { $providers }; моделей без пригодной цены: { $left-out }.
prices-of = USD за миллион токенов, вопрос / ответ. Импортировано { $day }, цен: { $prices }.
prices-none = USD за миллион токенов, вопрос / ответ. Цены не импортированы: «{ -command } provider prices import ФАЙЛ» примет api.json с models.dev.
price-from-own = (ваша)
price-from-imported = (импорт { $day })
price-from-known = (известна MultiCoder)
price-from-none = (неизвестна)
