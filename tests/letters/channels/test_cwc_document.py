"""The XML: exactly what the gateways ask for, and nothing that a supporter did not say."""

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from letters.channels.interface import NeedsSupporter, Office, Part, Rejected
from letters.states import Reason

EXACTLY = """<?xml version='1.0' encoding='UTF-8'?>
<CWC>
  <CWCVersion>2.0</CWCVersion>
  <Delivery>
    <DeliveryId>A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2</DeliveryId>
    <DeliveryDate>20270521</DeliveryDate>
    <DeliveryAgent>Rehearsal of Letters to Congress</DeliveryAgent>
    <DeliveryAgentAckEmailAddress>acknowledgements@example.org</DeliveryAgentAckEmailAddress>
    <DeliveryAgentContact>
      <DeliveryAgentContactName>Rehearsal Contact</DeliveryAgentContactName>
      <DeliveryAgentContactEmail>contact@example.org</DeliveryAgentContactEmail>
      <DeliveryAgentContactPhone>202-555-0100</DeliveryAgentContactPhone>
    </DeliveryAgentContact>
    <Organization>First Organization</Organization>
    <OrganizationContact>
      <OrganizationContactName>Jane Doe</OrganizationContactName>
      <OrganizationContactEmail>office@example.org</OrganizationContactEmail>
      <OrganizationContactPhone>202-555-0101</OrganizationContactPhone>
    </OrganizationContact>
    <OrganizationAbout>Belarusians in America.</OrganizationAbout>
    <CampaignId>0123456789abcdef</CampaignId>
  </Delivery>
  <Recipient>
    <MemberOffice>SWY01</MemberOffice>
    <IsResponseRequested>Y</IsResponseRequested>
    <NewsletterOptIn>N</NewsletterOptIn>
  </Recipient>
  <Constituent>
    <Prefix>Ms.</Prefix>
    <FirstName>Ніна</FirstName>
    <LastName>O'Škłoŭ</LastName>
    <Address1>1 Main Street, Apt 2</Address1>
    <City>Cheyenne</City>
    <StateAbbreviation>WY</StateAbbreviation>
    <Zip>82001</Zip>
    <AddressValidation>Y</AddressValidation>
    <Email>nina@example.org</Email>
    <EmailValidation>Y</EmailValidation>
  </Constituent>
  <Message>
    <Subject>Honor May 21</Subject>
    <LibraryOfCongressTopics>
      <LibraryOfCongressTopic>International Affairs</LibraryOfCongressTopic>
    </LibraryOfCongressTopics>
    <OrganizationStatement>Dear Senator Barrasso,

We urge you to act.

First Organization
Second Organization</OrganizationStatement>
    <ConstituentMessage>Dear Senator Barrasso,

My aunt is in prison.</ConstituentMessage>
  </Message>
</CWC>
"""


@pytest.fixture
def composed(make_channel):
    """The document of an envelope, parsed again."""

    def compose(envelope, **channel):
        document = make_channel(**channel).compose(envelope)
        return etree.fromstring(document.encode()).find

    return compose


def test_a_letter_is_written_exactly_so(make_channel, write):
    assert make_channel().compose(write(own_words="My aunt is in prison.")) == EXACTLY


def test_without_own_words_only_the_organizations_speak(composed, envelope):
    find = composed(envelope)

    assert find("Message/OrganizationStatement") is not None
    assert find("Message/ConstituentMessage") is None


def test_without_a_statement_only_the_supporter_speaks(composed, write):
    find = composed(write(own_words="Please act.", statement="", closing=""))

    assert find("Message/OrganizationStatement") is None
    assert find("Message/ConstituentMessage").text == "Dear Senator Barrasso,\n\nPlease act."


def test_a_story_is_the_organizations_and_never_passes_for_own_words(composed, write):
    find = composed(write(own_words="Mine.", story="She is ill.", statement="Free them."))

    theirs = find("Message/OrganizationStatement").text
    assert theirs.startswith("Dear Senator Barrasso,\n\nFree them.\n\nShe is ill.\n\n")
    assert find("Message/ConstituentMessage").text == "Dear Senator Barrasso,\n\nMine."


