"""Screen 2: own words apart from the statement, and no text that an office cannot take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign.models import Appeal, Fact, Prisoner
from letters.channels import channels
from letters.composing import envelope_of
from letters.models import Destination, Letter, Route
from letters.stories import in_turn
from representatives.congress import lookup_day
from representatives.models import Term
from tests.factories import make_delivery, make_letter, make_prisoner
from tests.letters.journey.conftest import text_of

OWN = "My cousin has been in prison for two years."


@pytest.fixture
def at_letter(supporter):
    return supporter.walk_to("letter")


def written(supporter, **changes):
    supporter.write(**changes)
    supporter.sign()
    return supporter.letter


def test_the_statement_is_filled_in_with_the_facts(at_letter):
    page = text_of(at_letter.get("letter/"))

    assert "1,171 political prisoners" in page
    assert "Figures as of May" in page
    assert "To be reviewed." in page
    assert "Seattle Belarusians" in page


def test_an_untouched_letter_stays_a_template(at_letter):
    letter = written(at_letter, own_words=OWN)

    assert (letter.own_words, letter.statement, letter.subject) == (OWN, None, None)


def test_line_ends_of_a_browser_do_not_count_as_an_edit(at_letter):
    shown = at_letter.get("letter/").context["form"]["statement"].value()

    assert written(at_letter, statement=shown.replace("\n", "\r\n")).statement is None


def test_an_edited_statement_is_frozen_on_its_day(at_letter):
    letter = written(at_letter, statement="Please help the 1,171 prisoners.")

    assert letter.statement == "Please help the 1,171 prisoners."
    assert letter.statement_frozen_on is not None


def test_what_was_emptied_can_be_put_back_and_own_words_stay(at_letter):
    offered = at_letter.get("letter/").context["form"].fresh
    emptied = {"own_words": OWN, "statement": "", "subject": ""}
    at_letter.write(**emptied)
    assert 'name="restore"' in at_letter.get("letter/").content.decode()

    at_letter.post("letter/", emptied | {"restore": "1"})

    page = at_letter.get("letter/")
    form = page.context["form"]
    restored = [form[name].value() for name in ("own_words", "statement", "subject")]
    assert restored == [OWN, offered.statement, offered.subject]
    assert 'name="restore"' not in page.content.decode()


def test_an_empty_letter_is_refused_beside_the_field(at_letter):
    answer = at_letter.write(own_words=" \r\n ", statement="")

    assert "Your letter is empty" in answer.context["form"].errors["own_words"][0]


def test_own_words_alone_make_a_letter(at_letter):
    assert written(at_letter, own_words=OWN, statement="").statement == ""


@pytest.mark.parametrize("field", ["own_words", "statement"])
def test_twenty_thousand_characters_are_refused_and_kept(at_letter, field):
    answer = at_letter.write(**{field: "word " * 4000})

    assert "Please shorten your letter by" in answer.context["form"].errors[field][0]
    assert ("word " * 4000).strip() in answer.content.decode()


GREETING = len("Dear Representative Hageman,\n\n")


def test_ten_thousand_characters_with_the_salutation_are_just_right(at_letter):
    longest = 10_000 - GREETING

    assert at_letter.write(own_words="a" * longest, statement="").status_code == 302
    assert at_letter.write(own_words="a" * (longest + 1), statement="").status_code == 200


def test_by_how_much_a_letter_is_too_long_is_said_beside_the_field(at_letter):
    answer = at_letter.write(own_words="a" * 10_000, statement="")

    error = answer.context["form"].errors["own_words"][0]
    assert f"shorten your letter by {GREETING}." in error


@pytest.mark.parametrize("statement", ["", "Please help the 1,171 prisoners."])
def test_what_the_form_accepts_the_gateways_take(at_letter, statement):
    own, step = 9_000, 512
    while step:
        accepted = at_letter.write(own_words="a" * (own + step), statement=statement)
        own, step = own + step * (accepted.status_code == 302), step // 2
    written(at_letter, own_words="a" * own, statement=statement)
    at_letter.enter(at_letter.mailed_code())

    for delivery in at_letter.letter.deliveries.all():
        channels()[delivery.channel].compose(envelope_of(delivery, on=lookup_day()))


def test_an_untouched_statement_shares_no_part_with_own_words(at_letter):
    shown = at_letter.get("letter/").context["form"]["statement"].value()
    own = "a" * (10_000 - GREETING)

    assert at_letter.write(own_words=own).status_code == 302
    assert (
        "own_words" in at_letter.write(own_words=own, statement=shown[:-1]).context["form"].errors
    )


def test_the_story_counts_as_well(at_letter):
    prisoner = make_prisoner(at_letter.campaign, "Long Story", story="b" * 1000)
    own = "a" * (10_000 - GREETING - 999)

    assert at_letter.write(own_words=own, prisoner="", statement="").status_code == 302
    answer = at_letter.write(own_words=own, prisoner=prisoner.pk, statement="")

    assert "shorten your letter by 3." in answer.context["form"].errors["own_words"][0]


@pytest.mark.parametrize("field", ["own_words", "statement"])
def test_also_official_forms_get_no_twenty_thousand_characters(at_letter, field):
    Destination.objects.all().delete()
    assert at_letter.write(**{field: "a" * 10_000}).status_code == 302

    answer = at_letter.write(**{field: "word " * 4000})

    assert "Please shorten your letter by" in answer.context["form"].errors[field][0]


def correct(value: str) -> None:
    Fact.objects.filter(value="1,171").update(value=value)


def test_a_figure_corrected_while_the_form_is_open_is_sent_as_corrected(at_letter):
    shown = open_form(at_letter)
    correct("1,199")

    at_letter.post("letter/", shown)
    assert "1,199 political prisoners" in text_of(at_letter.get("letter/preview/"))
    at_letter.sign()

    assert (at_letter.letter.statement, at_letter.letter.subject) == (None, None)


def test_a_subject_whose_figure_is_corrected_meanwhile_is_untouched(at_letter):
    Appeal.objects.update(subject="Free all 1,171 of them: {prisoners}")
    Fact.objects.filter(value="1,171").update(key="prisoners")
    shown = open_form(at_letter)
    correct("1,199")

    at_letter.post("letter/", shown | {"statement": "Please do help them."})
    at_letter.sign()

    assert at_letter.letter.subject is None


def test_a_page_opened_before_a_correction_is_untouched_also_after_another_one(at_letter):
    shown = open_form(at_letter)
    correct("1,199")
    open_form(at_letter)

    at_letter.post("letter/", shown)
    at_letter.sign()

    assert at_letter.letter.statement is None


def test_who_comes_back_to_an_untouched_statement_sees_its_corrected_figure(at_letter):
    at_letter.write(own_words=OWN)
    correct("1,199")

    form = at_letter.get("letter/").context["form"]

    assert "1,199 political prisoners" in form["statement"].value()
    assert form["own_words"].value() == OWN


def test_who_comes_back_to_a_statement_of_their_own_finds_it_as_it_was(at_letter):
    at_letter.write(statement="Please help the 1,171 prisoners.")
    correct("1,199")

    form = at_letter.get("letter/").context["form"]

    assert form["statement"].value() == "Please help the 1,171 prisoners."


def open_form(supporter) -> dict[str, str]:
    form = supporter.get("letter/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_seat_that_became_vacant_meanwhile_stops_no_letter(at_letter):
    today = lookup_day()
    Term.objects.filter(seat="SWY02").update(end=today - timedelta(days=1), end_estimated=False)

    assert at_letter.write(own_words=OWN, preview="1").status_code == 302
    assert "Lummis" not in text_of(at_letter.get("letter/preview/"))


def test_control_characters_are_cleaned_away(at_letter):
    letter = written(at_letter, own_words="One\x00 two\x0b\rthree\tfour \x1b[31m\ufffe\x85five")

    assert letter.own_words == "One two\nthree\tfour [31mfive"


def test_a_subject_is_one_line_of_6_to_500_characters(at_letter):
    short = at_letter.write(subject="Help").context["form"].errors["subject"]
    long = at_letter.write(subject="x" * 501).context["form"].errors["subject"]
    assert short == ["Write a subject of at least six characters."]
    assert long == ["At most 500 characters fit here, and you have 501. Please shorten it."]
    assert written(at_letter, subject="Free\r\nall of them").subject == "Free all of them"


@pytest.mark.parametrize("field", ["own_words", "statement", "subject"])
def test_a_text_in_cyrillic_is_asked_for_in_english(at_letter, field):
    answer = at_letter.write(**{field: "Калі ласка, дапамажыце палітвязням у Беларусі."})

    assert "staff read English" in answer.context["form"].errors[field][0]
    assert "палітвязням" in answer.content.decode()


def test_a_name_in_cyrillic_is_fine(at_letter):
    assert at_letter.write(own_words=f"{OWN} I fear for Ніна.").status_code == 302


def test_what_is_too_short_for_a_gateway_is_refused(at_letter):
    assert (
        "six characters" in at_letter.write(own_words="Hi").context["form"].errors["own_words"][0]
    )


def test_the_way_back_loses_nothing(at_letter):
    answer = at_letter.write(own_words="Hi", back="1")

    assert answer.url == at_letter.url("find/offices/")
    at_letter.tick()
    assert at_letter.get("letter/").context["form"]["own_words"].value() == "Hi"


def test_a_changed_address_keeps_the_letter(at_letter):
    at_letter.write(own_words=OWN)

    at_letter.find(zip="82009")
    at_letter.tick()

    assert at_letter.get("letter/").context["form"]["own_words"].value() == OWN


def test_the_preview_shows_each_office_its_own_salutation(at_letter):
    answer = at_letter.write(own_words=OWN, preview="1")
    assert answer.url == at_letter.url("letter/preview/")

    page = text_of(at_letter.get("letter/preview/"))

    assert "Dear Representative Hageman," in page
    assert "Dear Senator Lummis," in page
    assert OWN in page


def test_the_preview_says_for_each_office_where_the_name_stands(supporter):
    Destination.objects.filter(name="senate_cwc").update(offices=["SWY02"])
    mailbox = {"way": Route.Way.EMAIL, "email": "desk@example.org"}
    supporter.walk_to("you")
    page = [text_of(supporter.get("letter/preview/"))]
    Route.objects.create(seat_id="SWY01", **mailbox)
    page.append(text_of(supporter.get("letter/preview/")))

    form, mail = "go into the form's own fields", "stand above the message"
    assert [each.count("travel beside the letter") for each in page] == [2, 2]
    assert [each.count(form) for each in page] == [1, 0]
    assert [each.count(mail) for each in page] == [0, 1]


def test_without_a_nameable_prisoner_nobody_is_offered(at_letter):
    make_prisoner(at_letter.campaign, "Hidden Person", may_be_named=False)

    page = at_letter.get("letter/")

    assert "prisoner" not in page.context["form"].fields
    assert "Hidden Person" not in text_of(page)


def test_a_story_is_told_in_the_readers_language_before_its_english(at_letter):
    make_prisoner(at_letter.campaign, "Ill Person", story="She is ill.", story_be="Яна хворая.")

    english = at_letter.get("letter/").content.decode()
    page = at_letter.get("letter/", headers={"accept-language": "be"}).content.decode()

    assert "in English:" not in english and "Яна хворая." not in english
    told, carried = "<span>Яна хворая.</span>", '<span lang="en">She is ill.</span>'
    assert carried in english and page.index(told) < page.index(carried)


@pytest.mark.parametrize(("reviewed_at", "times"), [(None, 1), (timezone.now(), 0)])
def test_a_story_that_nobody_has_reviewed_says_so(at_letter, reviewed_at, times):
    Fact.objects.update(reviewed_at=timezone.now())
    make_prisoner(at_letter.campaign, "Ill Person", reviewed_at=reviewed_at)

    page = text_of(at_letter.get("letter/"))

    assert page.count("Source: a source, Jan. 1, 2026 To be reviewed.") == times
    assert page.count("To be reviewed.") == times


def test_the_prisoner_told_least_is_chosen_for_them(at_letter):
    told = make_prisoner(at_letter.campaign, "Aaa Told")
    make_prisoner(at_letter.campaign, "Bbb Untold")
    letter = written(at_letter, prisoner=told.pk)
    assert letter.prisoner == told

    at_letter.client.session.flush()
    at_letter.walk_to("letter")

    form = at_letter.get("letter/").context["form"]
    assert Prisoner.objects.get(pk=form["prisoner"].value()).name == "Bbb Untold"


def test_a_story_that_cannot_be_chosen_is_said_in_our_words(at_letter):
    make_prisoner(at_letter.campaign, "Still Inside")

    answer = at_letter.write(prisoner="999")

    assert "no longer be chosen" in answer.context["form"].errors["prisoner"][0]
    assert answer.context["is_choosing_story"]


def test_a_prisoner_freed_meanwhile_sends_them_back_to_the_letter(at_letter):
    prisoner = make_prisoner(at_letter.campaign, "Soon Free")
    at_letter.write(prisoner=prisoner.pk)
    make_prisoner(at_letter.campaign, "Still Inside")
    Prisoner.objects.filter(pk=prisoner.pk).update(released=True)

    assert at_letter.sign().url == at_letter.url("letter/")


def test_an_office_hears_of_somebody_else_whatever_another_one_has_heard(at_letter):
    """However often Texas has heard of them."""
    here, elsewhere = (
        make_prisoner(at_letter.campaign, name) for name in ("Told Here", "Told There")
    )
    written(at_letter, prisoner=here.pk)
    for _ in range(2):
        letter = make_letter()
        letter.deliveries.all().delete()
        Letter.objects.filter(id=letter.id).update(prisoner=elsewhere)
        make_delivery(letter=letter, seat="HTX01")
    at_letter.client.session.flush()
    at_letter.walk_to("letter")

    form = at_letter.get("letter/").context["form"]

    assert form.chosen_prisoner == elsewhere


def test_supporters_who_begin_alike_are_offered_different_people(at_letter):
    for number in range(20):
        make_prisoner(at_letter.campaign, f"Person {number}")
    first = {
        in_turn(campaign=at_letter.campaign, seats=["HWY00"], seed=str(number))[0].pk
        for number in range(20)
    }

    assert len(first) > 5


def test_a_few_people_are_shown_and_the_others_come_with_a_button(at_letter):
    for number in range(10):
        make_prisoner(at_letter.campaign, f"Person {number}")
    before = at_letter.get("letter/").context

    at_letter.post(
        "letter/",
        {"own_words": "Kept.", "others": "1", "prisoner": before["form"].chosen_prisoner.pk},
    )
    after = at_letter.get("letter/").context

    assert len(before["stories"]) == len(after["stories"]) == 3
    assert after["form"].chosen_prisoner == before["form"].chosen_prisoner
    assert not {*before["stories"], before["form"].chosen_prisoner} & set(after["stories"])
    assert after["form"]["own_words"].value() == "Kept."
    assert (before["is_choosing_story"], after["is_choosing_story"]) == (False, True)


def test_many_prisoners_cost_no_more_queries_than_one(at_letter, django_assert_max_num_queries):
    make_prisoner(at_letter.campaign, "Person 0")
    with CaptureQueriesContext(connection) as asked:
        at_letter.get("letter/")
    for number in range(1, 20):
        make_prisoner(at_letter.campaign, f"Person {number}")

    with django_assert_max_num_queries(len(asked)):
        at_letter.get("letter/")


def test_nobodys_story_is_a_choice_that_stays(at_letter):
    make_prisoner(at_letter.campaign, "Still Inside")
    at_letter.write(prisoner="", back="1")

    form = at_letter.get("letter/").context["form"]

    assert form.chosen_prisoner is None


def test_who_is_named_in_the_own_words_is_known_by_the_letter(at_letter):
    named = make_prisoner(at_letter.campaign, "Maria Kalesnikava")
    make_prisoner(at_letter.campaign, "Somebody Else")

    letter = written(at_letter, own_words="Maria Kalesnikava played for us.", prisoner="")

    assert list(letter.named_prisoners.all()) == [named]
