"""The document about personal data, made from the classes and the sections so that it cannot be stale."""

from django.utils import translation

from registry.privacy.classes import TABLES, Kept, Privacy
from registry.privacy.held import SECTIONS
from registry.privacy.not_listed import NOT_LISTED
from registry.privacy.words import label_of

_HEAD = """\
# Personal data

<!-- Made by `make docs` from registry/privacy; do not edit. -->

Every field of the database has a class: `public` (anybody may know), `internal` (keys and work of the
machine), `personal` (about somebody, who is given it), `sealed` (given to nobody). A field without one fails
a test. Under `/me/data/` each person reads every `personal` field about them and takes it away as PDF or as
JSON.

## The file

`/me/data/file.json`, version 1. Keys, codes and dates are the same in every language; what is said in words
(`title`, `source`, `kept_words`, `who`, `what`, `evidence`, and colleagues, who are named by role and agency)
is in the reader's.

| key | what |
|---|---|
| `kind`, `version` | `"personal-data"`, 1; the version grows when a key changes its meaning or goes |
| `language`, `made_at`, `person` | of the words; instant, ISO 8601 with offset; the person's public id |
| `sections` | list of `code`, `title`, `source`, `kept`, `kept_words`, `rows`; what is empty is `null` |
| `looks`, `lists` | who looked, lists taken out that may name the person: `at`, `who`, `what` |
| `not_listed` | tables with personal fields that are not listed, each with the reason |

An agency is `{code, name}`, an account `{id, platform, shown}`; `facts`, `declaration`, `finding` and `batch`
point to the `id` of another section. Of a telephone number there is only the mask.
"""


def personal_data_document() -> str:
    """The whole document, in English."""
    with translation.override("en"):
        return "\n".join([_HEAD, *_sections(), *_kept(), *_not_listed(), *_tables()]) + "\n"


def _sections() -> list[str]:
    lines = []
    for section in SECTIONS:
        lines += [
            f"### `{section.code}`: {section.title}",
            "",
            f"{section.source}. Kept: `{section.kept.value}`.",
            "",
            *(f"- `{name}`: {label_of(section.table, name)}" for name in section.fields),
            "",
        ]
    return lines


def _kept() -> list[str]:
    return ["## How long", "", *(f"- `{each.value}`: {each.words}" for each in Kept), ""]


def _not_listed() -> list[str]:
    return ["## Not listed", "", *(f"- `{table}`: {why}" for table, why in NOT_LISTED.items()), ""]


def _tables() -> list[str]:
    lines = [
        "## Every table",
        "",
        "| table | kept | " + " | ".join(f"`{each.value}`" for each in Privacy) + " |",
        "|---|---|" + "---|" * len(Privacy),
    ]
    for name, table in TABLES.items():
        cells = [", ".join(table.named(each)) for each in Privacy]
        lines.append(f"| {name} | `{table.kept.value}` | " + " | ".join(cells) + " |")
    return lines
