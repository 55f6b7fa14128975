"""Free text becomes an address, or says in a sentence why not."""

import pytest

from representatives.addresses import Address, AddressNotUnderstood, parse_address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("82001", Address("82001")),
        ("82001-1234", Address("82001", zip4="1234")),
        ("820011234", Address("82001", zip4="1234")),
        ("WY 82001", Address("82001", state="WY")),
        (
            "1100 Congress Ave, Austin, TX 78701",
            Address("78701", "1100 Congress Ave", "Austin", "TX"),
        ),
        (
            "1100 Congress Ave Austin TX 78701",
            Address("78701", "1100 Congress Ave Austin", "", "TX"),
        ),
        ("5 Elm St, Apt 4, Austin, tx, 78701", Address("78701", "5 Elm St, Apt 4", "Austin", "TX")),
        ("Chicago 60614", Address("60614", city="Chicago")),
        ("5 K St NW, Washington, D.C. 20001", Address("20001", "5 K St NW", "Washington", "DC")),
        ("5 Elm St, Chicago, IL 60614, USA", Address("60614", "5 Elm St", "Chicago", "IL")),
        (
            "\ufeff ５ Elm St, Chicago, IL ６０６１４ ",
            Address("60614", "5 Elm St", "Chicago", "IL"),
        ),
        ("900 4th St NE 20002", Address("20002", "900 4th St NE")),
        ("12 Rue XX 60614", Address("60614", "12 Rue XX")),
        ("82001 - 1234", Address("82001", zip4="1234")),
        ("WY 82001 United States of America", Address("82001", state="WY")),
        ("5 Elm St, Austin, Texas 78701", Address("78701", "5 Elm St", "Austin", "TX")),
        ("Wheeling, west virginia, 26003", Address("26003", city="Wheeling", state="WV")),
        ("Kansas City, Kansas 66101", Address("66101", city="Kansas City", state="KS")),
        ("Seattle, Washington 98101", Address("98101", city="Seattle", state="WA")),
        ("5 K St, Apt B, Washington 20001", Address("20001", "5 K St, Apt B", "Washington")),
        ("5 Elm St, Nevada 64772", Address("64772", "5 Elm St", "Nevada")),
        ("Nevada 64772", Address("64772", city="Nevada")),
        ("10 Oak Ct 60614", Address("60614", "10 Oak Ct")),
        ("10 Elm St Hartford CT 06103", Address("06103", "10 Elm St Hartford", "", "CT")),
        ("10 Oak Ct, Hartford, CT 06103", Address("06103", "10 Oak Ct", "Hartford", "CT")),
        ("Hartford CT 06103", Address("06103", city="Hartford", state="CT")),
        ('"5 Elm St, Chicago, IL 60614";', Address("60614", "5 Elm St", "Chicago", "IL")),
        ("IL 60614 (USA)", Address("60614", state="IL")),
        ("IL 60614-", Address("60614", state="IL")),
        ("\u202aIL\u200b 60614\u200b\u202c", Address("60614", state="IL")),
        ("60615 Elm St, Chicago, IL 60614", Address("60614", "60615 Elm St", "Chicago", "IL")),
        ("Apt 4, Chicago 5 - 60614", Address("60614", "Apt 4", "Chicago 5")),
        ("PO Box 60615, 60614", Address("60614", "PO Box 60615")),
        ("5 Elm St, Texas City, TX 77590", Address("77590", "5 Elm St", "Texas City", "TX")),
    ],
)
def test_text_that_ends_in_a_zip_is_an_address(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    ["", "   ", "nonsense", "2134", "WY 8200", "123456", "1234567890", "82001 Main Street"]
    + ["82001-12345", "WY 82001 - 12345", "82001 12345", "82001-1234, 82002", "82001-12"]
    + ["PO Box 82001", "5 Elm St Apt 82001", "x" * 1_000_000, "5 " * 1000 + "82001", "\x00", "🏛"],
)
def test_text_without_a_zip_is_refused_in_a_sentence(text):
    with pytest.raises(AddressNotUnderstood) as refusal:
        parse_address(text)

    assert str(refusal.value).endswith(".")
    assert not text.strip() or text not in str(refusal.value)


@pytest.mark.parametrize(
    "street",
    ["PO Box 12", "P.O. Box 12", "p o box 12", "POB 12", "Post Office Box 12", "Box 12"]
    + ["PO Drawer 7", "PO Box A", "Caller Box 9", "Apartado 123", "PO Box 12 Chicago"],
)
def test_a_po_box_is_recognised(street):
    assert Address("60614", street).is_po_box


@pytest.mark.parametrize(
    "street",
    ["5 Elm St", "12 Box Elder Rd", "RR 2 Box 152", "5 Elm St, PO Box 12", "PO Box 12, 5 Elm St"],
)
def test_a_street_is_no_po_box(street):
    assert not Address("60614", street).is_po_box


@pytest.mark.parametrize(
    "text",
    ["PSC 1 Box 2, APO AE 09001", "Unit 3, FPO, AP 96278", "CMR 4 dpo 09180", "APO, AA 34001"],
)
def test_military_post_is_recognised(text):
    assert parse_address(text).is_military


def test_a_street_called_apo_is_not_military():
    assert not parse_address("12 Apo Dr, Honolulu, HI 96821").is_military


def test_an_address_does_not_give_itself_away():
    assert repr(Address("82001", "5 Elm St")) == "Address(…)"
