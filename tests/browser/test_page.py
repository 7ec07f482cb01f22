"""The page in a real browser: mouse and keyboard, filters, order, address, no scripts, a phone, and axe-core."""

import re

import numpy as np
import pytest

import stances

SHARED = "#panel :is([data-kind=same], [data-kind=apart]) .items > li"
CELL = "[data-pair='0,2']"  # China and France


@pytest.fixture(scope="session")
def report():
    """The shipped report."""
    return stances.load("paris-beijing-2025")


@pytest.fixture(scope="session")
def votes():
    """The shipped votes."""
    return stances.load("un-landmark-votes")


@pytest.fixture
def seed_page(opened, page_of, report):
    """The page of the shipped report."""
    with opened(page_of(report)) as page:
        yield page


def headings(page):
    """Return the kinds of questions in the panel, with how many there are."""
    return [text.split("\n")[0] for text in page.locator("#panel h3").all_inner_texts()]


def test_a_click_on_a_cell_shows_its_evidence(seed_page):
    """A click opens the pair: value, support, questions, quotation, voice and source."""
    seed_page.click(f"#board {CELL}")
    panel = seed_page.locator("#panel")
    assert panel.locator("h2").inner_text() == "China and France"
    assert "(1.00) of 4" in panel.locator(".panel-value").inner_text()
    assert headings(seed_page) == [
        "The same level 4", "One took a level, the other was silent or absent 3", "Skipped, as the records differ 1",
    ]  # fmt: skip
    text = panel.inner_text()
    assert "pledged deeper cooperation" in text
    assert "in a joint statement" in text
    assert "passage 2" in text


def test_the_page_is_used_by_keyboard_alone(seed_page):
    """Tab reaches the matrix, arrows walk it, Enter opens, Escape closes, and the focus comes back."""
    for _ in range(60):
        seed_page.keyboard.press("Tab")
        if seed_page.evaluate("document.activeElement.getAttribute('role')") == "gridcell":
            break
    assert seed_page.evaluate("document.activeElement.dataset.pair") == "0,1"
    seed_page.keyboard.press("ArrowRight")
    assert seed_page.evaluate("document.activeElement.dataset.pair") == "0,2"
    for key in ("Enter", " "):
        seed_page.keyboard.press(key)
        assert seed_page.locator("#panel").is_visible()
        assert seed_page.evaluate("document.activeElement.id") == "panel-title"
        seed_page.keyboard.press("Escape")
        assert not seed_page.locator("#panel").is_visible()
        assert seed_page.evaluate("document.activeElement.dataset.pair") == "0,2"
    seed_page.keyboard.press("Home")
    seed_page.keyboard.press("ArrowDown")
    assert seed_page.evaluate("document.activeElement.dataset.pair") == "1,0"


def test_an_issue_and_a_basis_choose_the_matrix(seed_page, report):
    """What the filters show is the matrix that the library computes of that issue and basis."""
    seed_page.select_option("[name=issue] >> nth=0", "trade")
    trade = stances.matrices_by(report, "issue")["trade"].cell("CHN", "FRA")
    assert seed_page.locator(f"#board {CELL}").inner_text() == f"({trade.value:.2f}) of {trade.n_shared}"
    seed_page.select_option("#choose [name=basis]", "word")
    words = stances.agreement_matrix(report.select(issues="trade"), basis="word").cell("CHN", "FRA")
    assert seed_page.locator(f"#board {CELL}").inner_text() == f"({words.value:.2f}) of {words.n_shared}"
    assert seed_page.locator("#choose [name=issue] option[value=gaza]").get_attribute("disabled") is None


def test_what_does_not_exist_together_cannot_be_chosen(seed_page, report):
    """An issue without a single assessment is not offered beside assessments."""
    seed_page.select_option("#choose [name=basis]", "assessment")
    issues = {
        i
        for s in report.stances
        if s.basis == "assessment"
        for q in report.questions
        if q.id == s.question
        for i in q.issues
    }
    options = seed_page.locator("#choose [name=issue] option")
    enabled = {o.get_attribute("value") for o in options.all() if o.get_attribute("disabled") is None}
    assert enabled == {"", *issues}


