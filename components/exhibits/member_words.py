"""Who belongs to most collaboratives, in words."""

from __future__ import annotations

import pandas as pd

from components.exhibits.numbers import Sentence
from data.connections import joined


def most_connected(frame: pd.DataFrame, say: Sentence) -> str:
    """Who belongs to most, as a clause; several are named up to three."""
    people = frame.drop_duplicates("organisation_id")
    most = int(people["memberships"].max())
    top = people.loc[people["memberships"] == most, "organisation"].tolist()
    theirs = frame[frame["memberships"] == most]
    if len(top) > 3:
        each = say(str(most), "memberships", theirs, by="organisation_id", each=True)
        who = say(f"{len(top)} do", "memberships", theirs, by="organisation_id")
        return f"the most that any belongs to is {each}, which {who}"
    each = say(str(most), "memberships", theirs, by="organisation_id", each=True)
    return f"{joined(top)} {'belongs' if len(top) == 1 else 'belong'} to the most ({each})"
