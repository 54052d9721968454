"""Beyond Slack: a project's avatar in the software in which the project is worked on. docs/trackers.md."""
