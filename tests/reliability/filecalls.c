/* Every call that changes files below one folder: written down, and failed on demand. Preloaded before the
 * C library.
 *
 * CALLS_UNDER names the folder and CALLS_LOG the file that the calls are appended to, as `powercut.py` reads
 * them. From within, calls_fail(at, error, sticky) has call number `at` from now on fail with `error`, and
 * with `sticky` all that follow it too; calls_made() says how many there were. A full disk (ENOSPC) can be
 * read as ever, so reading and looking count only where another error is asked for. After calls_wear(path)
 * the folder is as on a worn memory stick: that file cannot be read, and no file may have two names.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 4096
#define REAL(name) __typeof__(name) *real = (__typeof__(name) *) dlsym(RTLD_NEXT, #name)

static char *names[FILES];
static const char *under, *worn;
static int record = -1, error_wanted, sticky_wanted;
static long made, fail_at = -1;

__attribute__((constructor)) static void begin(void)
{
    REAL(open);
    const char *log = getenv("CALLS_LOG");
    under = getenv("CALLS_UNDER");
    if (log && record < 0)
        record = real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

void calls_fail(long at, int error, int sticky)
{
    made = 0;
    fail_at = at;
    error_wanted = error;
    sticky_wanted = sticky;
}

long calls_made(void)
{
    return made;
}

void calls_wear(const char *path)
{
    worn = strdup(path);
}

static int watched(const char *path)
{
    size_t length = under ? strlen(under) : 0;
    return length && path && strncmp(path, under, length) == 0 && (path[length] == '/' || !path[length]);
}

static const char *name_of(int file)
{
    return file >= 0 && file < FILES ? names[file] : NULL;
}

/* Nonzero where this call is to fail; errno is set then. */
static int fails(void)
{
    long number = __sync_add_and_fetch(&made, 1);
    if (fail_at < 0 || !(number == fail_at || (sticky_wanted && number > fail_at)))
        return 0;
    errno = error_wanted;
    return 1;
}

static int fails_reading(int file)
{
    if (worn && file >= 0 && strcmp(names[file], worn) == 0) {
        errno = EIO;
        return 1;
    }
    return error_wanted != ENOSPC && fails();
}

static void note(char kind, const char *name, const char *other, int64_t at, const void *data, uint32_t size)
{
    uint16_t length = strlen(name), other_length = other ? strlen(other) : 0;
    char head[17] = {kind};
    if (record < 0)
        return;
    memcpy(head + 1, &length, 2);
    memcpy(head + 3, &other_length, 2);
    memcpy(head + 5, &at, 8);
    memcpy(head + 13, &size, 4);
    struct iovec parts[4] = {{head, sizeof head},
                             {(void *) name, length},
                             {(void *) other, other_length},
                             {(void *) data, data ? size : 0}};
    if (writev(record, parts, 4) < 0)
        abort();
}

static int opened(int file, const char *path, int flags, int was_there)
{
    if (file < 0 || file >= FILES)
        return file;
    free(names[file]);
    names[file] = strdup(path);
    if (!was_there)
        note('C', path, NULL, 0, NULL, 0);
    else if (flags & O_TRUNC)
        note('T', path, NULL, 0, NULL, 0);
    return file;
}

#define OPEN(call)                                                              \
    va_list rest;                                                               \
    va_start(rest, flags);                                                      \
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;           \
    va_end(rest);                                                               \
    if (!watched(path))                                                         \
        return call;                                                            \
    int was_there = access(path, F_OK) == 0 || !(flags & O_CREAT);              \
    if (was_there && !(flags & O_TRUNC) ? fails_reading(-1) : fails())            \
        return -1;                                                              \
    return opened(call, path, flags, was_there)

int open(const char *path, int flags, ...)
{
    REAL(open);
    OPEN(real(path, flags, mode));
}

