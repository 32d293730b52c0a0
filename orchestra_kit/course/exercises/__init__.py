"""The exercises of the course: a module a notebook, and in it a function an exercise, in the order of the notebook."""
