# Progress, cards and endings of a run.

outcome-delivered = Delivered.
outcome-answered = Answered.
outcome-refused = Refused: MultiCoder does not build this.
outcome-rejected = Rejected by you; nothing was built.
outcome-stopped = Stopped; what was made so far is kept.
outcome-cancelled = Cancelled; what was made so far is kept.

delivery-done =
    { $title }, version { $version }, is finished and was started to see that it lives.
    File: { $artifact }
    Evidence: { $evidence }
delivery-tests = { $passed ->
    [one] { $passed } test passed.
   *[other] { $passed } tests passed.
  }
delivery-unchecked = Nobody could check this without eyes; please look at it yourself:
delivery-weak-tests = The tests would not notice this fault: { $fault }
delivery-restored = This is version { $version } again, byte for byte; its tests ran when it was made.

progress-opening = Opening the workshop ...
progress-received = Task received: run { $run }.
progress-understood = Understood: { $understood }
progress-memory-recalled = Remembered: { $count ->
    [one] { $count } place
   *[other] { $count } places
  } in what was said and kept before.
progress-memory-kept = Kept in the memory: { $files ->
    [one] { $files } file
   *[other] { $files } files
  }, { $lessons ->
    [one] { $lessons } lesson
   *[other] { $lessons } lessons
  }.
progress-memory-not-asked = The memory gave no answer ({ $code }). The work goes on without it: earlier talk, decisions and lessons are not known to this run. Nothing that was kept is lost; the board says what is wrong with the memory.
progress-memory-not-kept = The memory did not take in this version ({ $code }). The version itself is delivered and whole; later runs will not find its files and lessons. The board says what is wrong with the memory.
progress-verdict-green = Judge: green.
progress-verdict-yellow = Judge: YELLOW, think twice.
progress-verdict-red = Judge: RED, not to be built.
progress-verdict-none = Judge: not judged, no model could be reached.
progress-decision = Decision ({ $via }): { $decision }
progress-plan = Plan: { $title } - { $count ->
    [one] { $count } module
   *[other] { $count } modules
  } to make: { $modules }
progress-calling = { $who } at work{ $module }
fault-in-words = { $fault ->
    [bad_key] the key was not accepted
    [no_money] no credit left
    [region] not offered in your region
    [model_gone] no such model any more
    [rate_limited] too many requests
    [too_long] the text did not fit
    [refused] refused to answer
    [malformed] an unusable answer
   *[transient] no whole answer
  }
progress-substituted = { $failed }: { fault-in-words }; next: { $next } in { $seconds } s
substituted = written by { $model } instead of { $failed }: { fault-in-words }
progress-draft-accepted = { $module }: draft { $draft } accepted ({ $model })
progress-draft-sent-back = { $module }: draft { $draft } sent back: { $problem }
progress-module-chosen = { $module }: { $rivals } models wrote it, tests chose the draft of { $model }
progress-module-accepted = { $module }: done after { $drafts ->
    [one] { $drafts } draft
   *[other] { $drafts } drafts
  }
progress-module-stuck = { $module }: stuck after { $drafts } drafts
progress-tests-written = Tests written: { $files }
progress-project-fits = All modules fit together.
progress-project-faults = The modules do not fit yet: { $problem }
progress-tests-passed = Tests: { $passed } passed.
progress-tests-failed = Tests: { $passed } passed, { $failed } failed - to be repaired.
progress-mutants = The tests missed { $count } seeded faults.
progress-repair = Repairing { $module } (draft { $draft })
progress-repaired = { $module }: repaired (draft { $draft })
progress-build = Building ({ $target }) ...
progress-built = Built: { $size } MB.
progress-build-failed = The build failed - to be repaired.
progress-smoke = Starting the finished program to see that it lives ...
progress-smoke-ok = Seen: { $fact }
progress-smoke-failed = The finished program did not live - to be repaired.
progress-delivered = Delivered: { $artifact }
progress-moved = This becomes a project of its own: { $project }.
progress-research-planned = To be looked up: { $queries }
progress-research-nothing = Nothing has to be looked up.
progress-research-off = Nothing is looked up: the internet is switched off for this run.
progress-research-absent = Nothing is looked up: research is not set up here.
progress-research-refused = Nothing is looked up: you said not now. The run goes on without.
progress-research-searched = Searched ({ $engine }): { $query } - { $hits ->
    [0] no result
    [one] { $hits } result
   *[other] { $hits } results
  }
progress-research-tried = { $engine } did not help ({ $fault }).
progress-research-read = Read: { $title } - { $url }
progress-research-failed = { $url } brought nothing ({ $code }). The run goes on without.
progress-research-failed-all = Nothing could be looked up ({ $code }). The run goes on without what the internet knows.
progress-research-finished = Looked up: { $findings ->
    [one] { $findings } finding
   *[other] { $findings } findings
  } with { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
  }.
