"""The field's terms as frozen dataclasses; standard library only."""
