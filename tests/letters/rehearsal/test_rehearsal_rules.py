"""The rehearsal gateways hold a letter to the rules of Communicating With Congress."""

import pytest

from tests.letters.rehearsal.documents import HOUSE, LETTERS, SENATE, document


@pytest.mark.parametrize("path", LETTERS)
def test_a_broken_rule_is_named_in_libxmls_words(post, path):
    answer = post(path, document(path, Prefix="Mx.", Zip="8200"))

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/xml"
    text = answer.content.decode()
    assert text.startswith("<Errors>\n  <Error>Element 'Prefix': [facet 'enumeration']")
    assert "Element 'Zip': [facet 'pattern'] The value '8200'" in text
    assert text.count("<Error>") == 2


def test_an_error_text_is_escaped(post):
    answer = post(SENATE, document(Prefix="&lt;Error&gt;"))

    assert "The value '&lt;Error&gt;'" in answer.content.decode()


def test_the_order_of_the_elements_does_not_matter(post):
    message = "<ConstituentMessage>Please act.</ConstituentMessage>"
    version = "<CWCVersion>2.0</CWCVersion>"
    letter = document().replace(message, "").replace("<Message>", f"<Message>{message}")
    letter = letter.replace(version, "").replace("</CWC>", f"{version}</CWC>")

    assert post(SENATE, letter).status_code == 201


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("CWCVersion", "1.0"),
        ("DeliveryId", "short"),
        ("DeliveryId", "-" * 32),
        ("DeliveryDate", "2027-05-21"),
        ("DeliveryAgentContactName", "Short"),
        ("DeliveryAgentContactPhone", "2025550100"),
        ("CampaignId", ""),
        ("Prefix", ""),
        ("FirstName", ""),
        ("LastName", ""),
        ("Address1", "1A"),
        ("City", "Ai"),
        ("StateAbbreviation", "Wyoming"),
        ("Zip", "82001-12"),
        ("Email", "nobody"),
        ("Subject", "short"),
        ("Subject", "s" * 501),
        ("LibraryOfCongressTopic", "Foreign Affairs"),
        ("ConstituentMessage", "short"),
        ("ConstituentMessage", "m" * 10_001),
        ("MemberOffice", "STX01"),
        ("MemberOffice", "SWY03"),
        ("MemberOffice", "HWY00"),
    ],
)
def test_every_rule_is_held_to(post, element, words):
    answer = post(SENATE, document(**{element: words}))

    assert answer.status_code == 400
    assert f"Element '{element}'" in answer.content.decode()


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ("Zip", "82001-1234"),
        ("Prefix", "Miss"),
        ("Subject", "s" * 500),
        ("ConstituentMessage", "m" * 6),
        ("ConstituentMessage", "ы" * 10_000),
        ("LastName", "O'Neil-Škłoŭ"),
    ],
)
def test_what_the_rules_allow_is_accepted(post, element, words):
    assert post(SENATE, document(**{element: words})).status_code == 201


def test_a_letter_without_any_message_is_refused(post):
    letter = document().replace("<ConstituentMessage>Please act.</ConstituentMessage>", "")

    answer = post(SENATE, letter)

    assert "Expected is one of ( OrganizationStatement, ConstituentMessage )" in str(answer.content)


def test_a_bill_without_pro_or_con_is_refused(post):
    bill = (
        "<Bills><Bill><BillCongress>119</BillCongress>"
        "<BillTypeAbbreviation>H.R.</BillTypeAbbreviation><BillNumber>1</BillNumber></Bill></Bills>"
    )
    letter = document().replace("<ConstituentMessage>", f"{bill}<ConstituentMessage>")

    assert "Expected is ( ProOrCon )" in str(post(SENATE, letter).content)
    assert post(SENATE, letter.replace("</Bills>", "</Bills><ProOrCon>Pro</ProOrCon>")).status_code


def test_a_made_up_phone_is_noticed(post):
    letter = document().replace("<Email>jan", "<Phone>000-000-0000</Phone><Email>jan")

    assert "Element 'Phone': no real phone number." in str(post(SENATE, letter).content)


def test_the_house_calls_american_samoa_aq(post):
    assert post(HOUSE, document(HOUSE, MemberOffice="HAQ00")).status_code == 200
    assert post(HOUSE, document(HOUSE, MemberOffice="HAS00")).status_code == 400
