/* Folders for what a test writes. */
#ifndef UNIT_FOLDER_H
#define UNIT_FOLDER_H

#include "unit.h"

#include <unistd.h>

#include "base/str.h"

/* A new, empty folder; the test empties and removes it. */
static inline Str new_folder(struct arena *arena) {
    Str folder = str_copy(arena, STR("/tmp/wasmbind-unit-XXXXXX"));
    assert_non_null(mkdtemp((char *)folder.ptr));
    return folder;
}

#endif
