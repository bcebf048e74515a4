/* Feeds every file of the folders named to the target it is linked with. */
#include <dirent.h>
#include <stdlib.h>

#include "base/file.h"
#include "fuzz.h"

/* The input in a block of its own size, so that a sanitizer sees reads past its end. */
static bool replay(Str path) {
    struct fuzz fuzz = fuzz_begin();
    Str content;
    bool ok = file_read_all(fuzz.arena, path, &content, &fuzz.diag);
    uint8_t *copy = ok ? malloc(content.len + !content.len) : NULL;
    if (copy) {
        memcpy(copy, content.ptr, content.len);
        LLVMFuzzerTestOneInput(copy, content.len);
    }
    free(copy);
    diag_print(&fuzz.diag, stderr);
    fuzz_end(&fuzz, ok);
    return ok;
}

/* How many inputs there were; -1 if one could not be read. */
static int replay_folder(struct arena *arena, const char *folder) {
    DIR *dir = opendir(folder);
    int count = dir ? 0 : -1;
    for (struct dirent *entry; count >= 0 && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            count = replay(str_format(arena, "%s/%s", folder, entry->d_name)) ? count + 1 : -1;
    if (dir)
        closedir(dir);
    return count;
}

int main(int argc, char **argv) {
    struct arena *arena = arena_new();
    int status = argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
    for (int i = 1; i < argc; i++) {
        int count = replay_folder(arena, argv[i]);
        printf("%s: %d inputs\n", argv[i], count);
        if (count < 1)
            status = EXIT_FAILURE;
    }
    arena_free(arena);
    return status;
}
