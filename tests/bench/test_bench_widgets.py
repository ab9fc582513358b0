import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.widgets import Widget, differences, states_for, widget_in

SECTOR = Widget("id-s", "selectbox", ("All", "Acute", "Mental health"), ("All",))
REGION = Widget("id-r", "multiselect", ("North", "South"))
BOTH = {"sector": SECTOR, "region": REGION}


def test_differences_include_the_widget_that_goes_back_to_its_default() -> None:
    before = {"sector": ("Acute",), "region": ("North",)}
    assert differences(before, {"region": ("North", "South")}) == {
        "region": ("North", "South"),
        "sector": (),
    }


def test_states_carry_the_values_that_a_person_would_choose() -> None:
    found = states_for({"sector": ("Mental health",), "region": ("South",)}, BOTH)
    assert found is not None
    assert [state.id for state in found] == ["id-s", "id-r"]
    assert found[0].string_value == "Mental health"
    assert list(found[1].string_array_value.data) == ["South"]


def test_widget_without_values_goes_to_its_default() -> None:
    found = states_for({"sector": (), "region": ()}, BOTH)
    assert found is not None
    assert found[0].string_value == "All"
    assert list(found[1].string_array_value.data) == []


@pytest.mark.parametrize("changes", [{"status": ("Achieved",)}, {"sector": ("Nowhere",)}])
def test_without_a_fitting_widget_there_are_no_states(changes: dict[str, tuple[str, ...]]) -> None:
    assert states_for(changes, BOTH) is None


def test_what_a_deep_link_makes_a_widget_show_is_learnt() -> None:
    msg = ForwardMsg()
    multiselect = msg.delta.new_element.multiselect
    multiselect.id = "$$ID-abc-filter-sector"
    multiselect.options.extend(["Acute", "Mental health"])
    multiselect.raw_values.append("Mental health")
    multiselect.set_value = True
    found = widget_in(msg)
    assert found is not None
    name, widget = found
    assert name == "filter-sector"
    assert widget.chosen == ("Mental health",)
    assert not widget.is_bound


def test_widget_that_was_not_set_shows_its_default() -> None:
    msg = ForwardMsg()
    selectbox = msg.delta.new_element.selectbox
    selectbox.id = "$$ID-abc-None"
    selectbox.query_param_key = "sector"
    selectbox.options.extend(["All", "Acute"])
    selectbox.default = 0
    assert widget_in(msg) == (
        "sector",
        Widget("$$ID-abc-None", "selectbox", ("All", "Acute"), ("All",), None, is_bound=True),
    )


def test_widget_that_was_set_to_nothing_has_no_choice() -> None:
    msg = ForwardMsg()
    selectbox = msg.delta.new_element.selectbox
    selectbox.id = "$$ID-abc-choice"
    selectbox.options.extend(["One", "Two"])
    selectbox.set_value = True
    found = widget_in(msg)
    assert found is not None
    assert found[1].chosen is None


def test_checkbox_is_set_by_its_value() -> None:
    msg = ForwardMsg()
    msg.delta.new_element.checkbox.id = "$$ID-abc-show-partners"
    msg.delta.new_element.checkbox.default = True
    found = widget_in(msg)
    assert found is not None
    on, off = found[1].state(()), found[1].state(("false",))
    assert on is not None
    assert off is not None
    assert (on.bool_value, off.bool_value) == (True, False)


def test_other_elements_are_no_widgets() -> None:
    msg = ForwardMsg()
    msg.delta.new_element.heading.body = "Title"
    assert widget_in(msg) is None


def test_an_option_is_known_by_its_name_whatever_its_count() -> None:
    widget = Widget("id", "multiselect", options=("Acute (12)", "Community (3)"))
    state = widget.state(("Acute",))
    assert state is not None
    assert list(state.string_array_value.data) == ["Acute (12)"]
    shown = Widget("id", "multiselect", shown=("Acute (31)",))
    assert shown.chosen == ("Acute",)
