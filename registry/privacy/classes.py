"""What kind of thing every field of the database is, how long its table is kept, and who is given it.

A field that is not listed fails a test, so nothing new is held about anybody without somebody having said
what it is. What a person is shown and given of themselves is read from here: every `personal` field of a
table that is about them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Privacy(StrEnum):
    """What a field is."""

    PUBLIC = "public"  # anybody may know: agencies, platforms
    INTERNAL = "internal"  # keys, positions in a search, work of the machine: tells nobody anything
    PERSONAL = "personal"  # about somebody, who is given it on asking
    SEALED = "sealed"  # given to nobody, not even the person: who has it could act as somebody


class Kept(StrEnum):
    """How long a table's rows are kept, and what ends them."""

    HISTORY = "history"
    LOGIN = "login"
    LETTERS = "letters"
    SIGN_INS = "sign_ins"
    FINDINGS = "findings"
    IMPORTS = "imports"
    WORK = "work"

    @property
    def words(self) -> "StrPromise":
        """It, said to the person."""
        return _KEPT[self]


_HISTORY = _(
    "Kept with its whole history, so that what stood on a past day can be shown. Nothing ends it by itself;"
    " ask for erasure, and HR answers within the time the law gives."
)
_KEPT: "Mapping[Kept, StrPromise]" = {
    Kept.HISTORY: _HISTORY,
    Kept.LOGIN: _("As long as the login exists. An administrator closes it when you leave."),
    Kept.LETTERS: _("Kept as the proof that you were written to. Nothing ends it by itself."),
    Kept.SIGN_INS: _("Kept for the security of the register. Nothing ends it by itself."),
    Kept.FINDINGS: _(
        "As long as the account or the person it is about is in the register; a finding resolves by itself"
        " when its cause is gone, and stays in the history."
    ),
    Kept.IMPORTS: _("Erased with the list it came from: 30 days after a plan, 90 days after it was applied."),
    Kept.WORK: _("As long as the work takes, or as what it was worked out from."),
}


@dataclass(frozen=True, slots=True)
class Table:
    """The classes of one table's fields, each a list of names with spaces between."""

    kept: Kept
    personal: str = ""
    internal: str = ""
    public: str = ""
    sealed: str = ""

    def fields(self) -> Iterator[tuple[str, Privacy]]:
        """Every field with its class."""
        for privacy in Privacy:
            for name in str(getattr(self, privacy.value)).split():
                yield name, privacy

    def named(self, privacy: Privacy) -> tuple[str, ...]:
        """The fields of one class, in the order people read them."""
        return tuple(name for name, each in self.fields() if each is privacy)


