/* Files: reading parts of an input, and writing a set of outputs all or none.
 * Every operating-system call of the program lives in file.c. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/diag.h"

/* An input file opened for positioned reads, so that what is not needed is never read and a file truncated
 * meanwhile is an error, not a signal. */
struct file;

/* Opens for reading; NULL with the reason in diag. Directories are refused. The result lives in the arena;
 * the descriptor is closed by file_close. */
struct file *file_open(struct arena *arena, Str path, struct diag *diag);
void file_close(struct file *file);
uint64_t file_size(const struct file *file);
/* Reads exactly `size` bytes at `offset` into a new block of the arena; a short read is an error. */
bool file_read(struct file *file, struct arena *arena, uint64_t offset, size_t size, Str *out,
               struct diag *diag);
/* The whole file. */
bool file_read_all(struct arena *arena, Str path, Str *out, struct diag *diag);
bool file_exists(struct arena *arena, Str path);
/* The working directory, "." if the system cannot tell. */
Str file_working_directory(struct arena *arena);
/* The path of the running program, empty if the system cannot tell. */
Str file_own_path(struct arena *arena);

/* A file that is being written, under another name at first. Each of these fails with the reason in diag. */
struct output_file;
bool output_append(struct output_file *file, Str bytes, struct diag *diag);
/* Overwrites bytes that were appended. */
bool output_patch(struct output_file *file, uint64_t at, Str bytes, struct diag *diag);
/* Forgets what was appended. */
bool output_restart(struct output_file *file, struct diag *diag);

/* Writes what a large output holds, so that it need not be in memory as a whole. */
typedef bool (*output_writer)(const void *user, struct output_file *file, struct diag *diag);

struct output {
    Str name, content;
    output_writer write; /* instead of content; called with `user` during the commit */
    const void *user;
};

/* What a run will write: names relative to one folder, contents borrowed until the commit. */
struct outputs {
    struct arena *arena;
    Str folder;
    VEC(struct output) items;
};

void outputs_init(struct outputs *outputs, struct arena *arena, Str folder);
/* Refuses names that are absolute, empty, contain "..", ".", an empty part, a NUL or a backslash: nothing an
 * input says may be written outside the folder. The same name twice with the same content is one file, with
 * other content an error. */
bool outputs_add(struct outputs *outputs, Str name, Str content, struct diag *diag);
/* The same with a writer. */
bool outputs_add_written(struct outputs *outputs, Str name, output_writer write, const void *user,
                         struct diag *diag);
/* Creates the folders, writes every file aside in its folder, then renames all of them into place. After a
 * failure, an end for want of memory and an internal error included, everything is as it was before. */
bool outputs_commit(struct outputs *outputs, struct diag *diag);

#endif
