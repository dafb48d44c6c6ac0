"""The data files of Micrograd Playground (icons, themes, examples) and their guarded loader.

The application asks for a resource by name. Nothing here may depend on the application.
"""
