"""The sentences around a message to a customer, in the languages that it is drafted in.

They are no translations of what the bot says: the customer's language is another one than the reader's.
"""

from __future__ import annotations

from typing import Final

from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """The sentences of one language; those with places name them in braces."""

    hello: str
    hello_name: str
    we_talked: str
    a_colleague_talked: str
    you_said: str
    promised: str
    changed: str
    thanks: str


ENGLISH: Final = DraftWords(
    hello="Hello,",
    hello_name="Hello {name},",
    we_talked="when we talked on {day}, you told me what you are dealing with.",
    a_colleague_talked="when you talked with my team on {day}, you told us what you are dealing with.",
    you_said="You said: “{quote}”",
    promised="I promised you: {what}",
    changed="This has changed since: {closing}",
    thanks="Thank you for telling us. It made a difference here.",
)

DRAFT_WORDS: Final = {
    "en": ENGLISH,
    "de": DraftWords(
        hello="Guten Tag,",
        hello_name="Guten Tag {name},",
        we_talked="in unserem Gespräch am {day} haben Sie mir erzählt, was Sie beschäftigt.",
        a_colleague_talked="im Gespräch mit uns am {day} haben Sie erzählt, was Sie beschäftigt.",
        you_said="Sie sagten: „{quote}“",
        promised="Ich habe Ihnen versprochen: {what}",
        changed="Das hat sich seitdem geändert: {closing}",
        thanks="Danke, dass Sie es uns gesagt haben. Es hat hier etwas bewegt.",
    ),
    "fr": DraftWords(
        hello="Bonjour,",
        hello_name="Bonjour {name},",
        we_talked="lors de notre conversation du {day}, vous m’avez parlé de ce qui vous préoccupe.",
        a_colleague_talked="le {day}, vous avez parlé à mon équipe de ce qui vous préoccupe.",
        you_said="Vous avez dit : « {quote} »",
        promised="Je vous avais promis : {what}",
        changed="Voici ce qui a changé depuis : {closing}",
        thanks="Merci de nous l’avoir dit. Cela a fait bouger les choses ici.",
    ),
    "es": DraftWords(
        hello="Hola:",
        hello_name="Hola, {name}:",
        we_talked="cuando hablamos el {day}, me contó lo que le preocupa.",
        a_colleague_talked="cuando habló con mi equipo el {day}, nos contó lo que le preocupa.",
        you_said="Usted dijo: «{quote}»",
        promised="Le prometí: {what}",
        changed="Esto ha cambiado desde entonces: {closing}",
        thanks="Gracias por contárnoslo. Aquí ha servido para algo.",
    ),
    "it": DraftWords(
        hello="Buongiorno,",
        hello_name="Buongiorno {name},",
        we_talked="quando ci siamo sentiti, il {day}, mi ha raccontato che cosa La preoccupa.",
        a_colleague_talked="il {day} ha raccontato al mio team che cosa La preoccupa.",
        you_said="Ha detto: «{quote}»",
        promised="Le avevo promesso: {what}",
        changed="Da allora è cambiato questo: {closing}",
        thanks="Grazie per avercelo detto. Qui è servito a qualcosa.",
    ),
    "pt": DraftWords(
        hello="Olá,",
        hello_name="Olá, {name},",
        we_talked="na nossa conversa de {day}, contou-me o que o preocupa.",
        a_colleague_talked="na conversa com a minha equipa, em {day}, contou-nos o que o preocupa.",
        you_said="Disse: “{quote}”",
        promised="Eu prometi: {what}",
        changed="Desde então mudou o seguinte: {closing}",
        thanks="Obrigado por nos ter contado. Aqui fez diferença.",
    ),
    "nl": DraftWords(
        hello="Goedendag,",
        hello_name="Goedendag {name},",
        we_talked="in ons gesprek op {day} vertelde u mij wat u bezighoudt.",
        a_colleague_talked="in het gesprek met mijn team op {day} vertelde u ons wat u bezighoudt.",
        you_said="U zei: “{quote}”",
        promised="Ik heb u beloofd: {what}",
        changed="Dit is er sindsdien veranderd: {closing}",
        thanks="Dank u wel dat u het ons vertelde. Het heeft hier iets in beweging gebracht.",
    ),
    "sv": DraftWords(
        hello="Hej,",
        hello_name="Hej {name},",
        we_talked="när vi pratades vid den {day} berättade du vad du brottas med.",
        a_colleague_talked="när du pratade med mitt team den {day} berättade du vad du brottas med.",
        you_said="Du sa: ”{quote}”",
        promised="Jag lovade dig: {what}",
        changed="Det här har ändrats sedan dess: {closing}",
        thanks="Tack för att du berättade. Det gjorde skillnad här.",
    ),
    "da": DraftWords(
        hello="Hej,",
        hello_name="Hej {name},",
        we_talked="da vi talte sammen den {day}, fortalte du mig, hvad du kæmper med.",
        a_colleague_talked="da du talte med mit team den {day}, fortalte du os, hvad du kæmper med.",
        you_said="Du sagde: »{quote}«",
        promised="Jeg lovede dig: {what}",
        changed="Det har ændret sig siden: {closing}",
        thanks="Tak, fordi du fortalte os det. Det gjorde en forskel her.",
    ),
    "nb": DraftWords(
        hello="Hei,",
        hello_name="Hei {name},",
        we_talked="da vi snakket sammen {day}, fortalte du meg hva du strever med.",
        a_colleague_talked="da du snakket med teamet mitt {day}, fortalte du oss hva du strever med.",
        you_said="Du sa: «{quote}»",
        promised="Jeg lovet deg: {what}",
        changed="Dette har endret seg siden: {closing}",
        thanks="Takk for at du fortalte det. Det utgjorde en forskjell her.",
    ),
    "pl": DraftWords(
        hello="Dzień dobry,",
        hello_name="Dzień dobry, {name},",
        we_talked="podczas naszej rozmowy {day} opowiedzieli nam Państwo, z czym się mierzą.",
        a_colleague_talked="podczas rozmowy z nami {day} opowiedzieli Państwo, z czym się mierzą.",
        you_said="Usłyszeliśmy: „{quote}”",
        promised="Moja obietnica: {what}",
        changed="Od tego czasu zmieniło się: {closing}",
        thanks="Dziękujemy, że nam Państwo o tym powiedzieli. To coś tu zmieniło.",
    ),
}
"""By ISO 639-1; others are drafted in English."""
