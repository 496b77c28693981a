# The key vault: an encrypted file for keys where the system's keyring cannot be used.

error-vault-locked = The key vault is locked, and a key in it is needed.
    .did = Nothing was sent; no key was read or written.
    .next = Unlock it with “{ -command } provider vault unlock”; what waits for the key then goes on.

error-vault-absent = There is no key vault in this data folder.
    .did = Nothing was changed.
    .next = Create one with “{ -command } provider vault create”.

error-vault-exists = There is a key vault already: { $path }
    .did = It was left as it is.
    .next = Unlock it with “{ -command } provider vault unlock”, or change its passphrase with “{ -command } provider vault change”.

error-vault-wrong-passphrase = The passphrase does not open the key vault.
    .did = The vault was left as it is; the passphrase was not kept.
    .next = Type it again; capital letters and the keyboard layout matter. Nobody can restore a forgotten passphrase: move the file away then, create a new vault and enter the keys again.

error-vault-passphrase-short = The new passphrase is too short; at least { $least } characters are needed.
    .did = Nothing was changed.
    .next = Choose a longer one; a sentence of several words is easy to remember and hard to guess.

error-vault-passphrase-asked = A passphrase is needed, and nobody is there to type it.
    .did = Nothing was changed.
    .next = Start the command at a terminal, or name an environment variable that holds the passphrase with --passphrase-env.

error-vault-passphrases-differ = The two passphrases typed are not the same.
    .did = Nothing was changed.
    .next = Type the same passphrase both times.

error-vault-variable-empty = The environment variable { $variable } is not set or empty.
    .did = Nothing was changed.
    .next = Set the variable, or leave --passphrase-env away and type the passphrase.

error-vault-damaged = The key vault { $path } is damaged or was altered.
    .did = Nothing was read from it, and the file was left as it is.
    .next = Put a copy of the file back, or move it away, create a new vault and enter the keys again.

error-vault-newer = The key vault { $path } was written by a newer MultiCoder.
    .did = Nothing was read from it, and the file was left as it is.
    .next = Update MultiCoder.

error-vault-foreign = The file { $path } is no key vault of MultiCoder.
    .did = Nothing was read from it, and the file was left as it is.
    .next = Move it away; then a vault can be created in its place.

error-vault-unusable = The key vault { $path } cannot be used: { $detail ->
        [busy] another process is writing to it.
       *[other] { $detail }
    }
    .did = The file was left as it is.
    .next = Check the free space and the permissions of the data folder, then try again.

error-vault-full = The key vault has no room for this: it keeps { NUMBER($kilobytes, maximumFractionDigits: 0) } KB at most.
    .did = The vault was left as it is.
    .next = Check that what was entered is a key; remove keys nobody needs.

vault-state-absent = There is no key vault.
vault-state-locked = The key vault is locked.
vault-state-unlocked = The key vault is unlocked.
vault-holds = Keys in it: { $accounts }
vault-created = The key vault is created. Keys go into it where the system's key storage cannot be used; each start of MultiCoder asks for its passphrase once.
vault-unlocked = The working engine has the key vault unlocked until it ends.
vault-right = The passphrase is right. No engine is at work that could be given it; commands ask for it themselves.
vault-locked = The key vault is locked.
vault-changed = The passphrase is changed; the old one opens nothing any more.
vault-passphrase-prompt = Passphrase of the key vault:{ " " }
vault-new-prompt = New passphrase:{ " " }
vault-again-prompt = The same once more:{ " " }
vault-kept-here = The system's key storage could not be used; the key is in the key vault.

task-reason-vault = waits until the key vault is unlocked
progress-waits-for-vault = Waits: the key vault is locked. The work goes on as soon as it is unlocked.

health-vault-unlocked = The system's key storage cannot be used; the keys are in the key vault, which is unlocked.
health-vault-locked = The system's key storage cannot be used, and the key vault is locked.
    .action = Unlock the vault with “{ -command } provider vault unlock”.
health-provider-vault-locked = The key is in the key vault, which is locked.
    .action = Unlock the vault with “{ -command } provider vault unlock”.
doctor-keyring-vault = The system's key storage cannot be used; there is a key vault instead.
