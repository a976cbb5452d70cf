from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import Any

import pytest

from services.portal import languages
from services.portal.pages.fields import date_parts
from services.portal.pages.rendering import environment, said_in
from services.portal.problems import Problem

OPTIONS = {"a": "Một", "b": "Hai"}
LINE = {"sentence": "Đã nhận", "at": "2026-11-20T05:00:00+00:00"}


def shown(source: str, **values: Any) -> str:
    """A piece of a page, as the macros make it."""
    known = {
        "language": "vi",
        "word": partial(said_in, "vi"),
        "is_word": lambda key: key in languages.texts("words"),
        "colon": ":",
        "entered": {},
        "problem": None,
        "done": "",
        "form_token": "token",
        "key": "key",
        "nonce": "nonce",
    }
    page = '{% import "ui.html" as ui with context %}' + source
    return environment.from_string(page).render(known | values)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "Mai"),
        ("textarea", "Mai"),
        ("select", "a"),
        ("radios", "a"),
        ("checkboxes", ["a"]),
        ("date", "1990-03-27"),
        ("file", None),
    ],
)
def test_every_kind_of_field_has_its_label_its_hint_and_what_is_wrong(
    kind: str, value: Any
) -> None:
    html = shown(
        "{{ ui.field(kind, 'x', 'Họ tên', value, hint='Như trên giấy', "
        "options=options, error='Hãy điền') }}",
        kind=kind,
        value=value,
        options=OPTIONS,
    )

    assert "Họ tên" in html
    assert 'id="x-error"' in html
    assert re.search(r'aria-describedby="[^"]*x-hint x-error', html)
    assert "None" not in html


def test_what_was_chosen_stays_chosen() -> None:
    radios = "{{ ui.field('radios', 'x', 'X', 'b', options=options) }}"

    html = shown(radios, options=OPTIONS)

    assert re.search(r'value="b"[^>]* checked', html)
    assert html.count("checked") == 1


def test_what_one_may_leave_out_says_so() -> None:
    assert "X (không bắt buộc)" in shown(
        "{{ ui.field('text', 'x', 'X', is_optional=1) }}"
    )


def test_what_people_typed_is_text() -> None:
    html = shown("{{ ui.field('text', 'x', 'X', value) }}", value='"><script>')

    assert "<script>" not in html


def test_a_long_answer_counts_its_letters_in_the_readers_language() -> None:
    html = shown("{{ ui.field('textarea', 'x', 'X', '', maxlength=200) }}")

    assert 'data-maxlength="200"' in html
    assert "Bạn còn %{count} ký tự" in html


def test_the_summary_of_what_is_wrong_leads_to_each_field() -> None:
    errors = [{"field": "name", "message": "Hãy điền họ tên"}]
    problem = Problem("invalid", "Có lỗi", 422, errors)

    html = shown(
        "{{ ui.summary() }}{{ ui.field('text', 'name', 'X') }}", problem=problem
    )

    assert '<a href="#name">Hãy điền họ tên</a>' in html
    assert 'id="name-error"' in html


@pytest.mark.parametrize(("done", "n"), [("submitted", 1), ("nothing-known", 0)])
def test_what_was_done_is_told_when_it_has_a_word(done: str, n: int) -> None:
    html = shown("{{ ui.summary() }}", done=done)

    assert html.count("govuk-notification-banner--success") == n


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.button('Nộp') }}{{ ui.button('Nộp', href='/x') }}",
        "{{ ui.order('/x', 'Xóa', about='tệp', values={'id': 1}) }}",
        "{{ ui.tag('Nộp', 'green') }}{{ ui.inset('Nộp') }}{{ ui.warning('Nộp') }}",
        "{{ ui.details('Nộp', 'Nộp') }}{{ ui.notification('Nộp') }}",
        "{% call ui.inset() %}Nộp{% endcall %}",
        "{{ ui.summary_list([{'key': 'Nộp', 'value': '', 'href': '/x'}]) }}Nộp",
        "{{ ui.table(['Nộp', {'text': 'n', 'is_number': 1}], [['Nộp', 1]], 'Nộp') }}",
        "{{ ui.timeline([line]) }}{{ ui.when(line.at) }}{{ ui.back('/') }}Nộp",
        "{{ ui.hidden() }}{{ ui.mark('late') }}{{ ui.script('portal.js') }}Nộp",
    ],
)
def test_every_part_can_be_shown(source: str) -> None:
    assert "Nộp" in shown(source, line=LINE) or "Xóa" in shown(source, line=LINE)


@pytest.mark.parametrize("value", ["1990-03-27", date(1990, 3, 27)])
def test_a_known_day_stands_in_three_parts(value: Any) -> None:
    assert date_parts(value) == {"day": "27", "month": "3", "year": "1990"}


def test_a_day_stays_as_it_was_typed() -> None:
    typed = {"born-day": "31", "born-month": "2", "born-year": "x"}

    assert date_parts("1990-03-27", typed, "born")["month"] == "2"


@pytest.mark.parametrize(
    ("manner", "is_mandatory", "said"),
    [
        ("upload", True, "Chưa có"),
        ("upload", False, "Không nộp"),
        ("handed_over", False, "Nộp bản giấy sau"),
        ("shown", True, "Xuất trình bản chính sau"),
    ],
)
def test_a_paper_that_comes_later_or_need_not_come_is_not_missing(
    manner: str, is_mandatory: bool, said: str
) -> None:
    paper = {"state": "missing", "manner": manner, "mandatory": is_mandatory}

    html = shown("{{ ui.paper_state(paper) }}", paper=paper)

    assert re.sub("<[^>]+>", "", html) == said
