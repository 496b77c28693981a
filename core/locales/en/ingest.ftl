# Why a file was not taken into the memory, and why one that was taken cannot be read.

ingest-refused-missing = there is no such file
ingest-refused-unreadable = it cannot be read: { $detail }
ingest-refused-link = it is a link; links are not followed
ingest-refused-device = it is no regular file
ingest-refused-loop = the folder leads back into itself
ingest-refused-changed = it changed while it was read; import it again when it is finished
ingest-refused-file-too-large = it is larger than { $limit } MB; split it and import the parts
ingest-refused-total-too-large = everything together is larger than { $limit } MB; import the rest by itself
ingest-refused-too-many-files = there are more than { $limit } files; import the rest by itself
ingest-refused-tool-folder = it is made by tools and was left out; name it itself if you want it
ingest-refused-unsafe-name = its name is not safe ({ $detail })
ingest-refused-collision = another file of the archive has the same name where upper and lower case do not count
ingest-refused-encrypted = it is encrypted; unpack it with its password and import the result
ingest-refused-ratio = it swells more than { $limit } times when it is unpacked, as archive bombs do
ingest-refused-compression = it is packed in a way that is not read here; unpack it and import the result
ingest-refused-damaged = it is damaged inside the archive
ingest-refused-archive-entries = the archive has more than { $limit } entries; it was kept unopened. Unpack it and import the folder
ingest-refused-archive-bytes = unpacked the archive is larger than { $limit } MB; it was kept unopened. Unpack it and import the folder
ingest-refused-archive-damaged = it is no readable zip archive; it was kept unopened

ingest-trouble-encrypted = kept; it is encrypted, so its text cannot be read
ingest-trouble-no-text = kept; no text was found in it (a scan, perhaps)
ingest-trouble-damaged = kept; its text could not be read, the file seems damaged
ingest-trouble-too-heavy = kept; reading its text took too much time or memory and was stopped
ingest-trouble-no-reader = kept; MultiCoder cannot read text of this kind. Save it as DOCX, PDF or text to make it findable
ingest-trouble-nested = kept; an archive inside an archive is not opened. Import it by itself
ingest-trouble-archive = kept, but not opened
ingest-trouble-forgotten = not kept again: it was forgotten on purpose, and what is forgotten stays so

ingest-known = was known already

error-import-nothing = There is nothing to import: no path was given.
    .did = Nothing was changed in the memory.
    .next = Name the files or folders that are to be remembered.
error-import-not-absolute = “{ $path }” is no complete path of a file or folder.
    .did = Nothing was imported.
    .next = Give the whole path, beginning at the root or the drive.

ingest-refused = Not imported: { $name } - { $why }
ingest-summary = { $kept ->
    [one] { $kept } document
   *[other] { $kept } documents
 } ({ $new } new, { $known } known already), { $lines } lines; { $refused ->
    [0] nothing was refused
   *[other] { $refused } refused
 }.
