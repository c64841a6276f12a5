"""Graphs on disk, in the embedded engine and behind endpoints: written, opened, asked, checked."""