def test_the_panel_shows_as_many_questions_as_the_cell_rests_on(opened, page_of, votes):
    """In every issue and year, the questions behind a cell are as many as its support says."""
    with opened(page_of(votes)) as page:
        for issue, year in [("", ""), ("gaza", ""), ("", "2022"), ("ukraine", "2023")]:
            page.select_option("#choose [name=issue]", issue)
            page.select_option("#choose [name=year]", year)
            cell = page.locator("#board [data-pair]").nth(7)
            support = int(re.search(r"of (\d+)", cell.inner_text())[1])
            cell.click()
            assert page.locator(SHARED).count() == support
            page.keyboard.press("Escape")


def test_another_measure_and_another_order(opened, page_of, votes):
    """The measure changes the values; the order by an actor ranks the others by their value with it."""
    with opened(page_of(votes)) as page:
        page.select_option("#choose [name=measure]", "1")
        pi = stances.agreement_matrix(votes, "scott_pi_linear")
        page.select_option("#choose [name=order]", "near RUS")
        heads = page.locator("#board thead button").all_inner_texts()
        assert heads[0] == "RUS"
        values = [pi["RUS", actor] for actor in heads[1:]]
        assert np.diff(np.round(values, 2)).max() <= 0
        page.click("#board thead button >> text=FRA")
        assert page.locator("#board thead button").first.inner_text() == "FRA"
        page.select_option("#choose [name=order]", "name")
        names = page.locator("#board tbody th").all_inner_texts()
        assert names == sorted(names)
        page.fill("#choose [name=only]", "FRA, chi, ger")
        page.keyboard.press("Enter")
        assert sorted(page.locator("#board tbody th").all_inner_texts()) == ["China", "France", "Germany"]


def test_a_view_is_sent_on_by_its_address(opened, page_of, votes):
    """The address keeps what was chosen and the cell that was opened."""
    with opened(page_of(votes)) as page:
        page.select_option("#choose [name=issue]", "gaza")
        page.select_option("#choose [name=year]", "2024")
        page.locator("#board [data-pair]").nth(3).click()
        title, address = page.locator("#panel h2").inner_text(), page.url
    with opened(address) as page:
        assert page.locator("#panel h2").inner_text() == title
        page.keyboard.press("Escape")
        assert page.locator("#choose [name=issue]").input_value() == "gaza"
        assert page.locator("#choose [name=year]").input_value() == "2024"


def test_the_list_of_questions_is_narrowed(seed_page, report):
    """Issue, basis, actor, date and words narrow the list, and it says how many are left."""
    total = len(report.questions)
    visible = seed_page.locator(".question:visible")
    seed_page.select_option("#filter [name=issue]", "trade")
    assert visible.count() == sum("trade" in q.issues for q in report.questions)
    seed_page.select_option("#filter [name=basis]", "deed")
    deeds = {s.question for s in report.stances if s.basis == "deed"}
    assert visible.count() == sum("trade" in q.issues and q.id in deeds for q in report.questions)
    seed_page.click("#filter [type=reset]")
    assert visible.count() == total
    seed_page.select_option("#filter [name=actor]", "3")
    assert visible.count() == len({s.question for s in report.stances if s.actor == "RUS"})
    seed_page.click("#filter [type=reset]")
    seed_page.fill("#filter [name=until]", "2024-12-31")
    dated = {s.question for s in report.stances if s.date and s.date.first.isoformat() <= "2024-12-31"}
    assert visible.count() == len(dated)
    seed_page.fill("#filter [name=until]", "")
    seed_page.fill("#filter [name=words]", "ceasefire")
    assert 0 < visible.count() < total
    assert seed_page.locator("#listed").inner_text().startswith(f"{visible.count()} of {total} questions")


def test_a_question_opens_from_the_panel(seed_page):
    """A link in the panel closes it and leads to the question, though the list had left it out."""
    seed_page.select_option("#filter [name=issue]", "gaza")
    seed_page.click(f"#board {CELL}")
    link = seed_page.locator("#panel .items a").first
    target = link.get_attribute("href")
    link.click()
    assert not seed_page.locator("#panel").is_visible()
    assert seed_page.locator(target).is_visible()


