"""An organization's own page, somewhere else on the web, and what a real browser does with it."""

from playwright.sync_api import expect

PAGE = """<!DOCTYPE html><title>Our own site</title>{form}"""


def form_of(organizer) -> str:
    """As an organization copies it from its page."""
    organizer.goto("/organizations/baza/may-21/")
    organizer.get_by_text("English", exact=True).last.click()
    return organizer.get_by_label("HTML to paste").last.input_value()


def test_an_address_from_another_site_fills_in_the_first_screen(organizer, supporter):
    page, form = supporter.page, form_of(organizer)
    page.set_content(PAGE.format(form=form))
    supporter.find(street="2101 Capitol Ave", zip="82001")

    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you live?")
    expect(page.get_by_label("Street address")).to_have_value("2101 Capitol Ave")
    assert "Capitol" not in page.url and "82001" not in page.url
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]

    supporter.press("Find my offices")
    expect(page.get_by_text("Harriet M. Hageman")).to_be_visible()
    supporter.write()
    supporter.sign(title="Ms.")
    supporter.confirm()
    expect(page.get_by_role("heading", name="Each office")).to_be_visible()
    organizer.goto("/organizations/baza/may-21/")
    invited = organizer.locator("dt", has_text="Came by your link, poster or form")
    expect(invited.locator("xpath=following-sibling::dd[1]")).to_have_text("1")


def test_a_form_elsewhere_does_not_end_a_letter_that_is_being_written(organizer, supporter):
    page, form = supporter.page, form_of(organizer)
    supporter.begin()
    supporter.find(street="2101 Capitol Ave", zip="82001")
    before = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}

    elsewhere = page.context.new_page()
    elsewhere.set_content(PAGE.format(form=form))
    elsewhere.get_by_label("Street address").fill("1 Main St")
    elsewhere.get_by_label("ZIP code").fill("78701")
    elsewhere.get_by_role("button", name="Find my offices").click()
    expect(elsewhere.get_by_label("Street address")).to_have_value("1 Main St")

    after = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    assert after["sessionid"] == before["sessionid"]
