# Foreign repositories whose files were taken with a person's consent: what was left out of them, and what to know.

left-out-agent = it tells coding assistants what to do; such files of strangers are never kept where one could obey them
left-out-autorun = systems start or obey files of this kind by themselves
left-out-collision = another file has the same name where upper and lower case do not count
left-out-compression = it is packed in a way that is not read here
left-out-damaged = it is damaged inside the archive
left-out-device = it is no regular file
left-out-editor = it sets up an editor, which could start programs because of it
left-out-encrypted = it is encrypted: nobody can look into it
left-out-executable = it is a program, no text; programs of strangers are not kept
left-out-forgotten = it was forgotten on purpose, and what is forgotten stays so
left-out-git = it belongs to the inner workings of version control
left-out-hooks = it makes version control start commands
left-out-lfs = it only stands for a large file that is kept elsewhere; that one is not fetched
left-out-link = it is a link; links are not followed
left-out-malware = it holds the signature of malware
left-out-nested = it is an archive that is not safe or cannot be looked through ({ $detail ->
        [archive-bytes] too much inside
        [archive-damaged] damaged
        [archive-entries] too many files
        [collision] two files of one name
        [compression] unknown packing
        [damaged] damaged
        [depth] too many archives in each other
        [device] something that is no file
        [encrypted] encrypted
        [link] a link
        [ratio] an archive bomb
        [unsafe-name] a name that leads out of it
       *[other] { $detail }
    })
left-out-ratio = it swells enormously when it is unpacked, as archive bombs do
left-out-sealed = it is an archive that cannot be looked into here
left-out-submodules = it names other repositories to fetch; nothing further is fetched
left-out-unreadable = the system did not let it be read ({ $detail }); an antivirus may hold it
left-out-unsafe-name = its name is not safe: { $detail ->
        [absolute] it leads to a fixed place of the computer
        [character] it holds characters that no file name may have
        [empty] there is none
        [ending] it ends in a dot or a space
        [invisible] it holds invisible characters
        [long] it is too long
        [parent] it leads out of its folder
        [reserved] Windows keeps it for devices
       *[other] { $detail }
    }

repository-warning-addressed = it speaks to an assistant (“ignore your instructions”); to MultiCoder it is only text
repository-warning-hidden-code = it runs code that is hidden in encoded text
repository-warning-install-code = it runs commands while it is being installed
repository-warning-install-network = it uses the network while it is being installed
repository-warning-invisible = it holds characters that make text look different from what it is
repository-warning-piped-shell = it runs what it fetches from the internet
repository-warning-secrets = it names places where keys and passwords lie
repository-warning-start-code = it makes something start by itself

antivirus-absent = No antivirus was found on this computer: only MultiCoder's own rules looked through it.
antivirus-clean = { $name } looked through it and found nothing.
antivirus-failed = { $name } could not look through it ({ $detail }): only MultiCoder's own rules did.

error-download-not-allowed = { $target } at commit { $commit } may not be downloaded: { $why ->
        [missing] nobody allowed it
        [refused] it was refused
        [revoked] the permission was taken back
        [other-commit] another commit was allowed
        [other-repository] another repository was allowed
       *[changed] the permission is not the one that holds now
    }.
    .did = Nothing was sent there.
    .next = Work without it, or ask for it again: a card then asks you about exactly this commit.

error-repository-refused = { $target } was not taken at commit { $commit }: { $why ->
        [address] its address or its commit is none that could be meant
        [archive-bytes] unpacked it is larger than MultiCoder takes
        [archive-damaged] what came is no whole zip archive
        [archive-entries] it holds more files than MultiCoder takes
        [infected] the antivirus of this computer found malware in it ({ $detail })
        [unreadable] the system did not let it be read ({ $detail }); an antivirus may hold it
       *[wrong-commit] what came is another commit than the one you allowed ({ $detail })
    }.
    .did = Nothing of it was kept and nothing of it was executed.
    .next = Work without it, or download it yourself, look at it and attach what matters.

repository-taken = Taken from { $target } at commit { $commit }: { $files ->
        [one] { $files } file
       *[other] { $files } files
    }, { $refused } left out, { $warned } to look at. Licence: { $licence ->
        [none] none was found - nobody may use it without asking
        [own] see its licence file
       *[other] { $licence }
    }.
repository-warned = Kept from { $target }, worth a look: { $file } - { $why }
repository-refused-file = Left out of { $target }: { $file } - { $why }
repository-refused-whole = { $target } was not taken: { $why }

error-consent-reason = Taking back a permission needs a reason ({ $consent }).
    .did = Nothing was changed; what was decided before holds.
    .next = Do it again and say why.

search-key-kept = The key of { $engine } is kept.
search-key-removed = The key of { $engine } is forgotten.
search-nothing = Nothing was found.
consents-none = Nothing was decided about downloads yet.
consents-allow = allowed, not downloaded yet: { $target } at { $commit } ({ $via }: { $reason })
consents-taken = allowed and downloaded: { $target } at { $commit } ({ $via }: { $reason })
consents-refuse = refused: { $target } at { $commit } ({ $via }: { $reason })
consents-revoked = taken back: { $target } at { $commit } ({ $via }: { $reason })
consents-revoked-untaken = Taken back: { $target } at { $commit }. Nothing was downloaded under it, and nothing will be.
consents-revoked-taken = Taken back: { $target } at { $commit }. Nothing more is downloaded under it; what came before stays in the memory as documents of strangers until you forget it there.
