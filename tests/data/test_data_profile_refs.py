"""Every row of a profile leads to its lineage."""

from data import Catalogue
from data.lineage import lineage
from data.profile_refs import ref_of
from data.profiles import collaborative_profile, system_profile
from data.vintages import NEWER, OLDER


def test_every_row_of_every_profile_of_a_collaborative_has_its_own_reference(
    catalogue: Catalogue,
) -> None:
    for key in catalogue.table("collaboratives")["collaborative_id"]:
        for vintage in (OLDER, NEWER):
            made = collaborative_profile(catalogue, key, vintage)
            facts = [*made.members, *made.footprint, *made.outcomes, *made.priorities]
            facts += [*made.milestones, *made.discrepancies, made.governance]
            facts += [*made.successions, *made.governance.meanings]
            missing = [fact for fact in facts if not ref_of(catalogue, made, fact)]
            assert missing == []


def test_a_reference_leads_to_the_place_that_the_profile_names(catalogue: Catalogue) -> None:
    made = collaborative_profile(catalogue, "wyaat")
    for fact in (*made.members, *made.outcomes, *made.footprint):
        row = lineage(catalogue, ref_of(catalogue, made, fact)).row
        assert (row["source_id"], row["locator"]) == (fact.source_id, fact.locator)


def test_rows_of_a_system_have_references_in_both_vintages(catalogue: Catalogue) -> None:
    older = system_profile(catalogue, "E54000054", OLDER)
    newer = system_profile(catalogue, catalogue.table("icbs_2026")["area_id"].iloc[0], NEWER)
    for made in (older, newer):
        facts = [*made.footprints, *made.organisations, *made.outcomes, *made.changes]
        assert all(ref_of(catalogue, made, fact) for fact in facts)
