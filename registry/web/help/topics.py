"""What each page is for, in plain words: shown behind the question mark of the page.

A page is known by the name of its address. Pages that are one step of the same thing share their words.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registry.web.help.glossary import GLOSSARY, Term

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Topic:
    """Help for a page: a few sentences, and the words worth looking up."""

    text: "StrPromise"
    words: tuple[str, ...] = ()

    @property
    def terms(self) -> list[Term]:
        """The words as the glossary has them."""
        return [term for term in GLOSSARY if term.code in self.words]


_DECLARING = Topic(
    _(
        "Paste the link as your browser shows it; the register says at once what it recognised. Then say"
        " what the account shows. Everything is kept as you go, so you can leave and come back. Nothing"
        " reaches HR before you submit."
    ),
    ("account", "declaration", "force"),
)
_OWN_ACCOUNT = Topic(
    _(
        "What is registered about this account. Confirm it once a year, change it when the account shows"
        " something else, close it when you no longer use it. A change goes to HR; what stood before stands"
        " until they decide."
    ),
    ("entry", "unconfirmed", "finding"),
)
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
_PERMANENT_ID = Topic(
    _(
        "A handle can be changed, or given up and taken by somebody else; a platform's own number for the"
        " account cannot. With that number on record the register can tell whether the account is still the"
        " one that was declared."
    ),
    ("account",),
)
_CROPPING = Topic(
    _(
        "A photo that shows more than the person can be cut to a square. Only the part you keep stays in the"
        " register; to begin afresh, choose the file again."
    ),
    ("account",),
)
_OWN_DUTIES = Topic(
    _(
        "Rules differ: what one body asks for, another forbids. Here stands what the rules of your own agency"
        " ask of you today, whether it must or should be, and where it is written."
    ),
    ("force", "profile"),
)
_OWN_INCIDENTS = Topic(
    _(
        "If you lost an account, somebody took it over, or somebody poses as you, report it here. The page"
        " keeps whom to tell and by when; note each time somebody was told."
    ),
    ("incident",),
)
_OWN_DECLARATIONS = Topic(
    _(
        "Every declaration you made and what became of it. Returned ones say what to correct, field by"
        " field; what you correct goes back to HR."
    ),
    ("declaration", "entry"),
)
_PERSON = Topic(
    _(
        "One person: the staff record, what they declared, and what was found. Opening this page is noted,"
        " and the person can see that you did."
    ),
    ("account", "unconfirmed", "finding", "nil"),
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
        "What is recorded of an agency: whom to write to about HR, its own regulation on declaring"
        " accounts, and the rule profile it is measured by. Changing the profile or the regulation has"
        " everybody below checked again."
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
_ONE_FINDING = Topic(
    _(
        "What was compared, which text it rests on and how strongly that speaks, and everything that"
        " happened to this finding since it first opened."
    ),
    ("finding", "force", "waiver", "contest"),
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
        "Accounts that two people claim. Decide with what each side has shown; neither side learns who the"
        " other is."
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
_EXPORTS = Topic(
    _(
        "Take the list out as CSV or XLSX, as it stands or as of a day. Each file comes with a signed"
        " manifest, and every export is noted."
    ),
    ("as-of", "manifest"),
)
_DATA = Topic(
    _(
        "Everything the register holds about you, where it came from and how long it is kept; who looked at"
        " it; and a copy to take along. Where something is wrong or should go, ask here: the page shows by"
        " when you must be answered."
    ),
)
_DATA_REQUESTS = Topic(
    _(
        "What people of your branch ask about their data, the nearest deadline first. Acknowledge within two"
        " working days, then answer in the time the page shows; a refusal says on which text it rests."
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
_SAMPLES = Topic(
    _(
        "Draw people and accounts by lot and judge each. With the same seed, branch and moment anybody draws"
        " the same again, so the choice can be proved. What failed last time is added by itself."
    ),
    ("as-of", "manifest"),
)
_LAW = Topic(
    _(
        "The documents and articles the rules rest on, how strongly each speaks, and how well it is known"
        " here: from the full text, a summary or the press. Choose a day to see what was in force then."
    ),
    ("force", "profile"),
)

_LOOKUP = Topic(
    _(
        "Paste the address of a page, its handle or its name. The register answers from what agencies have"
        " enrolled and confirmed; “not registered” is no proof of a fake. What looks like an official page is"
        " set beside it letter by letter. The address of the answer can be sent on."
    ),
    ("as-of",),
)
_DIRECTORY = Topic(
    _(
        "Agencies with their official pages, and the platforms they are on. An agency without a mark has not"
        " enrolled its pages yet: then the register cannot say which are theirs."
    ),
)
_IMPOSTOR = Topic(
    _(
        "Tell an agency that a page poses as it. Nothing about you is asked or kept; the number you get is"
        " the only way to see what becomes of it."
    ),
)

TOPICS: dict[str, Topic] = {
    "style": Topic(
        _(
            "The parts that every page is built of, in each of their states. Look here before building a new"
            " part, and look here again after changing one."
        )
    ),
    **dict.fromkeys(("home", "citizen:lookup", "citizen:page"), _LOOKUP),
    **dict.fromkeys(
        ("citizen:agencies", "citizen:agency", "citizen:platforms", "citizen:platform"), _DIRECTORY
    ),
    **dict.fromkeys(("citizen:report", "citizen:tickets", "citizen:ticket"), _IMPOSTOR),
    "citizen:open_data": Topic(
        _("Every official page as a file, what its columns say, and on which terms it may be used.")
    ),
    **dict.fromkeys(
        ("reviewer:impostors", "reviewer:impostor"),
        Topic(
            _(
                "Reports from citizens about pages that pose as agencies of your branch. What you answer is"
                " seen by whoever has the number; a page you confirm as a fake is told as one to everybody."
            )
        ),
    ),
    "login": Topic(
        _("Sign in with the name and password you chose when you opened your invitation."),
    ),
    "activate": Topic(
        _("Choose a password; that is all. The invitation works once, and only for you."),
    ),
    "password_change": Topic(_("Choose another password. You stay signed in here, and nowhere else.")),
    **dict.fromkeys(
        ("law:sources", "law:source", "law:article", "law:rules", "law:rule", "law:profiles", "law:profile"),
        _LAW,
    ),
    "official:home": Topic(
        _(
            "What is registered for you, what is missing, and what you have to do by when. Only you, your"
            " HR officer and the auditors of your branch see it."
        ),
        ("account", "nil", "finding"),
    ),
    **dict.fromkeys(
        ("official:declare", "official:link", "official:details", "official:check", "official:change"),
        _DECLARING,
    ),
    "official:crop": _CROPPING,
    "official:duties": _OWN_DUTIES,
    "official:none": Topic(
        _("Say that you have no account. You can declare one at any time later."), ("nil",)
    ),
    "official:code": Topic(
        _(
            "The code of conduct in its present wording. That you have read and accept it is kept with the"
            " day."
        )
    ),
    **dict.fromkeys(
        ("official:incidents", "official:report_incident", "official:incident"),
        _OWN_INCIDENTS,
    ),
    **dict.fromkeys(
        ("official:declarations", "official:declaration", "official:withdraw"),
        _OWN_DECLARATIONS,
    ),
    "official:finding": Topic(
        _(
            "What was found about your account and why. Correct it and it resolves by itself; if it is not"
            " right, say so and HR has to answer."
        ),
        ("finding", "contest", "force"),
    ),
    **dict.fromkeys(
        ("official:account", "official:confirm", "official:confirm_all", "official:close"), _OWN_ACCOUNT
    ),
    **dict.fromkeys(
        ("official:permanent_id", "reviewer:identifiers", "reviewer:handle", "reviewer:strike_identifier"),
        _PERMANENT_ID,
    ),
    **dict.fromkeys(
        (
            "official:data", "official:looks", "official:data_requests", "official:data_request",
            "official:data_ask",
        ),
        _DATA,
    ),
    **dict.fromkeys(("reviewer:data_requests", "reviewer:data_request"), _DATA_REQUESTS),
    **dict.fromkeys(("reviewer:merge", "reviewer:merger", "reviewer:merger_take_back"), _MERGER),
    **dict.fromkeys(
        ("auditor:samples", "auditor:sample_new", "auditor:sample", "auditor:sample_item"), _SAMPLES
    ),
    "auditor:between": Topic(
        _(
            "Two days side by side: how many were not in line with each rule then and now, and how many were"
            " opened and resolved between. Follow a number to the lines behind it."
        ),
        ("as-of", "finding"),
    ),
    "reviewer:home": Topic(
        _(
            "Your branch at a glance: what waits for you, who has declared and who has not. A unit without"
            " a staff list is shown as such and counts for nothing."
        ),
        ("finding", "nil"),
    ),
    **dict.fromkeys(("reviewer:staff", "reviewer:list_save", "reviewer:list_forget"), _STAFF),
    **dict.fromkeys(("reviewer:remind", "reviewer:reminder"), _REMINDING),
    **dict.fromkeys(("reviewer:move_people", "reviewer:move", "reviewer:move_undo"), _MOVING),
    **dict.fromkeys(
        ("reviewer:invitations", "reviewer:invite", "reviewer:withdraw_invitation"),
        Topic(_(
            "Send people the link with which they open their login. It works once and for some days."
        )),
    ),
    **dict.fromkeys(("reviewer:official", "reviewer:edit"), _PERSON),
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
    **dict.fromkeys(("reviewer:disputes", "reviewer:dispute"), _DISPUTES),
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
    **dict.fromkeys(("reviewer:finding", "reviewer:finding_undo"), _ONE_FINDING),
    **dict.fromkeys(("reviewer:waivers", "reviewer:waiver", "reviewer:waiver_undo"), _WAIVERS),
    **dict.fromkeys(
        ("reviewer:incidents", "reviewer:incident", "reviewer:report_incident"), _INCIDENTS
    ),
    "auditor:home": Topic(
        _(
            "How many are not in line with each rule, and how far each unit has come. Follow a number to"
            " the lines behind it."
        ),
        ("finding", "unchecked"),
    ),
    "auditor:list": Topic(
        _(
            "One line for each person or account and finding; who has nothing against them has a line too,"
            " so the list also shows who was looked at. Choose a day to see it as it stood then."
        ),
        ("as-of", "unchecked", "waiver"),
    ),
    "auditor:finding": _ONE_FINDING,
    "auditor:official": _PERSON,
    "auditor:then": Topic(
        _("What today's rules say of this person on the facts and the law of a day in the past."), ("as-of",)
    ),
    **dict.fromkeys(("auditor:exports", "auditor:export", "auditor:order"), _EXPORTS),
    **dict.fromkeys(
        ("auditor:runs", "auditor:run"),
        Topic(
            _("What was checked when, how long it took, and what could not be checked and why."),
            ("run", "unchecked"),
        ),
    ),
}  # fmt: skip
