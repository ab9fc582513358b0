import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.messages import CacheMissError, MessageCache, Rerun, element_kind


def deck(hash_: str, *, cacheable: bool = True, fragment: str = "") -> ForwardMsg:
    msg = ForwardMsg(hash=hash_)
    msg.metadata.cacheable = cacheable
    msg.delta.new_element.deck_gl_json_chart.json = "{}"
    msg.delta.fragment_id = fragment
    return msg


def reference(hash_: str) -> ForwardMsg:
    return ForwardMsg(ref_hash=hash_)


def plotly(trace: str) -> ForwardMsg:
    msg = ForwardMsg()
    msg.delta.new_element.plotly_chart.spec = '{"data":[{"type":"' + trace + '"}]}'
    return msg


def started() -> ForwardMsg:
    msg = ForwardMsg()
    msg.new_session.name = "app"
    return msg


def finished(status: ForwardMsg.ScriptFinishedStatus.ValueType) -> ForwardMsg:
    msg = ForwardMsg()
    msg.script_finished = status
    return msg


def test_cache_keeps_only_what_the_server_marks_as_cacheable() -> None:
    cache = MessageCache()
    cache.observe(deck("kept"))
    cache.observe(deck("not-kept", cacheable=False))
    assert cache.hashes() == ["kept"]


def test_reference_stands_for_the_kind_of_element_it_refers_to() -> None:
    cache = MessageCache()
    cache.observe(deck("a"))
    assert cache.observe(reference("a")) == "map"


def test_reference_to_an_unknown_message_is_an_error() -> None:
    with pytest.raises(CacheMissError, match="unknown message b"):
        MessageCache().observe(reference("b"))


def test_cache_drops_a_message_unused_for_more_than_two_runs() -> None:
    cache = MessageCache()
    cache.observe(deck("a"))
    for _ in range(2):
        cache.end_run([])
    assert cache.hashes() == ["a"]
    cache.end_run([])
    assert cache.hashes() == []


def test_use_by_reference_keeps_a_message_young() -> None:
    cache = MessageCache()
    cache.observe(deck("a"))
    cache.end_run([])
    cache.end_run([])
    cache.observe(reference("a"))
    cache.end_run([])
    cache.end_run([])
    assert cache.hashes() == ["a"]


def test_run_of_a_fragment_ages_only_what_the_fragment_drew() -> None:
    cache = MessageCache()
    cache.observe(deck("page"))
    cache.observe(deck("fragment", fragment="f"))
    for _ in range(3):
        cache.end_run(["f"])
    assert cache.hashes() == ["page"]


@pytest.mark.parametrize(
    ("trace", "kind"),
    [("bar", "plotly_chart"), ("choroplethmap", "map"), ("scattermap", "map")],
)
def test_plotly_maps_count_as_maps(trace: str, kind: str) -> None:
    assert element_kind(plotly(trace)) == kind


def test_rerun_counts_bytes_references_and_times() -> None:
    run = Rerun(sent_at=1.0)
    assert not run.add(started(), 300, "", 1.1)
    assert not run.add(deck("a"), 5000, "map", 1.2)
    assert not run.add(reference("b"), 70, "map", 1.2)
    assert run.add(finished(ForwardMsg.FINISHED_SUCCESSFULLY), 40, "", 1.5)
    assert (run.n_bytes, run.n_messages, run.n_references) == (5410, 4, 1)
    assert run.map_hashes == {"a", "b"}
    assert run.map_bytes == 5070
    assert run.latency_seconds == pytest.approx(0.5)
    assert run.script_seconds == pytest.approx(0.4)
    assert run.bytes_by_kind["reference"] == 70


def test_run_that_asks_for_another_run_is_not_over() -> None:
    run = Rerun(sent_at=0.0)
    run.add(started(), 1, "", 0.1)
    assert not run.add(finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN), 1, "", 0.2)
    with pytest.raises(ValueError, match="not finished"):
        _ = run.latency_seconds


def test_exception_on_the_page_and_missing_page_are_problems() -> None:
    shown = ForwardMsg()
    shown.delta.new_element.exception.type = "KeyError"
    shown.delta.new_element.exception.message = "'sector'"
    missing = ForwardMsg()
    missing.page_not_found.page_name = "nowhere"
    run = Rerun(sent_at=0.0)
    run.add(shown, 1, element_kind(shown), 0.1)
    run.add(missing, 1, "", 0.1)
    assert run.problems == ["KeyError: 'sector'", "page not found: 'nowhere'"]


def test_script_that_does_not_compile_is_a_problem() -> None:
    run = Rerun(sent_at=0.0)
    assert run.add(finished(ForwardMsg.FINISHED_WITH_COMPILE_ERROR), 1, "", 0.1)
    assert run.problems == ["the script does not compile"]
