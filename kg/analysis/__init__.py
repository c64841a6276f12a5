"""What the sets say when they are read together: terms, kinds of answer, promises, repetition."""
