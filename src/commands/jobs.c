// Each worker takes the next path, reads, checks and writes it into a slot of a ring.
// Whoever finishes the article that is next in order writes out all that are ready. No
// article is begun while the ring is full, so memory does not grow with their number.
#include "commands/jobs.h"

#include <pthread.h>
#include <stdio.h>

#include "base/file.h"
#include "commands/command.h"

enum { SLOTS_PER_JOB = 4, JOBS_MAX = 256 };

// A report's buffer larger than this is not kept for the next one.
enum { KEPT_MAX = 1 << 20 };

typedef struct {
    bool ready;
    cq_result *result; // NULL: `failed` stands for it
    cq_result failed;
    cq_diagnostic diagnostic; // of a failed one
    cq_err trouble;
    cq_buf out;
} slot;

typedef struct {
    const cq_jobs *jobs;
    cq_totals *totals;
    pthread_mutex_t lock;
    pthread_cond_t moved;  // `written` has grown
    size_t taken, written; // articles begun, and out
    bool writing;          // by one worker at a time
    bool broken;           // standard output
    slot *slots;
    size_t slots_n;
} queue;

static cq_text text_of(const char *s) { return (cq_text){s, strlen(s)}; }

// Why an article could not be read, in the language of the reports.
static const char *trouble_with(const cq_report_options *o, const slot *s,
                                const char *path)
{
    if (o->ui && strcmp(o->ui, "en") == 0) return s->trouble.message;
    if (s->trouble.code == CQ_ELIMIT) return "au-delà de la taille permise";
    return cq_path_exists(path) ? "lecture impossible" : "aucun fichier de ce nom";
}

// A result for an article that could not even be read.
static void set_failed(const cq_report_options *o, slot *s, const char *path)
{
    const char *reason = s->trouble.code == CQ_ELIMIT ? "too-large" : "unreadable";
    s->diagnostic = (cq_diagnostic){.code = text_of(reason),
                                    .message = text_of(trouble_with(o, s, path))};
    s->failed = (cq_result){.status = CQ_FAILED,
                            .reason = text_of(reason),
                            .path = text_of(path),
                            .diagnostics = &s->diagnostic,
                            .diagnostics_n = 1};
}

static void check_one(const cq_jobs *jobs, size_t i, cq_arena *a, slot *s)
{
    const char *path = jobs->paths[i];
    cq_str bytes;
    s->result = NULL;
    s->trouble = (cq_err){0};
    cq_buf_reset(&s->out);
    if (cq_file_read(a, path, jobs->max_bytes, &bytes, &s->trouble)) {
        cq_article article = {
            .path = path, .format = jobs->from, .bytes = bytes.p, .n = bytes.n};
        cq_article source = {.path = jobs->sources ? jobs->sources[i] : NULL};
        if (source.path) {
            article.source = &source;
            cq_err missing = {0}; // said in the report
            if (cq_file_read(a, source.path, jobs->max_bytes, &bytes, &missing)) {
                source.bytes = bytes.p;
                source.n = bytes.n;
            }
        }
        s->result = cq_check(jobs->checker, &article);
    } else {
        set_failed(jobs->report, s, path);
    }
    jobs->writer->article(jobs->report, s->result ? s->result : &s->failed, &s->out);
    cq_arena_reset(a);
}

static void drop(slot *s)
{
    if (s->result) cq_result_free(s->result);
    s->result = NULL;
    if (s->out.cap > KEPT_MAX) cq_buf_free(&s->out);
}

// False when standard output takes no more.
static bool write_out(queue *q, slot *s)
{
    if (s->trouble.code != CQ_OK) cq_complain(&s->trouble);
    cq_totals_add(q->totals, s->result ? s->result : &s->failed,
                  q->jobs->report->fail_on);
    bool ok = fwrite(s->out.p ? s->out.p : "", 1, s->out.n, stdout) == s->out.n &&
              !ferror(stdout);
    drop(s);
    return ok;
}

// Called with the lock held; lets go of it while writing.
static void write_ready(queue *q)
{
    if (q->writing) return;
    q->writing = true;
    for (;;) {
        slot *s = &q->slots[q->written % q->slots_n];
        if (!s->ready) break;
        pthread_mutex_unlock(&q->lock);
        bool ok = write_out(q, s);
        pthread_mutex_lock(&q->lock);
        q->broken |= !ok;
        s->ready = false;
        q->written++;
        pthread_cond_broadcast(&q->moved);
    }
    q->writing = false;
}

static void *work(void *arg)
{
    queue *q = arg;
    cq_arena *a = cq_arena_new();
    pthread_mutex_lock(&q->lock);
    for (;;) {
        while (q->taken < q->jobs->paths_n && q->taken - q->written == q->slots_n) {
            pthread_cond_wait(&q->moved, &q->lock);
        }
        if (q->taken == q->jobs->paths_n || q->broken) break;
        size_t i = q->taken++;
        pthread_mutex_unlock(&q->lock);
        slot *s = &q->slots[i % q->slots_n];
        check_one(q->jobs, i, a, s);
        pthread_mutex_lock(&q->lock);
        s->ready = true;
        write_ready(q);
    }
    pthread_mutex_unlock(&q->lock);
    cq_arena_free(a);
    return NULL;
}

bool cq_jobs_run(const cq_jobs *jobs, cq_totals *totals)
{
    size_t threads = jobs->jobs < jobs->paths_n ? jobs->jobs : jobs->paths_n;
    if (threads > JOBS_MAX) threads = JOBS_MAX;
    queue q = {.jobs = jobs, .totals = totals, .slots_n = threads * SLOTS_PER_JOB};
    if (threads <= 1) q.slots_n = 1;
    bool in_order = threads <= 1; // a report may go out while it is written
    cq_arena *a = cq_arena_new();
    q.slots = CQ_NEWN(a, slot, q.slots_n);
    for (size_t i = 0; i < q.slots_n; i++) {
        cq_buf_init(&q.slots[i].out, SIZE_MAX / 2);
        if (in_order) q.slots[i].out.spill = stdout;
    }
    pthread_mutex_init(&q.lock, NULL);
    pthread_cond_init(&q.moved, NULL);

    pthread_t others[JOBS_MAX];
    size_t n = 0; // fewer than asked for when the system refuses: slower, not wrong
    while (n + 1 < threads && pthread_create(&others[n], NULL, work, &q) == 0) n++;
    work(&q);
    for (size_t i = 0; i < n; i++) pthread_join(others[i], NULL);

    pthread_cond_destroy(&q.moved);
    pthread_mutex_destroy(&q.lock);
    for (size_t i = 0; i < q.slots_n; i++) {
        drop(&q.slots[i]); // left over when output broke
        cq_buf_free(&q.slots[i].out);
    }
    cq_arena_free(a);
    return !q.broken;
}
