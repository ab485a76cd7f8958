# Tests that are scripts; every check_FOLDER program is named in its folder's fragment.
TESTS += tests/floors.sh
dist_check_SCRIPTS += tests/floors.sh
