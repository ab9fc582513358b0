"""The brief as a page of the server."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components.export import brief
from data import Catalogue
from server import ROUTES

CLIENT = TestClient(Starlette(routes=ROUTES))


@pytest.mark.parametrize(
    ("kind", "key", "vintage", "told"),
    [
        ("collaborative", "wyaat", "", "Boundaries of April 2023"),
        ("collaborative", "wyaat", "2026", "Boundaries of April 2026"),
        ("system", "E54000054", "2026", "Boundaries of April 2026"),
        ("system", "icb26-essex", "", "Boundaries of April 2026"),
    ],
)
def test_a_brief_opens_at_the_address_that_its_profile_has(
    catalogue: Catalogue, kind: brief.Kind, key: str, vintage: str, told: str
) -> None:
    profile = brief.profile_of(catalogue, kind, key, vintage)
    answer = CLIENT.get(f"/{brief.address(profile)}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert told in answer.text
    assert "http-equiv" not in answer.text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/brief/trust/RR8", "Expected a brief of a collaborative or system, found 'trust'"),
        ("/brief/collaborative/nobody", "no collaborative 'nobody'"),
        ("/brief/system/E54000054?vintage=1066", "There is no such brief"),
    ],
)
def test_what_is_not_there_is_said(path: str, told: str) -> None:
    answer = CLIENT.get(path)
    assert answer.status_code == 404
    assert told in answer.text
