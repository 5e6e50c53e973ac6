"""What each page of HR is for, in plain words."""

from django.utils.translation import gettext_lazy as _

from registry.web.help.topic import ONE_FINDING, PERSON, Topic

_PAGES = Topic(
    _(
        "The pages your agency keeps itself. One officer puts a page forward, another decides; what stands"
        " is what citizens are told when they ask whether a page is really yours. When somebody who answers"
        " for it or runs it leaves, or the agency is merged, the page is flagged within a minute."
    ),
    ("account", "finding"),
)
_PAGE_SEEN = Topic(
    _(
        "Whether the agency's portal links to its page and the page to the portal, as the register saw it:"
        " each result with its day and the address that was opened. Where it could not be checked, the"
        " last result stands and the reason is told; that says nothing against the page. Only pages and"
        " portals of agencies are ever opened, never a person's account."
    ),
    ("account",),
)
_REVIEW = Topic(
    _(
        "What waits for a decision, the most urgent first, then the oldest. A case shows the staff record,"
        " what is declared and what was registered before, with what the rules say already. Approve it, or"
        " return it with a reason at each field. Cases in which the rules find nothing to look at can be"
        " approved together. Your own declarations are decided elsewhere."
    ),
    ("declaration", "entry", "eyes"),
)
_IMPORTS = Topic(
    _(
        "Load the list as you keep it: the register finds the headings itself. You see what would change"
        " before anything is written, apply the good rows, and get the refused ones back to correct. An"
        " import can be undone while nobody has gone on from it."
    ),
    ("unconfirmed", "entry"),
)
_AGENCY = Topic(
    _(
        "What is recorded of an agency: whom to write to about HR, its portal, its own regulation on"
        " declaring accounts, and the rule profile it is measured by. Changing the profile or the regulation"
        " has everybody below checked again."
    ),
    ("profile", "force"),
)
_FINDINGS = Topic(
    _(
        "What is not in line or could not be checked in your branch. Choose by rule, unit or state. Several"
        " can be waived together, with one reason; each resolves by itself once its cause is gone."
    ),
    ("finding", "unchecked", "waiver", "contest"),
)
_WAIVERS = Topic(
    _("Each waiver with its reason and its last day. Taking one back opens its findings again at once."),
    ("waiver",),
)
_INCIDENTS = Topic(
    _("Accounts of your branch that were lost, taken over or imitated, and who has been told of each."),
    ("incident",),
)
_DISPUTES = Topic(
    _(
        "Accounts that two people claim, and pages that two agencies claim. Decide with what each side has"
        " shown; neither side learns who the other is. Until then what stands goes on standing, and citizens"
        " are answered by it alone."
    ),
    ("dispute",),
)
_STAFF = Topic(
    _(
        "Everybody on the staff lists of your branch, by given name. Type without diacritics; the beginnings"
        " of words of the name are enough. What you chose can be kept under a name. Tick people, or all who"
        " match, to remind them, to waive what stands about them, or to move them to another unit: each"
        " shows first whom it concerns."
    ),
    ("nil", "unconfirmed", "finding"),
)
_REMINDING = Topic(
    _(
        "Letters to people who have something left to do: to declare, to confirm, or to answer a finding."
        " Who has left, has no e-mail address or was reminded today gets none. The letters go out by"
        " themselves; you can leave the page and come back."
    ),
    ("unconfirmed", "finding"),
)
_MOVING = Topic(
    _(
        "Several people change to another unit of your branch at once. Choose the unit, see who would move,"
        " then move them. It can be undone while nobody of them was changed since. When a whole unit ends,"
        " record its merger instead."
    ),
)
_ACTS = Topic(
    _(
        "What is done to many at once is done by the register in the background: wholly or not at all. The"
        " page shows how far it is; you may close it. Afterwards it says to whom it was not done, and why."
    ),
)
_DATA_REQUESTS = Topic(
    _(
        "What people of your branch ask about their data, the nearest deadline first. Acknowledge within two"
        " working days, then answer in the time the page shows, which can be extended once with a reason; a"
        " refusal says on which text it rests."
    ),
)
_MERGER = Topic(
    _(
        "Merge a unit into another: the page first shows whom and what it touches. Nothing is written before"
        " you confirm. A day in the future is kept and carried out on that day; until others have gone on"
        " from it, it can be taken back."
    ),
    ("as-of",),
)

