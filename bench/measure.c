/* Runs a command and prints what it cost as one line of JSON: CPU and wall seconds, peak resident bytes,
 * bytes read.
 *
 * A program of its own because a child's peak memory starts with its parent's: a large parent, such as node,
 * would be what is measured. Usage: measure COMMAND ARGUMENT… (its output is discarded unless it fails). */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

/* Bytes the stopped child passed through read calls (`rchar` of /proc/PID/io); -1 if the system does not
 * tell. */
static long long bytes_read(pid_t pid) {
    char path[64];
    long long value = -1;
    snprintf(path, sizeof path, "/proc/%ld/io", (long)pid);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "rchar: %lld", &value) != 1)
        value = -1;
    if (file)
        fclose(file);
    return value;
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    double start = now();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    siginfo_t info;
    if (pid < 0 || waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) != 0)
        return 2;
    double wall = now() - start;
    long long read_bytes = bytes_read(pid);
    int status;
    struct rusage usage;
    if (wait4(pid, &status, 0, &usage) < 0)
        return 2;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return 1;
    printf("{\"cpu\":%.6f,\"wall\":%.6f,\"peak\":%lld,\"read\":%lld}\n",
           seconds(usage.ru_utime) + seconds(usage.ru_stime), wall, (long long)usage.ru_maxrss * 1024,
           read_bytes);
    return 0;
}