def test_without_scripts_everything_can_be_read(opened, page_of, report):
    """Scripts off, each cell links to its questions and evidence in the page."""
    with opened(page_of(report), java_script_enabled=False) as page:
        assert page.locator("#explore").is_hidden()
        assert page.locator("#first table").is_visible()
        assert page.locator(".question:visible").count() == len(report.questions)
        page.click("#first td a >> nth=1")
        assert re.search(r"#p\d+-\d+$", page.url)
        assert page.locator(page.url[page.url.index("#") :]).is_visible()
        assert "pledged deeper cooperation" in page.locator("#p2-0").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_phone_scrolls_tables_and_not_the_page(opened, page_of, report, votes, scripts):
    """At 360 pixels the page is as wide as the screen; tables scroll in boxes of their own."""
    for data in (report, votes):
        phone = {"width": 360, "height": 740}
        with opened(page_of(data), viewport=phone, java_script_enabled=scripts) as page:
            box = page.locator("main").bounding_box()
            assert box["x"] >= 0
            assert box["width"] <= 360
            if scripts:
                assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.hostile("U03")
def test_labels_run_nothing(opened, page_of, hostile):
    """Tags and scripts in labels stay text, also where the script itself puts them; nothing is asked of a network."""
    with opened(page_of(hostile)) as page:
        page.locator("#board [data-pair]").first.click()
        assert "</script>" in page.locator("#panel h2").inner_text()
        assert page.evaluate("window.broken") is None
        assert page.locator("img, #panel script").count() == 0
        assert "\\u202e" in page.locator("#panel h2").inner_text()
        assert page.locator("a[href^='javascript']").count() == 0