int open64(const char *path, int flags, ...)
{
    REAL(open64);
    OPEN(real(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...)
{
    REAL(openat);
    OPEN(real(folder, path, flags, mode));
}

int openat64(int folder, const char *path, int flags, ...)
{
    REAL(openat64);
    OPEN(real(folder, path, flags, mode));
}

int close(int file)
{
    REAL(close);
    if (name_of(file)) {
        free(names[file]);
        names[file] = NULL;
    }
    return real(file);
}

#define READ                                  \
    if (name_of(file) && fails_reading(file)) \
        return -1

ssize_t pread(int file, void *data, size_t size, off_t at)
{
    REAL(pread);
    READ;
    return real(file, data, size, at);
}

ssize_t pread64(int file, void *data, size_t size, off64_t at)
{
    REAL(pread64);
    READ;
    return real(file, data, size, at);
}

ssize_t read(int file, void *data, size_t size)
{
    REAL(read);
    READ;
    return real(file, data, size);
}

/* A write that fails half way has put nothing there. */
#define WRITE(at, data, size)                                \
    const char *name = name_of(file);                        \
    if (name && fails())                                     \
        return -1;                                           \
    if (name)                                                \
        note('W', name, NULL, at, data, size)

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    REAL(pwrite);
    WRITE(at, data, size);
    return real(file, data, size, at);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REAL(pwrite64);
    WRITE(at, data, size);
    return real(file, data, size, at);
}

ssize_t write(int file, const void *data, size_t size)
{
    REAL(write);
    off_t at = name_of(file) ? lseek(file, 0, fcntl(file, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR) : 0;
    WRITE(at, data, size);
    return real(file, data, size);
}

/* Copies within the kernel are not seen by us: who asks for one is told to copy by hand. */
ssize_t sendfile(int to, int from, off_t *at, size_t size)
{
    REAL(sendfile);
    if (!name_of(to))
        return real(to, from, at, size);
    errno = ENOTSOCK;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t size)
{
    REAL(sendfile64);
    if (!name_of(to))
        return real(to, from, at, size);
    errno = ENOTSOCK;
    return -1;
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags)
{
    REAL(copy_file_range);
    if (!name_of(to))
        return real(from, from_at, to, to_at, size, flags);
    errno = EXDEV;
    return -1;
}

#define SHORTEN                             \
    const char *name = name_of(file);       \
    if (name && fails())                    \
        return -1;                          \
    if (name)                               \
        note('T', name, NULL, length, NULL, 0)

int ftruncate(int file, off_t length)
{
    REAL(ftruncate);
    SHORTEN;
    return real(file, length);
}

int ftruncate64(int file, off64_t length)
{
    REAL(ftruncate64);
    SHORTEN;
    return real(file, length);
}

/* Room that is reserved is room that is written with zeros. */
static int reserve(int file, off64_t at, off64_t size)
{
    static const char zeros[65536];
    for (off64_t end = at + size; at < end;) {
        size_t some = end - at < (off64_t) sizeof zeros ? (size_t) (end - at) : sizeof zeros;
        if (pwrite64(file, zeros, some, at) < 0)
            return errno;
        at += some;
    }
    return 0;
}

int posix_fallocate(int file, off_t at, off_t size)
{
    REAL(posix_fallocate);
    return name_of(file) ? reserve(file, at, size) : real(file, at, size);
}

int posix_fallocate64(int file, off64_t at, off64_t size)
{
    REAL(posix_fallocate64);
    return name_of(file) ? reserve(file, at, size) : real(file, at, size);
}

#define FLUSH                               \
    const char *name = name_of(file);       \
    if (name && fails())                    \
        return -1;                          \
    int answer = real(file);                \
    if (name && answer == 0)                \
        note('S', name, NULL, 0, NULL, 0);  \
    return answer

int fsync(int file)
{
    REAL(fsync);
    FLUSH;
}

int fdatasync(int file)
{
    REAL(fdatasync);
    FLUSH;
}

#define REMOVE(call)                        \
    if (!watched(path))                     \
        return call;                        \
    if (access(path, F_OK) != 0)            \
        return call;                        \
    if (fails())                            \
        return -1;                          \
    note('U', path, NULL, 0, NULL, 0);      \
    return call

int unlink(const char *path)
{
    REAL(unlink);
    REMOVE(real(path));
}

int remove(const char *path)
{
    REAL(remove);
    REMOVE(real(path));
}

int unlinkat(int folder, const char *path, int flags)
{
    REAL(unlinkat);
    REMOVE(real(folder, path, flags));
}

#define NAME(kind, call)                    \
    if (!watched(to))                       \
        return call;                        \
    if (fails() || misses(kind))            \
        return -1;                          \
    int answer = call;                      \
    if (answer == 0)                        \
        note(kind, from, to, 0, NULL, 0);   \
    return answer

/* Nonzero where the file system cannot do that; errno is set then. */
static int misses(char kind)
{
    errno = EPERM;
    return worn && kind == 'L';
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    NAME('R', real(from, to));
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    REAL(renameat);
    NAME('R', real(from_folder, from, to_folder, to));
}

int link(const char *from, const char *to)
{
    REAL(link);
    NAME('L', real(from, to));
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    REAL(linkat);
    NAME('L', real(from_folder, from, to_folder, to, flags));
}
