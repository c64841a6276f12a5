"""The values that pass from stage to stage: frozen, plain, standard library only.

Reading order: `text` (where characters are), `document` (what a page prints), `question_set`
(what all pages together say), `authority` (who and what is known), `mention` (what a text
names), `assertion` (what the graph states, and why).
"""
