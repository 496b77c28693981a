# Dangerous actions that were stopped, and the decisions about them.

error-action-blocked = { $kind ->
        [delete] Something outside the project would have been deleted: { $target }
        [overwrite] Something that is not MultiCoder's would have been overwritten: { $target }
        [outside] A place outside the project would have been written to: { $target }
        [publish] Something would have been published: { $target }
        [download] The program wants packages that need your word (not on the list of well-known ones, or come up after pages of strangers were read): { $target }
        [money] More would have been spent than is allowed: { $target }
        [unsandboxed] Generated code would have run without protection: { $target }
       *[other] A dangerous action was stopped: { $kind } { $target }
    }
    .did = It was not done; it is in the journal, and the run waits for your decision.
    .next = “try again” lets exactly this happen once and takes your reason; “modify” refuses it and takes what to do instead; “stop” ends the run.

error-action-reason = A decision about a dangerous action needs a reason (action { $action }).
    .did = Nothing was decided; the action stays stopped.
    .next = Decide again and say why.

error-action-never = Nobody can allow this action ({ $kind }, { $action }): generated code never runs without protection.
    .did = The action stays stopped.
    .next = Refuse it, or set up the protection: { -doctor } shows what is missing.

error-unknown-action = There is no stopped action { $action }.
    .did = Nothing was decided.
    .next = { -runs } shows the runs; the card of a waiting run names its action.

guard-reason-text = Why may this happen once? A reason is needed:{" "}
guard-reason-needed = Without a reason it cannot be allowed.

error-consent-unfit = “{ $address }” is no repository at a commit.
    .did = Nothing was recorded and nothing is downloaded.
    .next = Name it as host/owner/name.

error-unknown-consent = There is no decision { $consent } about a download.
    .did = Nothing was changed.
    .next = Look at the list of decisions and name one of it.

error-web-choice = The internet cannot be used “{ $value }”.
    .did = Nothing was started.
    .next = Choose one of: { $choices }.

error-download-address = “{ $value }” is no repository.
    .did = Nothing was started.
    .next = Name it as host/owner/name, e.g. code.example/people/parser.