def test_the_policy_stops_what_would_get_through(chromium, page_of, report):
    """Inline code, had it come into the page, neither runs nor reaches a network under its policy."""
    page, told = chromium.new_page(), []
    page.on("console", lambda message: told.append(message.text))
    page.goto(page_of(report))
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.broken = true";
        const image = document.createElement("img");
        image.src = "https://example.org/seen.png";
        document.body.append(script, image);
    }""")
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken") is None
    assert sum("Content Security Policy" in message for message in told) == 2
    page.close()


def test_a_general_assembly_is_usable(opened, page_of, assembly):
    """Of 193 actors the matrix is narrowed and a cell is opened, its questions found by their codes."""
    with opened(page_of(assembly)) as page:
        page.fill("#choose [name=only]", "A000, A001, A192")
        page.keyboard.press("Enter")
        assert page.locator("#board tbody tr").count() == 3
        page.locator("#board [data-pair]").first.click()
        matrix = stances.agreement_matrix(assembly)
        n = matrix.cell("A001", "A000").n_shared
        assert page.locator(SHARED).count() == n
        assert page.locator("#panel .about a[href^='https://example.org/']").count() >= n


def few(found):
    """Return the positions of seven actors at most, so that axe need not look at hundreds of pairs."""
    return found.select(actors=found.actors[::3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["report", "votes"])
def test_axe_finds_no_serious_fault(opened, page_of, axe, request, name, scheme):
    """No serious or critical fault of accessibility, with the panel closed and open, in both schemes."""
    data = request.getfixturevalue(name)
    with opened(
        page_of(data, narrow=few if name == "votes" else None), color_scheme=scheme, bypass_csp=True
    ) as page:
        page.evaluate(axe)
        for panel in (False, True):
            if panel:
                page.locator("#board [data-pair]").first.click()
                page.wait_for_timeout(300)  # until the panel stands still, as axe measures contrast
            found = page.evaluate(
                "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
            )
            serious = [
                (fault["id"], [node["html"][:200] for node in fault["nodes"]][:3])
                for fault in found
                if fault["impact"] in ("serious", "critical")
            ]
            assert not serious


def test_print_leaves_out_the_controls(seed_page):
    """On paper there are no forms, and the matrix of all questions stands as a plain table."""
    seed_page.emulate_media(media="print")
    assert seed_page.locator("form:visible").count() == 0
    assert seed_page.locator("#first table").is_visible()


def test_a_cell_that_was_opened_by_mouse_or_address_has_the_focus_after(opened, page_of, report):
    """Closing the panel returns to the cell, however it was opened."""
    focused = "document.activeElement.dataset.pair"
    with opened(page_of(report)) as page:
        page.click(f"#board {CELL}")
        page.keyboard.press("Escape")
        assert page.evaluate(focused) == "0,2"
    with opened(page_of(report) + "#view=1&cell=FRA&cell=CHN") as page:
        assert page.locator("#panel h2").inner_text() in ("China and France", "France and China")
        page.keyboard.press("Escape")
        assert page.evaluate(focused) in ("0,2", "2,0")


@pytest.mark.parametrize(
    "asked",
    [
        "order=__proto__",
        "order=constructor",
        "order=near X",
        "measure=toString",
        "issue=no",
        "only=no",
        "cell=CHN",
    ],
)
def test_an_address_that_asks_for_what_is_not_there_asks_for_nothing(opened, page_of, report, asked):
    """Whatever the address says, the matrix is drawn whole and can be chosen from."""
    with opened(page_of(report)) as page:
        whole = page.locator("#board").inner_text()
    with opened(f"{page_of(report)}#view=1&{asked}") as page:
        assert page.locator("#explore").is_visible()
        assert page.locator("#board").inner_text() == whole
        assert page.locator("#choose [name=order]").input_value() == ""


def test_an_address_changed_by_hand_changes_the_view(opened, page_of, votes):
    """A view pasted into the address of the page that is open is shown without loading it anew."""
    with opened(page_of(votes)) as page:
        page.evaluate("location.hash = 'view=1&issue=gaza&cell=CHN&cell=FRA'")
        page.wait_for_selector("#panel[open]")
        assert page.locator("#choose [name=issue]").input_value() == "gaza"
        page.evaluate("location.hash = 'view=1&year=2022'")
        page.wait_for_selector("#panel:not([open])", state="hidden")
        assert page.locator("#choose [name=issue]").input_value() == ""
        assert page.locator("#choose [name=year]").input_value() == "2022"


def test_the_head_that_was_pressed_keeps_the_focus(opened, page_of, votes):
    """Sorting by an actor from the keyboard stays at the head of that actor, wherever it moved."""
    with opened(page_of(votes)) as page:
        page.focus("#board [data-near=RUS]")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent") == "RUS"


def test_a_question_opened_from_the_panel_stands_in_the_address(seed_page):
    """After a link in the panel the address names the question, and can be sent on."""
    seed_page.click(f"#board {CELL}")
    link = seed_page.locator("#panel .items a").first
    target = link.get_attribute("href")
    link.click()
    seed_page.wait_for_timeout(100)
    assert seed_page.url.endswith(target)
    assert seed_page.locator(f"{target}:target").count() == 1


def test_the_key_is_that_of_the_measure(opened, page_of, votes):
    """A cell whose value the key names looks as the key does, for a share and beyond chance alike."""
    with opened(page_of(votes)) as page:
        for measure, middle, meaning in (("0", "0.50", "least"), ("1", "0.00", "as by chance")):
            page.select_option("#choose [name=measure]", measure)
            keys = {key.inner_text(): key.get_attribute("class") for key in page.locator("#key .key").all()}
            assert "1.00" in keys
            assert middle in keys
            assert meaning in page.locator("#key").inner_text()
            for cell in page.locator("#board td[data-pair]").all():
                value = cell.locator("b").inner_text()
                if value in ("1.00", "0.00") and value in keys and cell.get_attribute("class") != "thin":
                    assert keys[value] == f"key {cell.get_attribute('class')}"


def test_what_counts_alone_is_not_called_uncounted(seed_page, report):
    """Where assessments alone are chosen, the panel shows those that count, and none as not counted."""
    words = report.positions(basis="word").origin.records
    seed_page.select_option("#choose [name=basis]", "word")
    for cell in seed_page.locator("#board [data-pair]").all():
        cell.click()
        assert seed_page.locator("#panel .aside").count() == 0
        seed_page.keyboard.press("Escape")
    marked = seed_page.locator("#questions .records > li[data-alone][data-basis=word]").count()
    assert marked == sum(len(records) for records in words.values())


@pytest.mark.parametrize("name", ["report", "votes"])
def test_the_panel_says_what_each_question_contributes(opened, page_of, request, name):
    """The contributions in the panel are those that `compare` gives, and stand only with the value they make."""
    data = request.getfixturevalue(name)
    expected = stances.compare(data, "CHN", "FRA")
    parts = sorted(f"{item.contribution:.2f}" for item in expected.shared)
    with opened(f"{page_of(data)}#view=1&cell=CHN&cell=FRA") as page:
        shown = re.findall(r"contribution (-?[\d.]+)", page.locator("#panel-body").inner_text())
        assert sorted(shown) == parts
        assert f"Contributions are {expected.contributions_are}." in page.locator("#panel-body").inner_text()
        page.keyboard.press("Escape")
        page.select_option("#choose [name=measure]", "1")
        page.locator("#board [data-pair]").first.click()
        assert "ontribution" not in page.locator("#panel-body").inner_text()
