"""The web page on which one is a person in the made-up workspace: drawn here, sent as plain HTML and JSON."""
