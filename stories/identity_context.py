"""What the words around a capitalised run say that it is: a person, a company, a place."""

from __future__ import annotations

import re

from stories.patterns import late

KIN_OF_ONE = (
    "colleague|coworker|boss|manager|friend|wife|husband|partner|daughter|son|brother|sister|mother|father|mum|"
    "mom|dad|aunt|uncle|cousin|neighbour|neighbor|assistant|accountant|lawyer|doctor|teacher|boy|girl|baby|"
    "director|supervisor|lead|teammate|co-host|cohost|host|guest"
)
"""What one person is to another, as alternatives of a pattern."""

_KIN = f"{KIN_OF_ONE}|colleagues|friends"
_SOMEBODY = (
    r"somebody|someone|folks?|people|person|guys?|everyone|everybody|anyone|anybody|nobody|engineers?|team|"
    r"friends?|colleagues?|rep|reps|consultants?|sister|brother|wife|husband|developers?|"
    r"customers?|users?|man|"
    r"woman|lady|nurse|driver|manager|director|buyer|"
    r"advocates?|architects?|analysts?|staff|workers?|crew|job|work|works|worked|working"
)
_SAYING = (
    "said|says|told|tells|asked|asks|mentioned|mentions|explained|explains|thinks|thought|wants|wanted|wrote|"
    "writes|called|calls|emailed|replied|answered|knows|knew|laughed|agreed|complained|suggested|noticed|"
    "insisted|promised|left|joined|built|fixed|found|retired|remembers|remembered|decided|helped"
)

PERSON_BEFORE = late(
    rf"\b(?:(?:my|our|his|her|their|your)\s+(?:\w+\s+){{0,2}}(?:{_KIN}),?(?:\s+(?:is|was|called|named))?"
    r"|(?:name is|name’s|name's|called|named|according to|spoken? (?:to|with)|talk(?:ed|ing)? (?:to|with)"
    r"|speak(?:ing)? (?:to|with)|(?:had|have|having) (?:lunch|coffee|a call|a chat|a meeting|dinner) with"
    r"|asked|asking|thanks to|thank you to|it was|met with|married|copied|hired|i called|"
    r"we called|called up|emailed"
    r"|(?:person|one) to (?:ask|call|talk to|speak to) is|signed by|written by|from my friend|"
    r"(?:she|he|i|we) and"
    r"|(?:hi|hello|hey|dear|bye|cheers|thanks|thank you|welcome),?|i['’]m|i am|this is|regards,?))\s+$",
    re.IGNORECASE,
)
TITLE_BEFORE = late(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Sister|Father|Herr|Frau|Mme)\.?\s+$")
PERSON_AFTER = late(
    rf"(?:['’]s)?,?\s+(?:(?:has|had|who|and (?:i|me|she|he))\b|(?:also |then |once |even |just |"
    rf"always )?(?:{_SAYING})\b)"
    r"|\s+(?:from|at|in)\s+(?:their|our|his|her|my|accounting|finance|support|sales|legal|payroll|hr)\b",
    re.IGNORECASE,
)
SPEAKER_AFTER = late(r"(?:\*\*)?:(?:\*\*|\s|$)")
ADDRESSED_AFTER = late(r"\s*[,.!?](?:\s|$)")
SAYS_AFTER = late(rf"\s+(?:also |then |just |always )?(?:{_SAYING})\b")

