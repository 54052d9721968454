"""Thanks that reach people, first times, and the monthly letter of a part of the business."""
