"""The series in Slack: seasons, drafts for editors, episodes for those who follow, votes, catching up."""
