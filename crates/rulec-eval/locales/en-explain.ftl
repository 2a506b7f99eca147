# Words of proofs, of what would confirm a rule, and of dialogues. Every key must stand in each locale; a test holds that.

proof-confirmed = is confirmed
proof-ruled-out = is ruled out
proof-open = is open
proof-forced = { $count ->
    [0] No fact is needed for that
    [one] This fact forces it
   *[other] These { $count } facts force it
 }
proof-smallest = no smaller set of facts does
proof-not-smallest = none of them can be left out; whether fewer others would do was not found within the limit
proof-nothing-forces = Nothing that is known forces a verdict.
proof-full = On all that is known
heading-proof = Proof
proof-only-there = that it is there
proof-symptoms-true = a symptom of it counts
proof-symptoms-false = no symptom of it counts
proof-symptoms-unknown = whether a symptom of it counts is open
proof-present-true = { $name } is there
proof-present-false = { $name } is not there
proof-present-unknown = whether { $name } is there is open
proof-free-true = { $name } is there, and nothing else explains it
proof-free-false = { $name } is not there, or something else explains it
proof-free-unknown = whether { $name } is there and nothing else explains it is open
proof-unclaimed-true = no other cause of { $name } is confirmed
proof-unclaimed-false = another cause of { $name } is confirmed
proof-unclaimed-unknown = whether another cause of { $name } is confirmed is open
proof-named-true = the complaint names it
proof-named-false = the complaint does not name it
proof-named-unknown = whether the complaint names it is open
proof-reported-true = { $name } is reported
proof-reported-false = { $name } is not reported
proof-reported-unknown = whether { $name } is reported is open
proof-answered-true = a person says so
proof-answered-false = a person says it is not so
proof-answered-unknown = nobody was asked about it
proof-rule-true = { $name } is confirmed
proof-rule-false = { $name } is not confirmed
proof-rule-unknown = { $name } is open
proof-and-true = all of these hold
proof-and-false = not all of these hold
proof-and-unknown = not known to hold all
proof-or-true = at least one of these holds
proof-or-false = none of these holds
proof-or-unknown = none of these is known to hold
proof-before = see above
proof-deeper = not told any further
proof-left-out = { $count ->
    [one] 1 more element
   *[other] { $count } more elements
 }

next-nothing = Nothing is open: no fact could change a verdict.
next-open = Open: { $rules }
next-open-count = { $count } rules are open; --full names them
heading-next = Find out next
next-foretold = the assumptions of the pack foretell it; asked for last, because they are no evidence
next-rules = decides about { $rules }
next-then = after that: { $facts }
next-if = if { $condition } → { $text }
next-confirms = confirms { $rules }
next-rules-out = rules out { $rules }
title-now = When it happened
how-now = --now 2026-01-31T08:00:00Z, or "now" in case.yaml
how-param = --param { $name }=VALUE, or under "params" in case.yaml
next-more = { $count ->
    [one] 1 more fact; --full shows it
   *[other] { $count } more facts; --full shows them
 }

ask-head = Question { $number } ({ $count ->
    [one] 1 rule is open
   *[other] { $count } rules are open
 })
ask-keys = -  don't know    ?  why    <  take back    .  enough
ask-hint-yes-no = yes or no
ask-hint-list = several with commas, or none
ask-hint-record = a record as JSON
ask-hint-value = a value, or none
ask-hint-int = a whole number, or none
ask-hint-duration = a time such as 40s, 7min, 2h or 3d, or none
ask-hint-version = a version such as 10.0.19045, or none
ask-hint-ip = an address such as 10.0.0.4, or none
ask-hint-cidr = a network such as 10.0.0.0/8, or none
ask-hint-code = a code such as 0x80090326, or none
ask-words-yes = yes y
ask-words-no = no n
ask-words-none = none
ask-yes-or-no = yes or no, please; - if you do not know
ask-refused = that does not fit: { $text }
ask-taken-back = the answer about { $name } is taken back
ask-nothing-to-take-back = there is no answer to take back
ask-why = It decides about { $rules }.
ask-name = { $name } is what it is called in rules and with --facts.

why-not-way = { $count ->
    [one] It would be confirmed if this were otherwise
   *[other] It would be confirmed if these { $count } were otherwise
 }
why-not-or = { $count ->
    [one] Or if this were otherwise
   *[other] Or if these { $count } were otherwise
 }
why-not-smallest = no fewer changes do: proved
why-not-undecided = whether fewer changes do is undecided: { $count } at least are needed
why-not-now = instead of { $value }
why-not-other-text = some other text
why-not-each = { $count } entries, each { $value }
why-not-symptom = somebody would have to report { $name }
why-not-none = Undecided: none of the { $count } states that were tried confirms it, and it is not proved that none does. What stands against it now is shown by: rulec why
why-not-impossible = Nothing confirms it, whatever the facts that it reads may be, as long as all else is as it is: proved.
