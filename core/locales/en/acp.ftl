stage-judge = Judging the task
stage-judge-plan = Judging the plan
stage-judge-code = Judging the finished code
stage-architect = Planning
stage-write-tests = Writing the tests
stage-integrate = Joining the modules
stage-paranoid-test = Testing
stage-research = Looking things up
stage-take = Downloading what you allowed
stage-repair = Repairing
stage-build = Building
stage-smoke = Starting the built program
stage-deliver = Delivering
stage-restore = Fetching the earlier version
stage-draft = { $module }: draft { $draft }

option-approve = Approve
option-modify = Modify
option-reject = Reject
option-answer = Go on
option-words = Answer in words
option-retry = Try again
option-allow = Allow once, with a reason
option-refuse = Not now
option-allow-search = Look it up
option-refuse-all = Refuse all
option-answer-downloads = Decide one by one
command-search = Look something up on the internet and answer with sources
command-search-hint = what to search for
option-web = Web search
option-web-off = Off
option-web-ask = Ask first
option-web-on = On
option-stop = Stop
option-team = Team
option-team-own = My providers
option-team-thorough = Thorough: the strongest models
option-team-fast = Fast: quick models
option-team-cheap = Cheap: inexpensive models
option-team-russian = Russian providers
option-team-demo = Demo team (scripted, no AI)

ask-modify = What should be different?
ask-answers = Your answers, one line each; an empty line takes the default.
ask-purpose = What will this be used for?
ask-downloads = Which repositories may be downloaded? Everything else is refused. In words: host/owner/name, one per line.
ask-advice = A word for the team, a new limit, or the reason why it may go on.

error-question-gone = This question is not open any more.
    .did = Your answer was not used; an earlier one counts, or the run went on.
    .next = Look at the conversation for what is asked now.

error-no-such-decision = “{ $decision }” cannot be decided here.
    .did = Nothing was decided; the question stays open.
    .next = Choose one of: { $options }.

error-bad-parameter = The value “{ $name }” does not fit.
    .did = Nothing was done.
    .next = It has to be: { $wanted }.

error-unknown-option = There is no choice { $option } = { $value }.
    .did = Nothing was changed.
    .next = Choose one that the session lists.

error-unknown-cursor = The list has no place { $cursor }.
    .did = Nothing was listed.
    .next = Ask for the list from its beginning.

error-cwd-not-absolute = { $path } is not a whole path.
    .did = Nothing was begun.
    .next = Name the folder or file from the root of the disk.

error-content-not-supported = Content of the kind { $kind } cannot be used.
    .did = Nothing was sent.
    .next = Send text, files or images.

error-attachment-not-local = Only files of this computer can be attached, not { $uri }.
    .did = Nothing was sent.
    .next = Save it here first, then attach the file.

error-attachment-beyond-limit = { $path } is larger than { $limit } MB.
    .did = Nothing was sent.
    .next = Attach a smaller file.

error-attachment-no-file = { $path } is no file or folder that can be attached.
    .did = Nothing was sent; links and devices are never followed.
    .next = Attach the file itself.

error-attachment-unreadable = { $path } cannot be read: { $reason }.
    .did = Nothing was sent.
    .next = See that it is there and that you may read it.

error-attached-folder-too-large = { $path } holds more than { $files } files or { $limit } MB.
    .did = Nothing was sent.
    .next = Attach a part of it, or a smaller folder.

error-provider-protocol = The protocol { $protocol } cannot be spoken.
    .did = Nothing was changed.
    .next = Use an endpoint that speaks the OpenAI protocol.

error-provider-headers = Headers other than Authorization cannot be kept: { $headers }.
    .did = Nothing was changed.
    .next = Send the key as Authorization: Bearer, and nothing else.

restore-words = Make version { $version } the newest one again.

trial-title = Trying { $title }, version { $version }

doctor-repair-ask = { $step } Do it now?
doctor-repaired = Done: { $step }

error-reason-needed = “{ $task }” was paused because of something dangerous.
    .did = It stays paused.
    .next = Say why it may go on; the reason is kept with the decision.

error-question-open = “{ $task }” waits for an answer.
    .did = It was not let on without one.
    .next = Answer the question of its conversation.
