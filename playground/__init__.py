"""A Slack workspace on your own machine: Web API, Events, interactivity, Socket Mode and a page to be a person in.

It knows nothing of the bot it serves: any Slack app, in any language, can be pointed at it.
"""
