"""The rows. One module a noun, one function a question; the workspace comes right after the session."""
