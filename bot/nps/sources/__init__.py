"""Survey tools that answers are pulled from: one file each, behind `bot.nps.sources.tools.SurveyTool`."""
