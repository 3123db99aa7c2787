"""Voices of children, young people and parents, from the form to the change they lead to."""
