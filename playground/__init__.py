"""A Slack workspace on your own machine: Web API, Events, interactivity, Socket Mode and a page.

It knows nothing of the bot it serves: any Slack app, in any language, can be pointed at it.
"""
