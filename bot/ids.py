"""Every callback and action id, in one place: Slack gives them back when somebody clicks or submits."""

from typing import Final

# Shortcuts (the manifest names them too).
INTERVIEW_SHORTCUT: Final = "interview_new"
STORY_FROM_MESSAGE: Final = "story_from_message"

# The write-up: its views and their buttons.
INTERVIEW_VIEW: Final = "interview_step"
INTERVIEW_PREVIEW_VIEW: Final = "interview_preview"
INTERVIEW_CHOOSE_VIEW: Final = "interview_choose"
INTERVIEW_DONE_VIEW: Final = "interview_done"
INTERVIEW_OPEN: Final = "interview_open"
INTERVIEW_BACK: Final = "interview_back"
INTERVIEW_ADD_QUOTE: Final = "interview_add_quote"
INTERVIEW_IN_THREAD: Final = "interview_in_thread"
INTERVIEW_FROM_THREAD: Final = "interview_from_thread"
INTERVIEW_THREAD_LINK: Final = "interview_thread_link"
INTERVIEW_KEEP: Final = "interview_keep"
INTERVIEW_HIDE: Final = "interview_hide"
CUSTOMER_SEARCH: Final = "customer_search"
THEME_SEARCH: Final = "theme_search"
DRAFT_OPEN: Final = "draft_open"
DRAFT_DROP: Final = "draft_drop"

# A transcript that somebody dropped on the bot.
FILE_VOICE: Final = "file_voice"
FILE_DROP: Final = "file_drop"
FILE_READ_AGAIN: Final = "file_read_again"
FILE_LINES_VIEW: Final = "file_lines"
FILE_MORE_LINES: Final = "file_more_lines"

# A table of NPS answers that somebody dropped on the bot.
NPS_UPLOAD_TAKE: Final = "nps_upload_take"
NPS_UPLOAD_LEAVE: Final = "nps_upload_leave"
NPS_UPLOAD_COLUMN: Final = "nps_upload_column"

# Under every story.
STORY_THOUGHT: Final = "story_thought"
STORY_ACT: Final = "story_act"
STORY_MORE: Final = "story_more"
STORY_THANKS: Final = "story_thanks"
STORY_MENU: Final = "story_menu"
STORY_READ: Final = "story_read"
STORY_SHARE: Final = "story_share"
STORY_WRONG: Final = "story_wrong"
STORY_SHARE_VIEW: Final = "story_share_view"
STORY_ACT_VIEW: Final = "story_act_view"
STORY_WRONG_VIEW: Final = "story_wrong_view"
STORY_READ_VIEW: Final = "story_read_view"
STORY_DONE_VIEW: Final = "story_done_view"

# An author's own stories, and an editor's decisions.
STORY_PREVIEW: Final = "story_preview"
STORY_PUBLISH: Final = "story_publish"
STORY_EDIT: Final = "story_edit"
STORY_WITHDRAW: Final = "story_withdraw"
OWN_NEWER: Final = "own_newer"
OWN_OLDER: Final = "own_older"
STORIES_MORE: Final = "stories_more"
STORIES_EARLIER: Final = "stories_earlier"
STORIES_SEARCH: Final = "stories_search"
REPORT_PUT_BACK: Final = "report_put_back"
REPORT_KEEP_HIDDEN: Final = "report_keep_hidden"
REPORTS_EARLIER: Final = "reports_earlier"
REPORTS_LATER: Final = "reports_later"
FOLLOW_UP_DONE: Final = "follow_up_done"

# A channel's digest.
CHANNEL_VIEW: Final = "channel_settings"
DIGEST_TUNE: Final = "digest_tune"
DIGEST_SNOOZE: Final = "digest_snooze"
DIGEST_WHY: Final = "digest_why"
DIGEST_POST_NOW: Final = "digest_post_now"
DIGEST_ALLOW_GUESTS: Final = "digest_allow_guests"
DIGEST_WAKE: Final = "digest_wake"
DIGEST_NOTHING: Final = "digest_nothing"
CHANNEL_WHAT_VIEW: Final = "channel_settings_what"
CHANNEL_ZONE: Final = "time_zone"
CHANNEL_COUNTRY: Final = "country"
CHANNEL_SEGMENTS: Final = "channel_segments"
CHANNEL_THEMES: Final = "channel_themes"
EDITORS_VIEW: Final = "editors"

# A post whose fate Slack does not tell.
DELIVERY_STANDS: Final = "delivery_stands"
DELIVERY_STANDS_VIEW: Final = "delivery_stands_view"
DELIVERY_AGAIN: Final = "delivery_again"
DELIVERY_GIVE_UP: Final = "delivery_give_up"

# App Home.
HOME_CHANNEL: Final = "home_channel"
HOME_CHANNEL_VIEW: Final = "home_channel_view"
HOME_CHANNEL_CHOSEN: Final = "home_channel_chosen"
HOME_PREVIEW: Final = "home_preview"
HOME_INVITE: Final = "home_invite"
HOME_INVITE_VIEW: Final = "home_invite_view"
HOME_FIRST_WEEK_HIDE: Final = "home_first_week_hide"
HOME_TELL_ME: Final = "home_tell_me"
HOME_HELP: Final = "home_help"
HOME_HELP_VIEW: Final = "home_help_view"

# NPS: questions about it, and channels that hear when it moves.
NPS_ASK: Final = "nps_ask"
NPS_PERIOD: Final = "nps_period"
NPS_SEGMENT: Final = "nps_segment"
NPS_WORKING: Final = "nps_working"
NPS_SHARE: Final = "nps_share"
NPS_FOLLOW: Final = "nps_follow"
NPS_FOLLOW_VIEW: Final = "nps_follow_view"
