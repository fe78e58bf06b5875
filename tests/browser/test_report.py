"""This room opens the report of an import: it fits a telephone, asks nobody for anything and runs nothing."""

from pathlib import Path

from playwright.async_api import Browser

from tests.pages import page, tale
from tests.process.running import talebearer

SCRIPT = "<script>document.title = 'obeyed'</script><img src=http://127.0.0.1:9/x onerror=\"document.title='obeyed'\">"
WIDTHS = "[document.documentElement.scrollWidth, ...[...document.querySelectorAll('td.value')].map(e => e.offsetWidth)]"


async def test_a_report_is_read_on_a_telephone(browser: Browser, tmp_path: Path) -> None:
    hostile = page(f"{SCRIPT} The Lamp", description=SCRIPT, paragraphs=[SCRIPT, "x" * 900, *tale("heron")])
    (tmp_path / "lamp.txt").write_text(hostile, "utf-8")
    await talebearer(tmp_path, "import", "lamp.txt", "--dry-run", "--html", "report.html")
    tab = await browser.new_page(viewport={"width": 360, "height": 800})
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    await tab.goto((tmp_path / "report.html").as_uri())
    await tab.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    whole, *values = await tab.evaluate(WIDTHS)
    assert whole == 360, "nothing is wider than the screen"
    assert values
    assert min(values) > 250, "values have lines of their own"
    assert await tab.title() == "Report of an import"
    assert asked == [tab.url]
    await tab.close()
