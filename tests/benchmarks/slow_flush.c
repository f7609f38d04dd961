/* A disk whose every flush takes 20 ms longer: preloaded before the C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void later(void)
{
    struct timespec wait = {0, 20 * 1000 * 1000};
    nanosleep(&wait, 0);
}

int fsync(int file)
{
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fsync");
    later();
    return real(file);
}

int fdatasync(int file)
{
    int (*real)(int) = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
    later();
    return real(file);
}
