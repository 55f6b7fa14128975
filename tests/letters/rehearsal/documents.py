"""A document as a stranger would write it, and the addresses of the rehearsal gateways."""

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<CWC>
  <CWCVersion>2.0</CWCVersion>
  <Delivery>
    <DeliveryId>0123456789abcdef0123456789ABCDEF</DeliveryId>
    <DeliveryDate>20270521</DeliveryDate>
    <DeliveryAgent>An Agent</DeliveryAgent>
    <DeliveryAgentAckEmailAddress>ack@example.org</DeliveryAgentAckEmailAddress>
    <DeliveryAgentContact>
      <DeliveryAgentContactName>Contact</DeliveryAgentContactName>
      <DeliveryAgentContactEmail>contact@example.org</DeliveryAgentContactEmail>
      <DeliveryAgentContactPhone>202-555-0100</DeliveryAgentContactPhone>
    </DeliveryAgentContact>
    <CampaignId>campaign</CampaignId>
  </Delivery>
  <Recipient>
    <MemberOffice>SWY01</MemberOffice>
  </Recipient>
  <Constituent>
    <Prefix>Mr.</Prefix>
    <FirstName>Jan</FirstName>
    <LastName>Doe</LastName>
    <Address1>1 Main Street</Address1>
    <City>Cheyenne</City>
    <StateAbbreviation>WY</StateAbbreviation>
    <Zip>82001</Zip>
    <Email>jan@example.org</Email>
  </Constituent>
  <Message>
    <Subject>Subject</Subject>
    <LibraryOfCongressTopics>
      <LibraryOfCongressTopic>International Affairs</LibraryOfCongressTopic>
    </LibraryOfCongressTopics>
    <ConstituentMessage>Please act.</ConstituentMessage>
  </Message>
</CWC>
"""
HOUSE = "/house/v2/message"
HOUSE_VALIDATE = "/house/v2/validate"
HOUSE_LIST = "/house/v2/offices"
SENATE = "/senate/api/production-messages/"
SENATE_TEST = "/senate/api/testing-messages/"
SENATE_LIST = "/senate/api/active_offices"
LETTERS = (HOUSE, HOUSE_VALIDATE, SENATE, SENATE_TEST)
LISTS = (HOUSE_LIST, SENATE_LIST)


def document(path: str = SENATE, **changes: str) -> str:
    """DOCUMENT for the gateway at `path`, with the text of some elements replaced."""
    if path.startswith("/house"):
        changes = {"MemberOffice": "HWY00"} | changes
    text = DOCUMENT
    for name, words in changes.items():
        before, _, rest = text.partition(f"<{name}>")
        _, _, after = rest.partition(f"</{name}>")
        text = f"{before}<{name}>{words}</{name}>{after}"
    return text
