"""What each page is for, in plain words: shown behind the question mark of the page.

A page is known by the name of its address. Pages that are one step of the same thing share their words.
"""

from django.utils.translation import gettext_lazy as _

from registry.web.help.of_reviewers import OF_REVIEWERS
from registry.web.help.topic import ONE_FINDING, PERSON, Topic

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
    **dict.fromkeys(
        ("auditor:samples", "auditor:sample_new", "auditor:sample", "auditor:sample_item"), _SAMPLES
    ),
    "auditor:between": Topic(
        _(
            "Two days side by side: how many were not in line with each rule then and now, and how many were"
            " opened and resolved between. Follow a number to the lines behind it. A large branch is counted"
            " beside your work, and the page shows how far it is."
        ),
        ("as-of", "finding"),
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
    "auditor:finding": ONE_FINDING,
    "auditor:official": PERSON,
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
    **OF_REVIEWERS,
}  # fmt: skip