@pytest.mark.parametrize("statement", ["", "Theirs, edited."])
def test_beside_a_changed_statement_the_story_follows_their_own_words(composed, write, statement):
    letter = write(
        own_words="Mine.",
        story="She is ill.",
        statement=statement,
        statement_is_untouched=False,
        closing="",
    )

    find = composed(letter)

    assert find("Message/OrganizationStatement") is None
    assert "\n\nMine.\n\nShe is ill." in find("Message/ConstituentMessage").text


def test_an_edited_statement_is_the_supporters_and_follows_their_words(composed, write):
    letter = write(
        own_words="Mine.", statement="Theirs, edited.", statement_is_untouched=False, closing=""
    )

    find = composed(letter)

    assert find("Message/OrganizationStatement") is None
    message = find("Message/ConstituentMessage").text
    assert message == "Dear Senator Barrasso,\n\nMine.\n\nTheirs, edited."


def test_no_name_and_no_address_stand_in_the_message(make_channel, write):
    parts = make_channel().parts(write(own_words="Please act."))

    said = " ".join(part.text for part in parts)
    for secret in ("Ніна", "Škłoŭ", "Main Street", "Cheyenne", "82001", "nina@example.org"):
        assert secret not in said


def test_the_preview_names_the_parts_as_the_office_does(make_channel, write):
    parts = make_channel().parts(write(own_words="Please act.", closing=""))

    assert parts == (
        Part("Organization Statement", "Dear Senator Barrasso,\n\nWe urge you to act."),
        Part("Constituent Message", "Dear Senator Barrasso,\n\nPlease act."),
    )


def test_a_sent_document_can_be_read_again(make_channel, write):
    channel, letter = make_channel(), write(own_words="<b>&</b> Ніна")

    assert channel.parts_of(channel.compose(letter)) == channel.parts(letter)


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "]]> &amp; & <", "Škłoŭ і Ніна", "🕊️ “peace”", "a\n\n  b"]
)
def test_every_character_survives(composed, write, words):
    find = composed(write(own_words=words, statement="", closing=""))

    assert find("Message/ConstituentMessage").text == f"Dear Senator Barrasso,\n\n{words}"


def test_a_browsers_line_ends_become_plain_ones(make_channel, write):
    document = make_channel().compose(write(own_words="one\r\ntwo\rthree"))

    assert "one\ntwo\nthree" in document
    assert "&#13;" not in document


