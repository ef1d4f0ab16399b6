"""Plain data to Word files and back: pure functions, no database, no Flask.

``model`` is what a caller fills in, ``docx_writer`` renders it, ``docx_reader`` reads it again.
"""