OF_REVIEWERS: dict[str, Topic] = {
    **dict.fromkeys(
        ("reviewer:impostors", "reviewer:impostor"),
        Topic(
            _(
                "Reports from citizens about pages that pose as agencies of your branch. What you answer is"
                " seen by whoever has the number; a page you confirm as a fake is told as one to everybody."
            )
        ),
    ),
    **dict.fromkeys(
        ("reviewer:data_requests", "reviewer:data_request", "reviewer:data_extend"), _DATA_REQUESTS
    ),
    **dict.fromkeys(("reviewer:merge", "reviewer:merger", "reviewer:merger_take_back"), _MERGER),
    "reviewer:home": Topic(
        _(
            "Your branch at a glance: what waits for you, who has declared and who has not. A unit without"
            " a staff list is shown as such and counts for nothing."
        ),
        ("finding", "nil"),
    ),
    **dict.fromkeys(("reviewer:staff", "reviewer:list_save", "reviewer:list_forget"), _STAFF),
    **dict.fromkeys(("reviewer:remind", "reviewer:reminder"), _REMINDING),
    **dict.fromkeys(("reviewer:acts", "reviewer:act"), _ACTS),
    **dict.fromkeys(("reviewer:move_people", "reviewer:move", "reviewer:move_undo"), _MOVING),
    **dict.fromkeys(
        ("reviewer:invitations", "reviewer:invite", "reviewer:withdraw_invitation"),
        Topic(_(
            "Send people the link with which they open their login. It works once and for some days."
        )),
    ),
    **dict.fromkeys(("reviewer:official", "reviewer:edit"), PERSON),
    **dict.fromkeys(
        ("reviewer:register", "reviewer:close"),
        Topic(
            _(
                "Register an account for somebody, from paper or a call. It stands as unconfirmed until the"
                " person confirms it."
            ),
            ("unconfirmed", "entry"),
        ),
    ),
    **dict.fromkeys(
        (
            "reviewer:queue",
            "reviewer:case",
            "reviewer:approve",
            "reviewer:return",
            "reviewer:open",
            "reviewer:leave",
            "reviewer:together",
        ),
        _REVIEW,
    ),
    **dict.fromkeys(("reviewer:disputes", "reviewer:dispute", "reviewer:page_dispute"), _DISPUTES),
    **dict.fromkeys(
        (
            "reviewer:imports", "reviewer:upload", "reviewer:import", "reviewer:import_apply",
            "reviewer:import_discard", "reviewer:import_undo", "reviewer:import_columns",
        ),
        _IMPORTS,
    ),
    **dict.fromkeys(
        (
            "reviewer:agencies", "reviewer:agency", "reviewer:contact", "reviewer:regulation",
            "reviewer:strike", "reviewer:profile",
        ),
        _AGENCY,
    ),
    **dict.fromkeys(
        (
            "reviewer:pages", "reviewer:page", "reviewer:page_declare", "reviewer:page_change",
            "reviewer:page_transfer", "reviewer:page_close", "reviewer:page_confirm", "reviewer:page_case",
            "reviewer:page_correct", "reviewer:page_approve", "reviewer:page_return",
            "reviewer:page_withdraw", "reviewer:fake", "reviewer:fake_withdraw",
        ),
        _PAGES,
    ),
    **dict.fromkeys(("reviewer:page_seen", "reviewer:page_look"), _PAGE_SEEN),
    **dict.fromkeys(("reviewer:findings", "reviewer:waive", "reviewer:waive_people"), _FINDINGS),
    **dict.fromkeys(("reviewer:finding", "reviewer:finding_undo"), ONE_FINDING),
    **dict.fromkeys(("reviewer:waivers", "reviewer:waiver", "reviewer:waiver_undo"), _WAIVERS),
    **dict.fromkeys(
        ("reviewer:incidents", "reviewer:incident", "reviewer:report_incident"), _INCIDENTS
    ),
}  # fmt: skip
