# The report's own words. Every key must stand in each locale; a test holds that.

heading-symptom = Symptom
heading-candidates = Perhaps also
heading-confirmed = { $count ->
    [one] 1 confirmed cause
   *[other] { $count } confirmed causes
 }
heading-course = What to do, in this order
heading-picture = What decided it
heading-all-facts = Facts that were given or read for this
heading-faults = Faults found besides (nobody complained about them)
heading-latent = Would be a cause under another symptom
heading-open = Open
heading-covered = Explained by another cause
heading-ruled-out = Ruled out
heading-missing = Facts that are missing
heading-questions = Symptoms that nobody was asked about
heading-facts = Given and filled in
heading-files = Read from
heading-broken = Assumptions that do not hold

html-title = Report
skip-to-causes = Skip to the causes
glance-confirmed = confirmed
glance-open = open
glance-ruled-out = ruled out
glance-covered = explained by another cause
course-link = see its steps
course-instead = or instead

nothing-recognised = nothing was recognised in this text: { $text }
nothing-recognised-at-all = The complaint names no symptom of this pack, so no cause of a symptom is looked at.
nothing-recognised-help = Give the exact message or its code, or the name of a symptom.
no-complaint = No symptom was given: all { $count } of the pack are looked at.
no-complaint-help = Give one with --symptom: the message, its code, or the symptom's name.
open-count = { $rules } rules are open, { $facts } facts are missing.
open-count-help = Say what the person sees, or see them all with --full.
latent-count = { $count } more rules of symptoms that nobody reported are open.
latent-count-help = See them all with --full.
folder-unreadable = missing here, because it could not be read:
folder-unread = nothing was read from the case; files that nothing read: { $files }
folder-unread-more = nothing was read from the case; files that nothing read: { $files } and { $count } more
nothing-confirmed = No cause is confirmed.
nothing-left = No cause is confirmed, and none is open: this pack knows no other.

heading-recognised = Recognised
heading-undecided = One of these, and what tells them apart is missing
heading-codes = Codes in the text
belongs-to-nothing = This text names no symptom of this pack.
code-claimed = of { $symptoms }
code-unclaimed = no symptom of this pack has it
codes-more = and { $count } more

by-name = by its name
by-code = by the code { $matched }
by-text = by its text
by-near = by a text that is { $percent } % like its own
by-hint = a hint

because = Because
because-symptom = the symptom itself: the rule asks for nothing else
fix = Fix
fix-none = No fix is known.
fix-and = and then
fix-or = or
fix-else = if that does not help
fix-meanwhile = relief until then
only-if = only if { $condition }

comma = { ", " }
field-comma = { ", " }
semicolon = { "; " }
colon = { ": " }
with-more = { $text }, { $more }
in-brackets = { " (" }{ $text })

plain-is = { $subject }: { $value }
plain-false = { $subject }: no
plain-must-not = not true afterwards: { $subject }
plain-not = not { $value }
plain-and = { " and " }
plain-or = { " or " }
plain-group = ({ $text })
plain-there = is there
plain-some = at least one
plain-base64 = base64 and nothing else
plain-less = less than { $value }
plain-at-most = at most { $value }
plain-more = more than { $value }
plain-at-least = at least { $value }
plain-with = with { $value }
plain-without = without { $value }
plain-containing = containing { $value }
plain-beginning = beginning with { $value }
plain-ending = ending with { $value }
plain-like = like { $value }
plain-any = at least one with "{ $value }"
plain-no = none with "{ $value }"
plain-overlaps = { $left }: shares an entry with "{ $right }"
plain-networks-overlap = { $left }: overlaps "{ $right }"
plain-networks-apart = { $left }: does not overlap "{ $right }"
plain-some-inside = { $left }: at least one inside "{ $right }"
plain-inside = { $left }: inside "{ $right }"
plain-not-inside = { $left }: not inside "{ $right }"
plain-not-less = not less than { $value }
plain-not-at-most = not at most { $value }
plain-not-more = not more than { $value }
plain-not-at-least = not at least { $value }
plain-not-containing = not containing { $value }
plain-not-beginning = not beginning with { $value }
plain-not-ending = not ending with { $value }
plain-not-like = not like { $value }
plain-reported = the code { $value } was reported
plain-not-reported = the code { $value } was not reported
plain-apart = { $left }: shares no entry with "{ $right }"
plain-differs = { $left }: not the same as "{ $right }"
plain-less-than = { $left }: less than "{ $right }"
plain-no-more-than = { $left }: no more than "{ $right }"
plain-same = { $left }: the same as "{ $right }"
plain-among = { $left }: one of "{ $right }"
plain-not-among = { $left }: none of "{ $right }"
risk = Risk
needs = Needs
excludes = Not together with
verify = Check
undo = Undo
docs = See
likelihood-common = a common cause
likelihood-occasional = an occasional cause
likelihood-rare = a rare cause

risk-none = none
risk-note = { $text }. { $more }
risk-restart = restart
risk-outage = outage
risk-data-loss = loss of data
risk-security = less security
risk-for = { $risk } for { $scope }
scope-user = the user
scope-machine = the machine
scope-network = the network
scope-gateway = the gateway
scope-all-clients = all clients
scope-tenant = the tenant

need-administrator = administrator where the steps are done
need-azure = Azure role "{ $role }"
need-entra = Entra role "{ $role }"

ruled-out-note = As things stand these are not the cause. What is missing now can hide another cause: after a repair, collect the evidence anew and run again.
ruled-out-condition = its condition is false
ruled-out-overridden = already explained by { $rules }
ruled-out-otherwise = only where no other cause is confirmed, and one is: { $rules }
ruled-out-symptoms = { $count ->
    [one] 1 rule: nobody reported its symptom
   *[other] { $count } rules: nobody reported their symptoms
 }

