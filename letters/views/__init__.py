"""The supporter's pages: parse, call one verb, answer. One module per screen."""
