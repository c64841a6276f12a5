"""Who and what is meant: which documents are one set, who the people are, what names stand for."""