@pytest.mark.parametrize("code", ["\x00", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_carry_is_our_mistake_not_a_crash(make_channel, write, code):
    with pytest.raises(Rejected) as caught:
        make_channel().compose(write(own_words=f"before{code}after"))

    assert caught.value.reason == Reason.OUR_MISTAKE


def test_exactly_ten_thousand_characters_leave_whole(composed, write):
    words = "ы" * (10_000 - len("Dear Senator Barrasso,\n\n"))

    find = composed(write(own_words=words))

    assert len(find("Message/ConstituentMessage").text) == 10_000


@pytest.mark.parametrize("part", ["own_words", "statement"])
def test_one_character_more_needs_the_supporter(make_channel, write, part):
    words = "ы" * (10_001 - len("Dear Senator Barrasso,\n\n"))

    with pytest.raises(NeedsSupporter) as caught:
        make_channel().compose(write(closing="", **{part: words}))

    assert caught.value.reason == Reason.TOO_LONG


def test_a_subject_may_have_6_to_500_characters(make_channel, write):
    channel = make_channel()
    for subject in ("s" * 6, "s" * 500):
        assert subject in channel.compose(write(subject=subject))


@pytest.mark.parametrize(
    ("subject", "reason"), [("short", Reason.REFUSED), ("s" * 501, Reason.TOO_LONG)]
)
def test_any_other_subject_needs_the_supporter(make_channel, write, subject, reason):
    with pytest.raises(NeedsSupporter) as caught:
        make_channel().compose(write(subject=subject))

    assert caught.value.reason == reason


@pytest.mark.parametrize("prefix", ["Mr.", "Mrs.", "Miss", "Ms.", "Dr."])
def test_the_five_titles_are_taken(composed, write, prefix):
    assert composed(write(who={"prefix": prefix}))("Constituent/Prefix").text == prefix


@pytest.mark.parametrize("prefix", ["", "Mx.", "mr.", "Prof."])
def test_no_other_title_is_replaced_by_one_of_them(make_channel, write, prefix):
    with pytest.raises(NeedsSupporter) as caught:
        make_channel().compose(write(who={"prefix": prefix}))

    assert caught.value.reason == Reason.PREFIX_MISSING


@pytest.mark.parametrize(
    "who", [{"street": "1A"}, {"city": "Ai"}, {"zip": "8200"}, {"first_name": "  "}]
)
def test_what_the_grammar_refuses_of_a_supporter_they_may_finish_themselves(
    make_channel, write, who
):
    with pytest.raises(NeedsSupporter) as caught:
        make_channel().compose(write(who=who))

    assert caught.value.reason == Reason.REFUSED
    assert "Element" in caught.value.evidence
    assert str(caught.value) == Reason.REFUSED


@pytest.mark.parametrize(
    "change",
    [
        {"delivery_key": "short"},
        {"campaign_id": ""},
        {"topic": "Foreign Affairs"},
        {"statement": "", "closing": ""},
    ],
)
def test_what_the_grammar_refuses_of_ours_is_our_mistake(make_channel, write, change):
    with pytest.raises(Rejected) as caught:
        make_channel().compose(write(**change))

    assert caught.value.reason == Reason.OUR_MISTAKE


def test_american_samoa_is_written_as_the_house_does(composed, write):
    find = composed(write(seat_code="HAS00", chamber="house"), chamber="house")

    assert find("Recipient/MemberOffice").text == "HAQ00"


def test_an_address_that_nobody_matched_says_so(composed, write):
    assert composed(write(address_validated=False))("Constituent/AddressValidation").text == "N"


def test_zip_plus_4_is_written_with_its_hyphen(composed, write):
    assert composed(write(who={"zip4": "1234"}))("Constituent/Zip").text == "82001-1234"


def test_no_phone_is_made_up_and_none_is_passed_on(make_channel, write):
    document = make_channel().compose(write(who={"phone": "307-555-0123"}))

    assert "307-555-0123" not in document
    assert "<Phone>" not in document


def test_a_contact_without_a_phone_is_left_out_whole(composed, write, envelope):
    find = composed(write(organization=replace(envelope.organization, contact_phone="")))

    assert find("Delivery/OrganizationContact") is None
    assert find("Delivery/Organization").text == "First Organization"


def test_every_element_stands_on_its_own_line(make_channel, envelope):
    lines = make_channel().compose(envelope).splitlines()

    assert all(line.count("<") <= 2 for line in lines)


def test_the_grammar_is_replaceable_by_a_file(make_channel, write, tmp_path, settings):
    grammar = tmp_path / "official.xsd"
    text = Path(settings.CWC_SCHEMA).read_text()
    grammar.write_text(text.replace('value="10000"', 'value="100"'))

    with pytest.raises(NeedsSupporter):
        make_channel(schema=str(grammar)).compose(write(own_words="long " * 50))


def test_an_office_of_the_other_chamber_is_not_reached(make_channel):
    office = Office(seat_code="HWY00", chamber="house", listed_by=frozenset({"senate_cwc"}))

    assert make_channel("senate").obstacle(office) == Reason.OTHER_CHAMBER


def test_an_office_that_is_not_listed_is_not_reached(make_channel):
    known = frozenset({"senate_cwc"})
    office = Office(seat_code="STX01", chamber="senate", lists_known=known)

    assert make_channel("senate").obstacle(office) == Reason.OFFICE_NOT_LISTED


def test_no_office_is_reached_before_the_first_list(make_channel):
    office = Office(seat_code="STX01", chamber="senate")

    assert make_channel("senate").obstacle(office) == Reason.OFFICES_UNKNOWN


def test_a_listed_office_is_reached_unless_the_gateway_rests(make_channel):
    listed = frozenset({"senate_cwc"})
    channel = make_channel("senate")

    awake = Office(seat_code="SWY01", chamber="senate", lists_known=listed, listed_by=listed)
    resting = replace(awake, resting=listed)

    assert channel.obstacle(awake) == ""
    assert channel.obstacle(resting) == Reason.PAUSED