progress-research-dropped = Left out, because no line read says so: { $count ->
    [one] { $count } finding
   *[other] { $count } findings
  }.
progress-tainted = Text of strangers was read: packages and further searches about errors ask first from now on.
progress-download-decided = { $decision ->
    [allow] Allowed to be downloaded
   *[refuse] Not to be downloaded
  } ({ $via }): { $address } at { $commit }
progress-download-started = Downloading { $address } at { $commit } ...
progress-download-failed = { $address } was not downloaded ({ $code }). The run goes on without it.
answer-sources = Sources:
delivery-third-party = Files of others may have been used; where they are from and under which licence is said in THIRD_PARTY.md.
third-party-title = Parts of this program may come from these repositories. They were downloaded with consent at the commits named.
progress-restored = Version { $restored } was fetched and becomes version { $version }.
progress-held = Stopped to ask: { $what }
progress-totals = { $calls } calls, { $tokens } tokens, { $cost }, { $seconds } s

who-router = Router
who-judge = Judge
who-architect = Architect
who-coder = Coder
who-reviewer = Reviewer
who-tester = Tester
who-packager = Packager
who-converse = MultiCoder
who-researcher = Researcher

module-state-waiting = waiting
module-state-writing = writing
module-state-checking = checking
module-state-reviewing = in review
module-state-fixing = fixing
module-state-accepted = done
module-state-kept = unchanged
module-state-stuck = stuck
column-module = Module
column-state = State
column-model = Model
column-tokens = Tokens
column-cost = Cost
cost-unknown = price unknown
cost-usd = { $usd } USD

decision-approve = approve
decision-modify = modify
decision-reject = reject
decision-answer = answer
decision-retry = try again
decision-allow = allow
decision-refuse = refuse
decision-stop = stop

card-task = Approve the task?
card-plan = Approve the plan?
card-code = The judge has doubts about the finished code. Deliver it all the same?
card-questions = Before the work begins (Enter takes the default):
card-purpose = What will this be used for?
card-hold = The run stopped and waits for you.
card-web = Look this up on the internet?
card-consent = Download these repositories?
card-web-searches = To be searched for:
card-web-tainted = Text of strangers was read in this run, so these searches are shown first.
card-web-once = Your word holds for the whole run. Nothing is downloaded with it.
card-repository = { $address }, commit { $commit }
card-repository-facts = licence: { $licence }; size: { $size }; stars: { $stars }; last change: { $changed }{ $archived ->
    [yes] {"; archived"}
   *[no] {""}
  }
card-repository-what = Wanted of it: { $what }
card-repository-why = Why: { $why }
card-repository-unknown = not told
card-consent-ask = Download { $address }? ({ $options }; Enter = refuse):{" "}
card-consent-note = What you leave open is not downloaded.
card-understood = Understood: { $understood }
card-level-green = GREEN
card-level-yellow = YELLOW
card-level-red = RED
card-level-none = NOT JUDGED
card-feasibility = Feasibility: { $text }
card-recommendation = Recommendation: { $text }
card-reasons = Reasons:
card-modules = Modules:
card-acceptance = It is done when:
card-notes = Decided for you:
card-estimate = Estimate: about { $calls } calls, { $tokens } tokens.
card-time = Time: about { $minutes } minutes, as earlier programs of this team took.
card-time-unknown = Time: no figures yet; this team has finished no program here.
card-caps = Hard limits: { $caps }
cap-usd = { $value } USD
cap-tokens = { $value } tokens
cap-calls = { $value } calls
cap-minutes = { $value } minutes
card-choose = Your decision ({ $options }):{" "}
card-default = [{ $default }]
card-modify-text = What should be different?{" "}
card-retry-text = A word of advice for the team (may be empty):{" "}
card-retry-limit = { $cap ->
    [usd] New limit in USD
    [tokens] New limit in tokens
    [calls] New limit of calls
   *[minutes] New limit in minutes
  } (Enter = unchanged):{" "}
card-not-a-number = Please type a number greater than zero.
card-purpose-text = What for (Enter = reject the task):{" "}
card-not-an-option = Please type one of: { $options }

waiting-for-person = The run { $run } waits for your decision. Go on with: { -command } resume { $run }
paused-run = The run { $run } is paused, nothing is lost. Go on with: { -command } resume { $run }
pausing = Pausing safely ... (Ctrl+C again ends at once)
runs-none = There are no runs yet.
column-run = Run
column-outcome = Outcome
column-created = Created
column-task = Task
state-unfinished = unfinished
show-steps = Steps (go back with: { -command } rewind { $run } STEP):
show-versions = Versions of this project:
show-events = What happened:
show-spent = Spent: { $calls } calls, { $tokens } tokens, { $cost }
show-diff = Changes against the version before:
cancel-asked = The run { $run } was asked to stop.
cancel-done = The run { $run } is cancelled.
rewind-done = Gone back to step { $step } of { $run }. Go on with: { -command } resume { $run }
