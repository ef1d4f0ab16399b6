"""The dashboard of uptake: figures with what they rest on, down to the notices and the words that prove them."""
