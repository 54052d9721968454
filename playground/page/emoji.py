"""Slack's emoji names (`:tada:`) to the characters that the reader's own system font draws."""

from __future__ import annotations

_NAMES = """
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 clap 👏 raised_hands 🙌 pray 🙏 wave 👋 muscle 💪
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 point_up_2 👆 hand ✋ raised_hand ✋
raising_hand 🙋 handshake 🤝 writing_hand ✍️ crossed_fingers 🤞 v ✌️ open_hands 👐 call_me_hand 🤙
fist 👊 punch 👊 facepunch 👊 smile 😄 smiley 😃 grinning 😀 grin 😁 joy 😂
rolling_on_the_floor_laughing 🤣 sweat_smile 😅 laughing 😆 satisfied 😆 wink 😉 blush 😊 innocent 😇
slightly_smiling_face 🙂 upside_down_face 🙃 heart_eyes 😍 star-struck 🤩 kissing_heart 😘 yum 😋
stuck_out_tongue 😛 thinking_face 🤔 thinking 🤔 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏
unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴 mask 😷
sunglasses 😎 nerd_face 🤓 confused 😕 worried 😟 slightly_frowning_face 🙁 white_frowning_face ☹️
open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 pleading_face 🥺 frowning 😦 anguished 😧 fearful 😨
cold_sweat 😰 disappointed 😞 disappointed_relieved 😥 cry 😢 sob 😭 scream 😱 confounded 😖
persevere 😣 sweat 😓 weary 😩 tired_face 😫 yawning_face 🥱 triumph 😤 rage 😡 angry 😠 hugging_face 🤗
partying_face 🥳 shushing_face 🤫 zany_face 🤪 face_with_monocle 🧐 exploding_head 🤯 robot_face 🤖
skull 💀 ghost 👻 alien 👽 see_no_evil 🙈 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚
blue_heart 💙 purple_heart 💜 black_heart 🖤 broken_heart 💔 sparkling_heart 💖 two_hearts 💕
heartbeat 💓 heavy_heart_exclamation_mark_ornament ❣️ 100 💯 anger 💢 boom 💥 collision 💥 dizzy 💫
sweat_drops 💦 dash 💨 speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 zzz 💤 tada 🎉
confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 sports_medal 🏅 first_place_medal 🥇 star ⭐
star2 🌟 sparkles ✨ fire 🔥 zap ⚡ sunny ☀️ sun_with_face 🌞 sunrise 🌅 partly_sunny ⛅ cloud ☁️
rain_cloud 🌧️ umbrella ☔ snowflake ❄️ rainbow 🌈 ocean 🌊 seedling 🌱 herb 🌿 four_leaf_clover 🍀
deciduous_tree 🌳 evergreen_tree 🌲 cactus 🌵 tulip 🌷 rose 🌹 sunflower 🌻 blossom 🌼 bouquet 💐
maple_leaf 🍁 mushroom 🍄 earth_africa 🌍 earth_americas 🌎 dog 🐶 cat 🐱 mouse 🐭 rabbit 🐰 fox_face 🦊
bear 🐻 panda_face 🐼 penguin 🐧 bird 🐦 owl 🦉 bee 🐝 bug 🐛 turtle 🐢 snail 🐌 butterfly 🦋 fish 🐟
whale 🐳 unicorn_face 🦄 horse 🐴 elephant 🐘 hatching_chick 🐣 feet 🐾 apple 🍎 green_apple 🍏
tangerine 🍊 lemon 🍋 banana 🍌 grapes 🍇 strawberry 🍓 cherries 🍒 peach 🍑 avocado 🥑 bread 🍞
croissant 🥐 cheese_wedge 🧀 pizza 🍕 hamburger 🍔 cake 🍰 birthday 🎂 cookie 🍪 doughnut 🍩 coffee ☕
tea 🍵 beers 🍻 clinking_glasses 🥂 wine_glass 🍷 champagne 🍾 fork_and_knife 🍴 rocket 🚀 airplane ✈️
car 🚗 taxi 🚕 bus 🚌 train 🚆 bike 🚲 truck 🚚 ambulance 🚑 ship 🚢 anchor ⚓ construction 🚧
vertical_traffic_light 🚦 house 🏠 office 🏢 hospital 🏥 school 🏫 factory 🏭 tent ⛺ world_map 🗺️
mountain ⛰️ beach_with_umbrella 🏖️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰
stopwatch ⏱️ clock9 🕘 calendar 📆 date 📅 spiral_calendar_pad 🗓️ computer 💻 desktop_computer 🖥️
electric_plug 🔌 admission_tickets 🎟️
keyboard ⌨️ iphone 📱 phone ☎️ telephone_receiver 📞 email 📧 e-mail 📧 envelope ✉️
incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 mailbox 📫 package 📦 loudspeaker 📢 mega 📣 bell 🔔
no_bell 🔕 mute 🔇 speaker 🔈 sound 🔉 microphone 🎤 studio_microphone 🎙️ headphones 🎧
musical_note 🎵 notes 🎶 radio 📻 camera 📷 video_camera 📹 movie_camera 🎥 clapper 🎬 tv 📺 art 🎨
performing_arts 🎭 dart 🎯 game_die 🎲 jigsaw 🧩 bulb 💡 flashlight 🔦 candle 🕯️ mag 🔍 mag_right 🔎
microscope 🔬 telescope 🔭 key 🔑 lock 🔒 unlock 🔓 link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍
scissors ✂️ straight_ruler 📏 memo 📝 pencil 📝 pencil2 ✏️ lower_left_pen 🖊️
lower_left_fountain_pen 🖋️ page_facing_up 📄 page_with_curl 📃 newspaper 📰 rolled_up_newspaper 🗞️
notebook 📓 ledger 📒 books 📚 book 📖 open_book 📖 bookmark 🔖 bookmark_tabs 📑 label 🏷️ clipboard 📋
file_folder 📁 open_file_folder 📂 card_index_dividers 🗂️ wastebasket 🗑️ bar_chart 📊
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 moneybag 💰 dollar 💵 euro 💶 credit_card 💳
receipt 🧾 briefcase 💼 wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰 magnet 🧲
test_tube 🧪 pill 💊 syringe 💉 stethoscope 🩺 shield 🛡️ broom 🧹 white_check_mark ✅
heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ warning ⚠️
no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 question ❓ grey_question ❔ exclamation ❗
heavy_exclamation_mark ❗ bangbang ‼️ information_source ℹ️ sos 🆘 new 🆕 ok 🆗 up 🆙 cool 🆒
free 🆓 soon 🔜 back 🔙 top 🔝 recycle ♻️ infinity ♾️ red_circle 🔴 large_orange_circle 🟠
large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪
black_circle ⚫ red_square 🟥 large_green_square 🟩 large_yellow_square 🟨 small_blue_diamond 🔹
small_orange_diamond 🔸 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️
arrow_upper_right ↗️ arrow_lower_right ↘️ arrows_counterclockwise 🔄 repeat 🔁
leftwards_arrow_with_hook ↩️ arrow_forward ▶️ double_vertical_bar ⏸️
black_right_pointing_double_triangle ⏩ heavy_plus_sign ➕ heavy_minus_sign ➖ one 1️⃣ two 2️⃣
three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣
hash #️⃣ checkered_flag 🏁 triangular_flag_on_post 🚩 waving_white_flag 🏳️ crossed_flags 🎌 eyes 👀
eye 👁️ ear 👂 nose 👃 brain 🧠 baby 👶 man 👨 woman 👩 older_woman 👵 older_man 👴 family 👪
busts_in_silhouette 👥 bust_in_silhouette 👤 speaking_head_in_silhouette 🗣️ footprints 👣 crown 👑
mortar_board 🎓 tophat 🎩 eyeglasses 👓 gem 💎 ring 💍 kiss 💋 crystal_ball 🔮 bow 🙇 shrug 🤷
man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ face_palm 🤦 runner 🏃 dancer 💃 man_dancing 🕺
walking 🚶 salute 🫡
"""

_TONES = ("", "", "\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff")

#: Names offered first where a person picks a reaction.
COMMON = (
    "+1",
    "heart",
    "tada",
    "raised_hands",
    "eyes",
    "bulb",
    "pray",
    "smile",
    "white_check_mark",
    "thinking",
)


def _table() -> dict[str, str]:
    parts = _NAMES.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))


EMOJI: dict[str, str] = _table()


def emoji_character(name: str) -> str | None:
    """Return the character for a name such as `tada` or `wave::skin-tone-3`; None when it is not known."""
    base, _, tone = name.partition("::skin-tone-")
    character = EMOJI.get(base)
    if character is None:
        return None
    return character + (_TONES[int(tone)] if tone in {"2", "3", "4", "5", "6"} else "")
