"""What the rows of each table are called when people read how many there are, or look at them."""

from __future__ import annotations

from stories.language import _


def named(table: str) -> str:
    """What a table's rows are, as several of them: "quotes". The table's own name for one without words."""
    return all_named().get(table, table)


def all_named() -> dict[str, str]:
    """Every table's words, in the order in which people read them."""
    return {
        **_told(),
        **_posted(),
        **_colleagues(),
        **_projects(),
        **_figures(),
        **_connected(),
        **_series(),
        "story_words": _("entries of the search"),
    }


def _series() -> dict[str, str]:
    """The words of the series."""
    return {
        "series_seasons": _("seasons of the series"),
        "series_followed": _("places in a season of the series"),
        "series_episodes": _("episodes of the series"),
        "series_sentences": _("sentences of episodes"),
        "series_trends": _("trends that episodes tell of"),
        "series_media": _("photos and voices"),
        "series_carried": _("photos and voices in episodes"),
        "series_posts": _("posts of episodes"),
        "series_clicks": _("clicks under episodes"),
        "series_questions": _("questions to be voted for"),
        "series_votes": _("votes"),
        "series_follows": _("places that follow the series"),
        "series_feeds": _("feeds of the market"),
        "series_headlines": _("headlines of the market"),
        "series_feed_topics": _("topics of the market’s feeds"),
    }


def _told() -> dict[str, str]:
    """The words of conversations and what came of them."""
    return {
        "customers": _("customers"),
        "consents": _("records of consent"),
        "contacts": _("customers whom the rota may ask"),
        "interviews": _("conversations"),
        "quotes": _("quotes"),
        "stories": _("stories"),
        "story_terms": _("labels of stories"),
        "story_topics": _("topics of stories"),
        "reactions": _("reactions"),
        "follow_ups": _("promises and things taken on"),
        "reports": _("reports about stories"),
        "drafts": _("drafts"),
        "draft_notes": _("messages that went into a draft"),
        "draft_talks": _("files read for a draft"),
        "customer_links": _("links given to customers"),
        "corrections": _("corrections by customers"),
        "search_texts": _("texts that can be found"),
        "search_vectors": _("texts as numbers"),
        "themes": _("themes"),
        "theme_texts": _("texts sorted by theme"),
        "priorities": _("choices of the top three"),
        "priority_notes": _("notes on the top three"),
        "priority_rounds": _("looks at the top three"),
        "customer_colleagues": _("customers who work here too"),
        "customer_absences": _("channels that a customer who works here is not in"),
    }


def _posted() -> dict[str, str]:
    """The words of what is posted."""
    return {
        "channels": _("settings of channels"),
        "deliveries": _("posts"),
        "delivery_subjects": _("notes of whose words a post carries"),
        "tellings": _("stories told in channels"),
        "routes": _("rules that bring words to channels"),
        "route_posts": _("digests that rules brought"),
        "route_items": _("what rules brought"),
        "notice_stories": _("private notes about stories"),
        "home_stories": _("stories on App Homes"),
        "due_homes": _("App Homes that follow"),
        "unasked": _("posts that wait for room"),
        "receipts": _("clicks being worked through"),
        "rests": _("pauses that Slack asked for"),
        "erasures": _("erasures"),
        "erasure_posts": _("posts of erasures"),
        "retention": _("marks of retention"),
        "exports": _("files handed out"),
    }


def _colleagues() -> dict[str, str]:
    """The words of colleagues."""
    return {
        "people": _("settings of people"),
        "roles": _("roles"),
        "parts": _("parts of the company"),
        "rota_people": _("places in the rota"),
        "rota_parts": _("rhythms of parts of the business"),
        "rota_rounds": _("rounds of the rota"),
        "rota_talks": _("conversations of the rota"),
        "events": _("events with customers and speakers"),
        "event_seats": _("seats at events"),
        "event_questions": _("questions for events"),
        "event_votes": _("votes for questions"),
        "event_drafts": _("write-ups begun from events"),
        "remember_days": _("days to remember why"),
        "remember_looks": _("looks for days to remember"),
        "objectives": _("customer-insight objectives"),
        "lesson_places": _("places in lessons"),
        "story_thanks": _("notes of what authors were told of their stories"),
        "momentum_rounds": _("looks for whom to thank"),
        "letters": _("places that want the monthly letter"),
        "screens": _("screens that show the centre"),
        "web_sessions": _("browsers somebody signed in with"),
        "account_teams": _("members of account teams"),
        "channel_members": _("channels that somebody is in"),
        "channel_rolls": _("channels whose people are known"),
        "accounts": _("accounts"),
        "account_customers": _("answers whose customer somebody is"),
        "file_arrivals": _("files that arrived"),
        "file_receipts": _("marks of files that were read"),
        "nps_uploads": _("tables that wait to be read"),
        "audit": _("lines of the audit log"),
        "workspace_settings": _("settings for everybody"),
    }


def _projects() -> dict[str, str]:
    """The words of projects and their avatars."""
    return {
        "projects": _("projects"),
        "project_reasons": _("reasons of projects"),
        "reason_evidence": _("quotes that reasons rest on"),
        "avatar_comments": _("comments that avatars use"),
        "reason_comments": _("comments that reasons rest on"),
        "avatar_line_comments": _("comments that avatars said"),
        "project_changes": _("changes of projects"),
        "avatar_lines": _("lines of avatars"),
        "project_listening": _("listening, in numbers"),
        "project_marks": _("marks of milestones"),
        "project_milestones": _("milestones"),
        "milestone_looks": _("looks back at milestones"),
        "project_pins": _("pinned messages"),
        "avatar_pictures": _("pictures of avatars"),
        "trackers": _("places in trackers"),
        "wanted_talks": _("talks that a project wants"),
    }


def _figures() -> dict[str, str]:
    """The words of answers to surveys."""
    return {
        "nps_answers": _("answers to surveys"),
        "language_rounds": _("how far languages were looked for"),
        "nps_settings": _("settings of NPS"),
        "nps_sources": _("sources of answers"),
        "nps_properties": _("properties of answers"),
        "nps_segments": _("segments of answers"),
        "nps_days": _("counts by day"),
        "nps_weeks": _("counts by week"),
        "nps_erased": _("marks of erased people, hashed"),
        "nps_imports": _("files taken in"),
        "nps_keys": _("keys for pushing"),
        "nps_pushes": _("pushes answered"),
        "nps_follows": _("channels that follow NPS"),
        "nps_watches": _("looks at NPS"),
        "nps_movements": _("movements of NPS"),
        "nps_figures": _("business figures"),
        "nps_worth": _("questions about worth"),
    }


def _connected() -> dict[str, str]:
    """The words of workspaces."""
    return {
        "workspaces": _("workspaces"),
        "connections": _("connections"),
        "slack_bots": _("tokens of the bot"),
        "slack_installations": _("installations"),
        "slack_oauth_states": _("installations begun"),
    }
