"""What the windows of market feeds are called, and what is pressed in them."""

from typing import Final

VIEW: Final = "feeds_view"
ADD: Final = "feeds_add"
ADD_VIEW: Final = "feeds_add_view"
DROP: Final = "feeds_drop"
