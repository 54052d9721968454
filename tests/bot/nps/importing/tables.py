"""Tables as the tools export them, a few rows of each; what they say is made up."""

from __future__ import annotations

from typing import Any

DELIGHTED = """\
Response ID,Survey type,Score,Comment,Created at,Updated at,Person ID,Person name,Person email,\
Plan,Region,Tags
501,nps,9,Quick answers,2025-03-04 10:00:00 UTC,2025-03-04 10:00:00 UTC,77,Joan A,joan@example.com,Firm,UK,
502,nps,3,"Slow, and then
slower",2025-03-05 11:30:00 UTC,2025-03-06 08:00:00 UTC,78,Bo B,bo@example.com,Solo,CA,billing
503,nps,11,,2025-03-06 09:00:00 UTC,2025-03-06 09:00:00 UTC,79,Cy C,cy@example.com,Solo,UK,
504,nps,8.5,,2025-03-06 09:00:00 UTC,2025-03-06 09:00:00 UTC,80,Di D,di@example.com,Solo,UK,
505,nps,ten,,2025-03-06 09:00:00 UTC,2025-03-06 09:00:00 UTC,81,Ed E,ed@example.com,Solo,UK,
506,nps,7,,2025-02-30 09:00:00 UTC,2025-03-06 09:00:00 UTC,82,Flo F,flo@example.com,Solo,UK,
"""

SURVEYMONKEY = """\
Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,\
How likely is it that you would recommend us to a friend?,What is the reason for your score?,Plan
,,,,,,,,,Response,Open-Ended Response,Response
118000000001,4461,03/04/2025 09:58:11 AM,03/04/2025 10:02:40 AM,,joan@example.com,Joan,\
A,,10 - Extremely likely,Kind people,Firm
118000000002,4461,03/13/2025 01:58:11 PM,03/13/2025 02:02:40 PM,,,,,,0 - Not at all likely,,Solo
"""

SURVEYMONKEY_EARLIER = """\
RespondentID,CollectorID,StartDate,EndDate,IP Address,Email Address,First Name,LastName,Custom Data,\
How likely is it that you would recommend us?,What is the reason for your score?
,,,,,,,,,Response,Open-Ended Response
118000000001,4461,03/24/2015 09:58:11,03/24/2015 10:02:40,,joan@example.com,Joan,A,,10,Kind people
118000000002,4461,03/25/2015 09:58:11,03/25/2015 10:02:40,,bo@example.com,Bo,B,,3,
"""
"""As it was called before the columns' names had spaces."""

TYPEFORM_EARLIER = """\
#,How likely are you to recommend us?,What could be better?,plan,Start Date (UTC),Submit Date (UTC),Network ID
068127e3d5e9ca5f,9,Nothing,Firm,2018-04-03 09:05:14,2018-04-03 09:05:40,d3560842b2
168127e3d5e9ca5f,4,The price,Solo,2018-04-04 09:05:14,2018-04-04 09:05:40,e3560842b2
"""
"""As it was before partial answers were told."""

DELIGHTED_LISTING: list[dict[str, Any]] = [
    {
        "id": str(number),
        "person": {
            "id": f"9{number}",
            "name": "Jo",
            "email": f"jo{number}@example.com",
            "created_at": 1713410000,
        },
        "survey_type": "nps",
        "score": score,
        "comment": comment,
        "permalink": "https://app.delighted.com/r/2jo3",
        "created_at": 1713418460 + number,
        "updated_at": None,
        "person_properties": {"country": country, "Delighted Source": "Email"},
        "notes": [],
        "tags": [],
        "additional_answers": [],
    }
    for number, score, comment, country in ((1, 0, None, "USA"), (2, 9, "Good", "CA"))
]
"""What its interface lists, with people told in full."""

TYPEFORM = """\
#,How likely are you to recommend us?,What could be better?,plan,Response Type,Start Date (UTC),\
Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending
a1b2c3d4e5f6,9,Nothing,Firm,completed,2025-03-04 09:58:00,,2025-03-04 10:02:00,0f0f,,thanks
b1b2c3d4e5f6,4,The price,Solo,completed,2025-03-05 09:58:00,,2025-03-05 10:02:00,1f1f,,thanks
"""