COMPANY_BEFORE = late(
    rf"\b(?:(?:{_SOMEBODY})\s+(?:over |here |down |up )?(?:at|from|for|of|with)|(?:here |back |over )?at"
    r"|(?:join|joined|joining|joins|quit|leave|leaving|left|founded|acquired by|hired by|employed by)"
    r"|(?:contract|account|deal|policy|agreement|loan|job|interview|internship) (?:with|at)"
    r"|(?:customer|client|supplier|employer|competitor|landlord|bank|insurer|vendor)s? (?:is|was|"
    r"are|like|such as|called|named)"
    r"|company,?(?: is| was)?(?: called| named)?,?|firm,?(?: called| named)?|startup,?(?: called| named)?"
    r"|(?:i was|i am|i['’]m|been|is|was|she['’]s|he['’]s|am) with|(?:run|runs|running|ran|do|"
    r"does|did) \w+ for|sold? to"
    r"|(?:invoice|invoices|order|orders|money|payment|payments|goods|bill|bills) (?:go|goes|went|"
    r"come|comes|came|sent) "
    r"(?:to|from)|we are|moved here from|come from|came from|bought (?:it )?from|(?:buy|buys|order) from)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
WORK_AT = late(r"\b(?:at|work(?:s|ed|ing)? for|joined|employed by)\s+(?:the\s+)?$")
SOMEBODY_OF = late(r"[A-Z][\w'’-]+ (?:from|of|at) (?:the )?$")
"""A name before: "Oscar from …"."""
COMPANY_AFTER = late(
    r"\s+(?:is|was|are) (?:a|an|the|our|my) (?:\w+[ -]){0,3}(?:company|business|firm|shop|"
    r"customer|client|bank|startup|"
    r"employer|supplier|agency|hospital|school|charity)\b|['’]s (?:ceo|cto|cfo|employees|staff|"
    r"customers|head office|"
    r"headquarters|payroll)\b",
    re.IGNORECASE,
)
_LEGAL = (
    r"Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|Plc|GmbH|AG|KG|SA|SAS|SARL|AB|AS|ASA|Oy|Oyj|BV|NV|SpA|"
    r"Srl|Corp|Corporation|Co|Pty|SE"
)
LEGAL_WORD = late(rf"(?:{_LEGAL})\.?")
TRADE_WORD = late(
    r"(?:Logistics|Shipping|Foods?|Health|Healthcare|Mutual|Systems|Textiles|Dairy|Steelworks|"
    r"Insurance|Energy|Bank|Freight|"
    r"Labs|Pharmacy|Partners|Brewing|Brewery|Media|Hospice|Trust|Motors|Capital|Bakery|Group|Tools|Kitchens|"
    r"Seafoods|Mining|Holdings|Industries|Solutions|Technologies|Technology|Consulting|Ventures|"
    r"Airlines|Airways|Hotels?|"
    r"Pharma|Pharmaceuticals|Biotech|Telecom|Construction|Builders|Properties|Realty|Financial|"
    r"Finance|Electric|"
    r"Hospital|Clinic|School|University|College|Institute|Foundation|Council|Church|"
    r"Supermarkets?|Stores|Farms?|Sons|Daughters|"
    r"Associates|Brothers|Company|Enterprises|Studios?|Publishing|Press|Robotics|Analytics|Software|Networks)"
)

PLACE_BEFORE = late(
    r"\b(?:in|near|outside|around|to|from|via|at|of|between|towards|leaving|across|visit(?:ed|ing)?"
    r"|nach|aus|bei|von|bis|über|um)\s+$",
    re.IGNORECASE,
)
PLACE_IN = late(r"\b(?:in|near|outside)\s+$", re.IGNORECASE)
PLACE_MEANT = late(r"\b(?:in|near|outside|from|to|nach|aus)\s+$", re.IGNORECASE)
"""Before a town's name that is also a word: more than "at" and "of", which stand before much else."""
PLACE_SURELY_GERMAN = late(
    r"\b(?:(?:wohn(?:e|t|en|ten|te)|leb(?:e|t|en|te)|Laden|Filiale|Büro|Werk|Praxis|Bäckerei|Geschäft|Lager|"
    r"Kunden?|Kundin(?:nen)?) in|(?:fahren?|fährt|ziehen?|zieht|zog|Umzug|Fahrt|Weg|Zug|Bus|sind|ist|bin) "
    r"nach)\s+$",
    re.IGNORECASE,
)
GERMAN_ARTICLE = late(
    r"\b(?:das|dem|den|der|ein|eine[mnr]?|keine?|beim|zum|zur|vom|(?:unser|mein|dein|sein|ihr|dies)(?:e[mnrs]?)?)\s+$",
    re.IGNORECASE,
)
"""Before a noun: "das Essen" is a meal, "in Essen" a town."""
PLACE_BEGINS = late(r"Bad|Saint|St|Great|Little|Upper|Lower|North|South|East|West|New|Old|Port|Market|Mount")
PLACE_ENDS = late(
    r"Abbey|Bay|Beach|Bridge|Castle|City|Common|Creek|Cross|End|Falls|Ferry|Gardens|Green|Harbou?r|Haven|Heath|"
    r"Heights|Hill|Hills|Island|Junction|Lake|Mill|Mills|Moor|Mount|Park|Point|Pond|Regis|Ridge|River|Rock|Rocks|"
    r"Spa|Springs|Square|Town|Vale|Valley|Village|Water|Wells|Wood|Woods"
)
PLACE_SURELY = late(
    r"\b(?:(?:based|born|raised|grew up|live[sd]?|living|located|offices?|shops?|stores?|"
    r"bakery|bakeries|café|cafe|restaurant|pub|hotel|farm|studio|salon|garage|pharmacy|library|gym|surgery|"
    r"house|flat|branch(?:es)?|warehouse|plant|factory|"
    r"site|headquarters|meeting|conference|baker|customer|customers|station|school|hospital|"
    r"clinic) (?:is |are |was )?"
    r"(?:over |back |down |up |out )?(?:in|near|outside|at)"
    r"|(?:drove|drive|driving|moved|moving|moves|flew|fly|flying|travel(?:led|ed|ing|s)?|went|"
    r"going|relocated|commutes?|"
    r"train|bus|flight|trip|ship(?:ped|s)?|way|road|drives) (?:back |over |down |up |out )?(?:to|"
    r"from|through)"
    r"|(?:van|truck|train|bus|parcel|delivery|lorry|plane|flight) (?:comes|came|leaves|goes|went|"
    r"arrives) (?:from|to)"
    r"|near|outside|living|everybody in|everyone in|people in|nobody in|somewhere in|town of|"
    r"city of|village of)\s+$",
    re.IGNORECASE,
)
PLACE_AFTER = late(
    r"\s+(?:branch|office|offices|plant|warehouse|store|shop|site|airport|station|depot|clinic|"
    r"hospital|suburbs?|area|region|"
    r"county|district)\b"
)
PLACE_FAR = late(
    r"\s+(?:is|was|isn['’]t|wasn['’]t|would be|seems|seemed|feels|felt) "
    r"(?:just |only |about |not |really |still |over |nearly |almost |a bit |way ){0,2}"
    r"(?:too far(?: away| off)?(?= (?:for|to (?:drive|walk|go|cycle|travel|ship|send|come))\b|[.,;!?]|$)"
    r"|too far from (?:us|here|me|them|home)|far away|far off|miles away|(?:up|down) the (?:road|coast|line)"
    r"|(?:an|half an|one|two|three|four|five|ten|twenty|thirty|forty|sixty|\d+) "
    r"(?:hours?|minutes?|miles?|kilomet(?:re|er)s?|km)(?:['’]s?)?(?: drive| ride| walk)? "
    r"(?:away|off|from (?:us|here|me|home)|by (?:car|train|bus|bike|van)))"
)
"""After a town's name that is a word too and opens a sentence: "Reading is too far to drive"."""