_PERIOD = "recorded_from recorded_until recorded_by"
_JUDGED = "code_version seal fired unchecked profile"

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        # --- the book
        "accounts.Agency": Table(Kept.HISTORY, internal="id public_id", public="code other_codes"),
        "accounts.AgencyRecord": Table(
            Kept.HISTORY,
            internal=f"id {_PERIOD} agency path",
            public="parent name name_en short_name aliases former_names kind portal_url contact_email"
            " contact_phone profile established_on dissolved_on legal_basis",
        ),
        "accounts.Succession": Table(
            Kept.HISTORY,
            internal="id recorded_at recorded_until",
            public="predecessor successor kind happened_on legal_basis",
        ),
        "accounts.Regulation": Table(
            Kept.HISTORY,
            internal=f"id {_PERIOD}",
            public="agency number issued_on in_force_from in_force_until obliges_declaration days_to_declare"
            " days_between_confirmations photo_max_age_days minimum_administrators",
        ),
        "accounts.Reorganisation": Table(
            Kept.HISTORY,
            internal="id public_id recorded_at recorded_by carried_out_at people ended_at ended_by trouble",
            public="agency successor happens_on number decided_on units",
        ),
        "accounts.PeopleMove": Table(
            Kept.HISTORY,
            internal="id public_id agency came_from people moved_at moved_by undone_at undone_by",
        ),
        "accounts.AgencyCoverage": Table(Kept.WORK, internal="agency_id known staff declared nil proposed"),
        "accounts.BranchCoverage": Table(
            Kept.WORK,
            internal="path above units agencies unlisted staff declared nil proposed holds_until",
        ),
        "accounts.CoverageMark": Table(Kept.WORK, internal="id agency_id"),
        "accounts.Official": Table(Kept.HISTORY, "staff_code branch", "id public_id"),
        "accounts.OfficialRecord": Table(
            Kept.HISTORY,
            f"full_name agency position category work_email employed_since status {_PERIOD}",
            "id official sort_key search_key",
        ),
        "accounts.NilReturn": Table(Kept.HISTORY, _PERIOD, "id official"),
        "accounts.Photo": Table(
            Kept.HISTORY,
            "public_id width height source_format stored_at",
            "id name sha256 source_sha256 difference_hash difference_hash_down detail_hash bands"
            " hash_version",
        ),
        "accounts.Likeness": Table(Kept.WORK, internal="id photo other cropped"),
        "accounts.Account": Table(Kept.HISTORY, internal="id public_id", public="platform"),
        "accounts.AccountIdentifier": Table(
            Kept.HISTORY, f"platform kind shown url {_PERIOD}", "id account", sealed="key"
        ),
        "accounts.Ownership": Table(Kept.HISTORY, f"account {_PERIOD}", "id official agency"),
        "accounts.DeclaredFacts": Table(
            Kept.HISTORY,
            "id account name_shown photo photo_problem agency_shown agency_resolved disclaimer commitments"
            " commitments_version opened_on declared_on stated_at stated_by",
            "official agency",
        ),
        "accounts.PageFacts": Table(
            Kept.HISTORY,
            "facts responsible_role authorised_number authorised_on",
            "responsible badge_photo",
            public="decision_number decision_on contact_phone contact_email badge badge_from badge_evidence"
            " badge_seen_on portal_url data_notice feedback",
        ),
        "accounts.PageAdministrator": Table(Kept.HISTORY, "page", "id official"),
        "accounts.ReportedFake": Table(
            Kept.HISTORY, internal=f"id {_PERIOD}", public="account agency name_shown confirmed_on"
        ),
        "accounts.Proposal": Table(Kept.WORK, internal="facts account opened_at"),
        "accounts.PastProposal": Table(Kept.WORK, internal="id facts account opened_at closed_at"),
        "accounts.Entry": Table(Kept.HISTORY, f"account facts standing confirmed_at {_PERIOD}", "id"),
        "accounts.Comparison": Table(
            Kept.WORK,
            internal=f"id {_JUDGED} agency_id agency_path facts draft account official_id official_record_id"
            " standing owner_status name_verdict name_step name_flags agency_verdict agency_shown_id"
            " agency_shown_until agency_key name_key employer_named disclaimer_verdict photo_verdict photo"
            " photo_on photo_due_on photo_due_until handle_verdict link_verdict commitments rival_claims"
            " registered_on confirmed_on confirm_due_on confirm_due_until changed_on",
        ),
        "accounts.OfficialComparison": Table(
            Kept.WORK,
            internal=f"{_JUDGED} agency_id agency_path official official_record_id status accounts"
            " unconfirmed proposed nil since declare_due_on declare_until gone_on gaps accepted_code"
            " provider_untold_since loss_untold_since posing_untold_since",
        ),
        "accounts.AgencyComparison": Table(
            Kept.WORK,
            internal=f"{_JUDGED} agency_path agency_id dissolved_on regulation_from regulation_until"
            " regulation_own contact",
        ),
        "accounts.PageComparison": Table(
            Kept.WORK,
            internal=f"id {_JUDGED} agency_id agency_path facts draft account standing dissolved_on"
            " name_verdict decision responsible authorised administrators administrators_gone minimum enough"
            " minimum_from minimum_until contact badge badge_seen_on portal data_notice feedback"
            " registered_on confirmed_on confirm_due_on confirm_due_until handle_looks handle_readings",
        ),
        "accounts.CodeAcceptance": Table(Kept.HISTORY, f"version {_PERIOD}", "id official"),
        "accounts.Incident": Table(
            Kept.HISTORY,
            "kind account impostor_link noticed_on reported_at reported_by provider_told_on provider_told_by"
            f" superior_told_on superior_told_by closed_at closed_by outcome {_PERIOD}",
            "id public_id official",
        ),
        # --- the ground
        "audit.AuditEvent": Table(
            Kept.HISTORY, internal="id at act actor_id subject_kind subject_id agency_path payload"
        ),
        # --- the public look-up: agencies, pages and reports of which nobody knows who made them
        "lookup.Spelling": Table(Kept.WORK, internal="id near", public="agency account kind text key"),
        "lookup.SpellingState": Table(Kept.WORK, internal="id made_from made_at"),
        "lookup.ImpostorReport": Table(
            Kept.HISTORY,
            internal="id answered_by told_at",
            public="ticket agency platform kind key shown url name_shown times reported_at state answered_at",
        ),
        "changes.ChangeMark": Table(Kept.WORK, internal="id kind subject_id marked_at"),
        # --- people who sign in
        "users.User": Table(
            Kept.LOGIN,
            "username full_name email language is_active is_staff is_superuser date_joined last_login",
            "id official",
            sealed="password",
        ),
        "users.SavedList": Table(Kept.LOGIN, "name query saved_at", "id public_id user"),
        "users.LastLook": Table(Kept.WORK, internal="user at numbers before_at before"),
        "users.RoleGrant": Table(Kept.LOGIN, "role agency granted_at granted_by ended_at", "id user"),
        "users.Invitation": Table(
            Kept.LETTERS,
            "email invited_at invited_by expires_at letter_taken_at used_at withdrawn_at",
            "id official",
            sealed="nonce token_digest",
        ),
        "axes.AccessLog": Table(
            Kept.SIGN_INS,
            "attempt_time logout_time ip_address user_agent",
            "id username http_accept path_info",
            sealed="session_hash",
        ),
        "axes.AccessAttempt": Table(
            Kept.SIGN_INS,
            "attempt_time failures_since_start ip_address user_agent",
            "id username http_accept path_info",
            sealed="get_data post_data",
        ),
        "axes.AccessAttemptExpiration": Table(Kept.SIGN_INS, internal="access_attempt expires_at"),
        "axes.AccessFailureLog": Table(
            Kept.SIGN_INS,
            "attempt_time locked_out ip_address user_agent",
            "id username http_accept path_info",
        ),
        "sessions.Session": Table(Kept.WORK, internal="expire_date", sealed="session_key session_data"),
        "admin.LogEntry": Table(
            Kept.HISTORY,
            internal="id action_time user content_type object_id object_repr action_flag change_message",
        ),
        "auth.Permission": Table(Kept.WORK, internal="id name content_type codename"),
        "auth.Group": Table(Kept.WORK, internal="id name"),
        "contenttypes.ContentType": Table(Kept.WORK, internal="id app_label model"),
        # --- declarations
        "declarations.Declaration": Table(
            Kept.HISTORY,
            "id account facts stated_by link_text kind state on_behalf created_at submitted_by submitted_at"
            " decided_by decided_at reasons",
            "public_id official version window entry",
        ),
        "declarations.PageDeclaration": Table(
            Kept.HISTORY,
            internal="id public_id version facts link_text permanent_text submitted_by submitted_at"
            " decided_by decided_at reason entry",
            public="agency account kind state",
        ),
        "declarations.PageStep": Table(
            Kept.HISTORY, internal="id declaration act state version by at reason against told_at"
        ),
        "declarations.ReportedForThem": Table(Kept.LETTERS, internal="id official incident at told_at"),
        "declarations.Correction": Table(Kept.WORK, "declaration account facts link_text kind saved_at"),
        "declarations.Step": Table(Kept.HISTORY, "declaration act state by at told_at", "id version"),
        "declarations.Return": Table(Kept.HISTORY, "facts link_text reasons", "step"),
        "declarations.Lease": Table(Kept.WORK, internal="declaration by since until"),
        # --- lists HR loaded
        "intake.Import": Table(
            Kept.IMPORTS,
            "sketch",
            "id public_id kind state agency file_name file sha256 photos_name photos language"
            " created_at uploaded_by planned_at queued_by applied_at applied_by undone_at undone_by purged_at"
            " accept_left error_code error_message counts columns choice",
        ),
        "intake.Headway": Table(Kept.WORK, internal="job step done total attempts since"),
        "intake.StaffRow": Table(
            Kept.IMPORTS,
            "staff_code full_name category position work_email employed_since status",
            "id import_id row action official_id known before_id agency_id sort_key search_key",
        ),
        "intake.AccountRow": Table(
            Kept.IMPORTS,
            "platform url link_text name_shown agency_shown disclaimer photo_name photo_problem declared_on",
            "id import_id row action official_id official_path before_id account_id known first_row"
            " agency_resolved_id photo_id disputed owned facts_id entry_id nil_id",
            sealed="identifiers",
        ),
        "intake.RefusedCell": Table(Kept.IMPORTS, "value message", "id import_id row column code suggestion"),
        # --- what was seen of agencies' pages; never of a person's account
        "evidence.Watch": Table(Kept.WORK, internal="account due_at asked_at token lease_until attempts"),
        "evidence.Sighting": Table(
            Kept.HISTORY,
            internal="id public_id account",
            public="direction seen_at result cause how found asked_url final_url final_address status",
        ),
        "evidence.Site": Table(Kept.WORK, internal="origin free_at robots robots_state robots_until"),
        # --- checks
        "findings.Run": Table(
            Kept.HISTORY,
            internal="id kind as_of period_key scope scope_path requested_by state started_at finished_at"
            " all_cut changed_rules broken_rules subjects opened resolved differences",
        ),
        "findings.Slice": Table(
            Kept.WORK,
            internal="id run subject rule among from_id to_id state token lease_until attempts trouble"
            " finished_at subjects opened resolved differences",
        ),
        "findings.Finding": Table(
            Kept.FINDINGS,
            "id rule state evidence episode_evidence article severity opened_at resolved_at",
            "public_id subject_kind subject_id official_id agency_id agency_path cause rule_version"
            " episode_at episode_in episode_reason episode_version answered",
        ),
        **dict.fromkeys(
            ("findings.Episode", "findings.PastEpisode"),
            Table(
                Kept.FINDINGS,
                "finding state evidence article severity opened_at closed_at closed_reason",
                "id cause rule_version opened_in opened_reason closed_in",
            ),
        ),
        "findings.Counter": Table(Kept.WORK, internal="id agency_id rule open unchecked waived contested"),
        "findings.BranchCounter": Table(Kept.WORK, internal="id path rule open unchecked waived contested"),
        "findings.DaysCompared": Table(
            Kept.WORK,
            internal="id key branches_then branches_now split then now cuts asked_at state attempts done"
            " counts",
        ),
        "findings.JudgedRule": Table(Kept.WORK, internal="rule fingerprint run"),
        "findings.WaiverBatch": Table(
            Kept.FINDINGS, "id reason expires_on waived_by waived_at", "public_id proof proof_type"
        ),
        "findings.Waiver": Table(Kept.FINDINGS, "finding batch ended_at ended_by ended_reason", "id"),
        "findings.Contest": Table(
            Kept.FINDINGS,
            "finding text contested_by contested_at answer answer_text answered_by answered_at closed_at"
            " closed_reason",
            "id public_id told_at",
        ),
        # --- letters, lists taken out, what people ask
        "notifications.Reminder": Table(
            Kept.LETTERS, internal="id public_id asked_by asked_at people letters"
        ),
        "notifications.Message": Table(
            Kept.LETTERS,
            "to template language state written_at sent_at context",
            "id public_id key invitation reminder attempts next_at problem",
        ),
        "exports.Export": Table(
            Kept.HISTORY,
            internal="id public_id agency agency_path by as_of format filter rows size sha256 file_name"
            " created_at",
        ),
        "bulk.BulkAct": Table(
            Kept.HISTORY,
            internal="id public_id kind by asked_at language chosen targets facts state attempts done thing"
            " error_message ended_at",
        ),
        "bulk.PassedOver": Table(Kept.WORK, internal="id act subject_id reason"),
        "exports.Order": Table(
            Kept.HISTORY,
            internal="id public_id agency agency_path by day format filter language asked_at state attempts"
            " done error_message export file",
        ),
        "samples.Sample": Table(
            Kept.HISTORY,
            internal="id public_id agency as_of drawn rule state strata seed size method"
            " population population_sha256 earlier drawn_by drawn_at",
        ),
        "samples.Stratum": Table(Kept.HISTORY, internal="id sample code population size"),
        "samples.Item": Table(
            Kept.HISTORY, internal="id sample place official account stratum digest is_drawn is_carried"
        ),
        "samples.Verdict": Table(Kept.HISTORY, "answer note given_by given_at", "id item"),
        "privacy.DataRequest": Table(
            Kept.HISTORY,
            "kind text asked_at acknowledge_by answer_by acknowledged_at acknowledged_by extended_to"
            " extension_text extended_at extended_by outcome answer_text basis answered_at answered_by",
            "id public_id official asked_by",
        ),
    }
)
