"""Reader of web pages: those that flow, and those that place each word on the page."""
