"""Whole documents are read as they were made, page by page and paragraph by paragraph."""

import pytest

from tests.documents.bodies import FORMS, Press, differences


@pytest.mark.parametrize("form", FORMS)
def test_documents_are_read_as_they_were_made(form):
    for seed in range(80):
        assert list(differences(Press(seed, form).publication())) == [], seed
