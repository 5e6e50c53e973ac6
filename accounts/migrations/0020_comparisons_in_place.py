"""A comparison whose facts changed is written in its place: no index holds them, and pages keep room for it."""

import django.db.models.deletion
from django.db import migrations, models

_FACTS = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="+",
    to="accounts.declaredfacts",
)
_ACCOUNT = models.ForeignKey(
    db_index=False,
    on_delete=django.db.models.deletion.CASCADE,
    related_name="+",
    to="accounts.account",
)
_DRAFT = models.GeneratedField(
    db_persist=True,
    expression=models.Case(models.When(standing=0, then=models.F("facts"))),
    output_field=models.BigIntegerField(null=True),
)
_PHOTO = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="+",
    to="accounts.photo",
)


def _in_place(model: str, one_live: str) -> list:
    return [
        migrations.RunSQL(
            f"ALTER TABLE accounts_{model} SET (fillfactor = 90)",
            f"ALTER TABLE accounts_{model} RESET (fillfactor)",
        ),
        migrations.RemoveConstraint(model_name=model, name=one_live),
        migrations.AlterField(model_name=model, name="facts", field=_FACTS),
        migrations.AlterField(model_name=model, name="account", field=_ACCOUNT),
        migrations.AddField(model_name=model, name="draft", field=_DRAFT),
        migrations.AddConstraint(
            model_name=model,
            constraint=models.UniqueConstraint(
                fields=("account", "draft"), name=f"{model}_once", nulls_distinct=False
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0019_facts_of_agencies")]

    operations = [
        *_in_place("comparison", "comparison_one_live"),
        *_in_place("pagecomparison", "page_one_live"),
        migrations.RunSQL(
            "ALTER TABLE accounts_officialcomparison SET (fillfactor = 90)",
            "ALTER TABLE accounts_officialcomparison RESET (fillfactor)",
        ),
        migrations.SeparateDatabaseAndState(  # the column stays what it is
            state_operations=[
                migrations.RemoveIndex(model_name="comparison", name="comparison_photo"),
                migrations.RemoveField(model_name="comparison", name="photo_id"),
                migrations.AddField(model_name="comparison", name="photo", field=_PHOTO),
                migrations.AddIndex(
                    model_name="comparison",
                    index=models.Index(
                        condition=models.Q(("photo__isnull", False)),
                        fields=["photo"],
                        name="comparison_photo",
                    ),
                ),
            ]
        ),
    ]
