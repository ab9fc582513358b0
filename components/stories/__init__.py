"""Walkthroughs: ordered stories of exhibits, with headlines that are computed. Pure, no Streamlit.

Files stand in ``data/walkthroughs``; ``data/README.md`` shows how to write one.
"""

from components.stories.library import (
    cached_build,
    check,
    subject_id,
    subject_of,
    subjects,
    subjects_of,
    walkthroughs,
)
from components.stories.model import (
    SUBJECT_DIMENSIONS,
    Figure,
    Step,
    StoryError,
    StoryProblem,
    SubjectKind,
    Told,
    ToldStep,
    Walkthrough,
)
from components.stories.telling import (
    needs_subject,
    subject_kind,
    subject_label,
    tell,
    written_wave,
)

__all__ = [
    "SUBJECT_DIMENSIONS",
    "Figure",
    "Step",
    "StoryError",
    "StoryProblem",
    "SubjectKind",
    "Told",
    "ToldStep",
    "Walkthrough",
    "cached_build",
    "check",
    "needs_subject",
    "subject_id",
    "subject_kind",
    "subject_label",
    "subject_of",
    "subjects",
    "subjects_of",
    "tell",
    "walkthroughs",
    "written_wave",
]
