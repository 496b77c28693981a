# Web chats as models. $model is "provider:model", $detail names file and line of the recipe where that says more.

error-web-bad-key = { $model }: nobody is signed in on the page, or it asks whether a person is there. { $detail }
    .did = Nothing was sent there; no other model could take over.
    .next = Sign in { -web-sign-in }, then continue with { -resume }.

error-web-rate-limited = { $model } takes no message for now. { $detail }
    .did = The page is left alone until then, as a person would; no other model could take over.
    .next = Continue later with { -resume }, or add a second provider.

error-web-too-long = { $model }: the message or the answer did not fit on the page. { $detail }
    .did = Half an answer was not used; no other model could take over.
    .next = Add a provider with an API and continue with { -resume }.

error-web-malformed = The page of { $model } is not as its recipe says. { $detail }
    .did = The page was left as it was; no other model could take over.
    .next = Mend that line (docs/web-chats.md says how) or add another provider, then continue with { -resume }.

error-web-transient = { $model } gave no whole answer. { $detail }
    .did = Tried again with growing pauses and asked every other model that was available.
    .next = Check the Internet connection and continue with { -resume }.

error-no-web-chat = { $provider } is no web chat.
    .did = Nothing was opened.
    .next = A key is entered { -add-provider }.

web-sign-in-open = { $provider } is opening in a window of its own. Sign in there, then close that window.

error-web-no-browser = No Edge, Chrome or Chromium was found on this computer.
    .did = Nothing was opened, and no browser was downloaded.
    .next = Install one of them, or use a provider with an API.

error-web-recipe-missing = There is no recipe “{ $recipe }” for a web chat.
    .did = Nothing was opened.
    .next = Put its file into the folder recipes of the data folder, or choose one of { -known-providers }.

error-web-recipe-bad = A recipe for a web chat cannot be used. { $place }: { $detail }
    .did = Nothing was opened.
    .next = Correct that line; docs/web-chats.md says what may stand there.

health-provider-web = A web chat is only looked at when it is used or checked.
    .action = To be sure, check it: { -check-provider }.

# What `{ -command } provider check` says of a web chat.
provider-check-web-valid = { $provider }: the page is as its recipe says. { $detail }
provider-check-web-bad-key = { $provider }: nobody is signed in there. Sign in with “{ -command } provider sign-in”. { $detail }
provider-check-web-limited = { $provider }: no messages are taken at the moment. { $detail }
provider-check-web-unreachable = { $provider }: the page cannot be used. { $detail }
