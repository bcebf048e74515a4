/* The only file that talks to the operating system. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

struct file {
    int fd; /* -1: all of it is in `content` */
    uint64_t size;
    Str path, content;
};

enum { PIECE = 1024 * 1024 };
#define PIPE_LIMIT ((size_t)UINT32_MAX) /* as large as a wasm file can be */

/* What comes out of a pipe or a device, whole; that must begin like a wasm file, so that an endless one is
 * not read for long. */
static bool read_pipe(struct file *file, struct arena *arena, struct diag *diag) {
    static const char magic[] = {0, 'a', 's', 'm'};
    struct buf all = {.limit = PIPE_LIMIT};
    ssize_t n = 1;
    while (n != 0) {
        char *at = buf_reserve(&all, PIECE);
        n = at ? read(file->fd, at, PIECE) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || all.overflow) {
            buf_free(&all);
            return diag_fail(diag, "cannot read `%s`: %s", file->path.ptr,
                             n < 0 ? strerror(errno) : "too large");
        }
        all.len += (size_t)n;
        if (all.len >= sizeof magic && memcmp(all.ptr, magic, sizeof magic) != 0)
            n = 0;
    }
    file->size = all.len;
    file->content = (Str){arena_alloc_raw(arena, all.len + 1), all.len};
    memcpy((char *)file->content.ptr, all.ptr, all.len);
    buf_free(&all);
    return true;
}