open-cause = it would be: { $cause }
open-tests = not known whether: { $tests }
open-needs = needs { $facts }
open-asks = hangs on whether { $symptoms } is there
open-waits = to be decided first: { $rules }
column-fact = Fact
column-value = Value
column-why = Why
column-from = Where from
missing-why = why
missing-from = where from
missing-ask = ask
question-give = if so: --symptom { $name }
missing-help-html = Whatever of these you find out, write it into a file as "name: value", under the name in typewriter letters, and run again with --facts FILE. Write null for what is not there, [] for an empty list.
missing-help = Whatever of these you find out, write it into a file as "name: value", under the name that stands first in each entry, and run again with --facts FILE. Write null for what is not there, [] for an empty list.

value-absent = not there
value-certificate = { $text } (certificate, SHA-1 { $thumbprint })
value-pem-encoded-twice = { $text } (a PEM file that was encoded once more; the certificate in it: SHA-1 { $thumbprint })
value-secret = [secret]
value-none = none
value-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
 }
one-of = one of { $list }
one-of-titled = one of "{ $list }"
is-empty = { $list } is empty
length-of = number of characters in "{ $text }"
certificate-in = certificate in "{ $text }"
sum-of = { $left } plus { $right }
difference-of = { $left } minus { $right }
number-of = number of { $list }
duration-d = { $count ->
    [one] 1 day
   *[other] { $count } days
 }
duration-h = { $count } h
duration-min = { $count } min
duration-s = { $count } s
duration-ms = { $count } ms
value-perhaps = perhaps { $value }
value-yes = yes
value-no = no
value-unknown = unknown ({ $reason })
reason-not-collected = nobody looked
reason-denied = access was refused
reason-timed-out = no answer in time
reason-unsupported = cannot be read here
reason-malformed = what was found does not fit
reason-missing = nothing was there
reason-over-budget = too large to read whole

heading-changed = What became of the causes
heading-checked = Checks of the repairs
nothing-was-confirmed = No cause was confirmed before, and none is now.
change-gone = gone
change-still = still there
change-new = new
change-hidden = hidden
change-unknown = not known
check-holds = passed
check-fails = failed
check-unknown = not known
check-person = look for yourself

source-given = given by the case
source-clock = the time of the run
source-of-all = these { $count }: { $source }
source-default = default, nothing is there
source-ask = said by a person
source-case = filled in by the case
at-time = on { $time }
detail-only = the only { $kind }
detail-none = the case has no { $kind }
detail-not-known = the person who was asked does not know
detail-time-over = the time for this case was over

broken-note = The proofs of the checker do not hold for this case.

# What one must be to read a place, by how its kind says it.
privilege-reader = Azure role "Reader"
privilege-reader-for-post-a-role-that-has-the-action = Azure role "Reader"; where it is asked by POST, a role that has the action
privilege-a-directory-reader = Entra role "Directory Readers"
privilege-log-analytics-reader = Azure role "Log Analytics Reader"
privilege-monitoring-reader = Azure role "Monitoring Reader"
privilege-for-currentuser-the-users-own-session = the session of the user who dials, for CurrentUser
privilege-for-the-users-profile-the-users-own-session = the session of the user who dials, for the user's profile
privilege-for-the-users-phonebook-the-users-own-session = the session of the user who dials, for the user's phone book
privilege-the-session-of-the-user-who-dialled = the session of the user who dials
privilege-none-for-the-security-log-administrator = administrator, for the Security log
privilege-the-users-own-session = the session of the user who dials
privilege-for-the-users-settings-the-users-own-session = the session of the user who dials, for the user's settings
privilege-none-for-values-of-the-user-the-users-own-session = the session of the user who dials, for values of the user

# Places: kinds of sources, then what narrows them down.
place-azure-activity = Azure activity log
place-azure-arm = Azure resource
place-azure-graph = Microsoft Graph
place-azure-logs = Log Analytics workspace
place-azure-metrics = metrics of the Azure resource
place-azure-vpn-package = downloaded VPN client package
place-file-certificates = certificate file
place-file-crl = certificate revocation list in the file
place-file-ini = file
place-file-json = JSON file
place-file-lines = text file
place-file-xml = XML file
place-network-dns = DNS lookup
place-network-http = attempt to open the address
place-network-ike = IKE probe over UDP
place-network-tcp = attempt to connect over TCP
place-network-time = comparison with the time server
place-network-tls = certificate shown by the TLS server
place-windows-adapters = network adapters of the machine
place-windows-appx = installed app
place-windows-certificates = Windows certificate store
place-windows-cm-profile = Connection Manager profile
place-windows-command = output of the command
place-windows-connection = VPN connection
place-windows-device = device in Device Manager
place-windows-drivers = drivers of the network cards
place-windows-events = Windows event log
place-windows-nrpt = name resolution policy table (NRPT)
place-windows-phonebook = VPN connection in the phone book
place-windows-phonebooks = all phone books
place-windows-power = power settings
place-windows-proxy = proxy settings
place-windows-registry = Windows registry
place-windows-routes = routing table of the machine
place-windows-service = Windows service
place-windows-system = name and version of the system
place-windows-updates = installed Windows updates
place-api = API version { $value }
place-as = as the system's account
place-each = once for each of "{ $value }"
place-id = event ID { $value }
place-metric = metric { $value }
place-newest = only the newest { $value }
place-on = on the machine { $value }
place-operation = operation { $value }
place-post = asked by POST
place-provider = source { $value }
place-query = query "{ $value }"
place-server = asked of the server { $value }
place-since = of the last { $value }
place-status = outcome { $value }
place-at-entry = entry { $value }
place-at-field = field { $value }
place-at-lines = lines like "{ $value }"
place-at-value = value { $value }
