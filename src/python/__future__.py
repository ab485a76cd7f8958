"""Switches that Python once needed: all of them are on."""
annotations = division = print_function = generator_stop = absolute_import = unicode_literals = True