struct file *file_open(struct arena *arena, Str path, struct diag *diag) {
    Str name = str_copy(arena, path);
    if (memchr(path.ptr, 0, path.len)) {
        diag_fail(diag, "the path contains a NUL byte");
        return NULL;
    }
    int fd = open(name.ptr, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        diag_fail(diag, "cannot open `%s`: %s", name.ptr, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (S_ISDIR(status.st_mode)) {
        diag_fail(diag, "cannot read `%s`: it is a folder", name.ptr);
        close(fd);
        return NULL;
    }
    struct file *file = ARENA_NEW(arena, struct file);
    *file = (struct file){fd, (uint64_t)status.st_size, name, {0}};
    if (S_ISREG(status.st_mode))
        return file;
    bool ok = read_pipe(file, arena, diag);
    close(fd);
    file->fd = -1;
    return ok ? file : NULL;
}

void file_close(struct file *file) {
    if (file && file->fd >= 0)
        close(file->fd);
}

uint64_t file_size(const struct file *file) {
    return file->size;
}

/* Reads until `size` bytes are there; false at the end of the file (errno 0) or on an error. */
static bool read_fully(int fd, char *into, size_t size, uint64_t offset) {
    size_t done = 0;
    while (done < size) {
        ssize_t n = pread(fd, into + done, size - done, (off_t)(offset + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            errno = n == 0 ? 0 : errno;
            return false;
        }
        done += (size_t)n;
    }
    return true;
}

bool file_read(struct file *file, struct arena *arena, uint64_t offset, size_t size, Str *out,
               struct diag *diag) {
    if (offset > file->size || size > file->size - offset)
        return diag_fail(diag,
                         "`%s` ends at byte %llu, but %zu bytes are expected at offset %llu (truncated?)",
                         file->path.ptr, (unsigned long long)file->size, size, (unsigned long long)offset);
    if (file->fd < 0) {
        *out = str_slice(file->content, (size_t)offset, (size_t)offset + size);
        return true;
    }
    char *bytes = arena_alloc_raw(arena, size + 1);
    if (!read_fully(file->fd, bytes, size, offset))
        return diag_fail(diag, "cannot read %zu bytes at offset %llu of `%s`: %s", size,
                         (unsigned long long)offset, file->path.ptr,
                         errno ? strerror(errno) : "the file became shorter meanwhile");
    bytes[size] = 0;
    *out = (Str){bytes, size};
    return true;
}

bool file_read_all(struct arena *arena, Str path, Str *out, struct diag *diag) {
    struct file *file = file_open(arena, path, diag);
    if (!file)
        return false;
    bool ok = file_read(file, arena, 0, (size_t)file->size, out, diag);
    file_close(file);
    return ok;
}

bool file_exists(struct arena *arena, Str path) {
    struct stat status;
    return stat(str_copy(arena, path).ptr, &status) == 0;
}

Str file_working_directory(struct arena *arena) {
    char *path = getcwd(NULL, 0);
    if (!path)
        return STR(".");
    Str copy = str_copy(arena, str_from(path));
    base_free(path);
    return copy;
}

Str file_own_path(struct arena *arena) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    return n > 0 && (size_t)n < sizeof path ? str_copy(arena, (Str){path, (size_t)n}) : STR("");
}

/* ---- outputs ---- */

void outputs_init(struct outputs *outputs, struct arena *arena, Str folder) {
    *outputs = (struct outputs){.arena = arena, .folder = folder};
}

/* Every part of the path must be a plain name. */
static bool stays_inside(Str name) {
    for (size_t at = 0; at <= name.len;) {
        size_t end = at + str_find(str_slice(name, at, name.len), STR("/"));
        Str part = str_slice(name, at, end);
        if (!part.len || str_eq(part, STR(".")) || str_eq(part, STR("..")))
            return false;
        at = end + 1;
    }
    return !memchr(name.ptr, 0, name.len) && !memchr(name.ptr, '\\', name.len);
}

static bool add_output(struct outputs *outputs, struct output item, struct diag *diag) {
    if (!item.name.len || !stays_inside(item.name))
        return diag_fail(diag, "refusing to write `%.*s`: not a plain path below the output folder",
                         STR_ARG(item.name));
    for (vec_each(struct output, old, &outputs->items))
        if (str_eq(old->name, item.name))
            return (!old->write && !item.write && str_eq(old->content, item.content)) ||
                   diag_fail(diag, "two different contents for the output file `%.*s`", STR_ARG(item.name));
    vec_push(outputs->arena, &outputs->items, item);
    return true;
}

bool outputs_add(struct outputs *outputs, Str name, Str content, struct diag *diag) {
    return add_output(outputs, (struct output){.name = name, .content = content}, diag);
}

bool outputs_add_written(struct outputs *outputs, Str name, output_writer write, const void *user,
                         struct diag *diag) {
    return add_output(outputs, (struct output){.name = name, .write = write, .user = user}, diag);
}

/* ---- committing them ---- */

/* The file's own place, the one it is written aside to, and the one where the file that was there before is
 * kept meanwhile; all in the same folder. */
struct placement {
    Str path, aside, before;
    bool is_kept;
};

/* A folder that was made; the innermost first. */
struct made_folder {
    Str path;
    struct made_folder *outer;
};

/* What a commit has done so far: the first `written` files lie aside, of these the first `renamed` are in
 * place. Whoever ends the program meanwhile must be able to undo it, so there is one of it. */
static struct commit {
    struct placement *places;
    size_t written, renamed;
    struct made_folder *folders;
} commit;

/* Creates the folder and its missing parents. */
static bool make_folders(struct arena *arena, Str path, struct diag *diag) {
    char *text = arena_copy(arena, path.ptr, path.len);
    for (size_t at = 1; at <= path.len; at++) {
        if (at < path.len && text[at] != '/')
            continue;
        char kept = text[at];
        text[at] = 0;
        struct made_folder *made = ARENA_NEW(arena, struct made_folder);
        *made = (struct made_folder){str_copy(arena, (Str){text, at}), commit.folders};
        struct stat status;
        if (mkdir(text, 0777) == 0)
            commit.folders = made;
        else if (errno != EEXIST || (stat(text, &status) == 0 && !S_ISDIR(status.st_mode)))
            return diag_fail(diag, "cannot create the folder `%s`: %s", text,
                             errno == EEXIST ? "a file of that name is in the way" : strerror(errno));
        text[at] = kept;
    }
    return true;
}

/* Signals that would end the program, but for those that tell of its own faults. */
static void ending_signals(sigset_t *set) {
    static const int others[] = {SIGSEGV, SIGBUS,   SIGFPE,  SIGILL,  SIGABRT, SIGTRAP, SIGSYS,
                                 SIGCHLD, SIGWINCH, SIGCONT, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG};
    sigfillset(set);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        sigdelset(set, others[i]);
}

/* While outputs are written these wait: whoever interrupts the program finds no files that were put aside,
 * and no mixture of old and new ones. A file size limit shows as an error of write. */
static void hold_signals(sigset_t *before) {
    sigset_t set;
    ending_signals(&set);
    sigprocmask(SIG_BLOCK, &set, before);
    signal(SIGXFSZ, SIG_IGN);
}

/* Whether the program is to end. A signal that is ignored counts for nothing, but waits as well. */
static bool interrupted(void) {
    sigset_t set, ending;
    if (sigpending(&set) != 0 || sigisemptyset(&set))
        return false;
    ending_signals(&ending);
    for (int number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigismember(&set, number) == 1 && sigismember(&ending, number) == 1 &&
            sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            return true;
    }
    return false;
}

struct output_file {
    int fd;
    uint64_t size;
    const char *path;
};

static bool cannot_write(const struct output_file *file, struct diag *diag) {
    return diag_fail(diag, "cannot write `%s`: %s", file->path, strerror(errno));
}

static bool write_at(struct output_file *file, uint64_t at, Str bytes, struct diag *diag) {
    for (size_t done = 0; done < bytes.len;) {
        if (interrupted()) {
            errno = EINTR;
            return cannot_write(file, diag);
        }
        size_t left = bytes.len - done;
        ssize_t n = pwrite(file->fd, bytes.ptr + done, left < PIECE ? left : PIECE, (off_t)(at + done));
        if (n < 0 && errno != EINTR)
            return cannot_write(file, diag);
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

bool output_append(struct output_file *file, Str bytes, struct diag *diag) {
    bool good = write_at(file, file->size, bytes, diag);
    file->size += bytes.len;
    return good;
}

bool output_patch(struct output_file *file, uint64_t at, Str bytes, struct diag *diag) {
    ASSERT(at + bytes.len <= file->size);
    return write_at(file, at, bytes, diag);
}

bool output_restart(struct output_file *file, struct diag *diag) {
    file->size = 0;
    return ftruncate(file->fd, 0) == 0 || cannot_write(file, diag);
}

static bool write_aside(const struct placement *place, const struct output *item, struct diag *diag) {
    struct output_file file = {.path = place->aside.ptr};
    file.fd = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file.fd < 0)
        return diag_fail(diag, "cannot create `%s`: %s", file.path, strerror(errno));
    bool good =
        item->write ? item->write(item->user, &file, diag) : output_append(&file, item->content, diag);
    return close(file.fd) == 0 ? good : good && cannot_write(&file, diag);
}

static bool place_output(struct outputs *outputs, const struct output *item, struct placement *place,
                         struct diag *diag) {
    struct arena *arena = outputs->arena;
    place->path = str_format(arena, "%.*s/%.*s", STR_ARG(outputs->folder), STR_ARG(item->name));
    size_t slash = place->path.len, number = (size_t)(place - commit.places);
    while (place->path.ptr[--slash] != '/')
        ;
    Str folder = str_slice(place->path, 0, slash);
    place->aside = str_format(arena, "%.*s/.%ld.%zu.aside", STR_ARG(folder), (long)getpid(), number);
    place->before = str_format(arena, "%.*s/.%ld.%zu.before", STR_ARG(folder), (long)getpid(), number);
    if (!make_folders(arena, folder, diag))
        return false;
    struct stat status;
    if (stat(place->path.ptr, &status) == 0 && !S_ISREG(status.st_mode))
        return diag_fail(diag, "cannot write `%s`: something that is not a file is in the way",
                         place->path.ptr);
    return true;
}

static bool write_all(struct outputs *outputs, struct diag *diag) {
    for (size_t i = 0; i < outputs->items.len; i++) {
        if (!place_output(outputs, &outputs->items.items[i], &commit.places[i], diag))
            return false;
        commit.written = i + 1;
        if (!write_aside(&commit.places[i], &outputs->items.items[i], diag))
            return false;
    }
    return true;
}

/* Keeps what is at the file's place: under a second name, or, where files have but one, under another. */
static bool keep_before(struct placement *place) {
    struct stat status;
    if (lstat(place->path.ptr, &status) != 0)
        return errno == ENOENT;
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return false;
    }
    place->is_kept =
        link(place->path.ptr, place->before.ptr) == 0 || rename(place->path.ptr, place->before.ptr) == 0;
    return place->is_kept;
}

static bool rename_all(struct diag *diag) {
    for (; commit.renamed < commit.written; commit.renamed++) {
        struct placement *place = &commit.places[commit.renamed];
        if (!keep_before(place) || rename(place->aside.ptr, place->path.ptr) != 0)
            return diag_fail(diag, "cannot put `%s` in place: %s", place->path.ptr, strerror(errno));
    }
    return true;
}

/* As if nothing had been begun. */
static void undo(void) {
    for (size_t i = 0; i < commit.written; i++) {
        const struct placement *place = &commit.places[i];
        if (i < commit.renamed && !place->is_kept)
            unlink(place->path.ptr);
        if (place->is_kept && rename(place->before.ptr, place->path.ptr) == 0)
            unlink(place->before.ptr); /* two names of one file stay two */
        if (i >= commit.renamed)
            unlink(place->aside.ptr);
    }
    for (const struct made_folder *made = commit.folders; made; made = made->outer)
        rmdir(made->path.ptr);
    commit = (struct commit){0};
}

static void forget_before(void) {
    for (size_t i = 0; i < commit.renamed; i++)
        if (commit.places[i].is_kept)
            unlink(commit.places[i].before.ptr);
    commit = (struct commit){0};
}

bool outputs_commit(struct outputs *outputs, struct diag *diag) {
    sigset_t signals;
    hold_signals(&signals);
    commit = (struct commit){.places = ARENA_ARRAY(outputs->arena, outputs->items.len, struct placement)};
    base_before_failure(undo);
    bool ok =
        make_folders(outputs->arena, outputs->folder, diag) && write_all(outputs, diag) && rename_all(diag);
    if (ok)
        forget_before();
    else
        undo();
    base_before_failure(NULL);
    sigprocmask(SIG_SETMASK, &signals, NULL);
    return ok;
}
