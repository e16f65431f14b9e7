// Articles checked by several threads over one read-only checker, and written in order:
// the output is the same whatever their number.
#ifndef CQ_COMMANDS_JOBS_H
#define CQ_COMMANDS_JOBS_H

#include "commands/flags.h"
#include "report/report.h"

typedef struct {
    const cq_checker *checker;
    const char *const *paths;
    const char *const *sources; // by path: its source, NULL for none; or NULL
    size_t paths_n;
    const char *from; // format of the articles; NULL: each its own
    size_t max_bytes; // of an article
    unsigned jobs;    // threads, this one included
    const cq_writer *writer;
    const cq_report_options *report;
} cq_jobs;

// Writes every report to standard output and adds it to the totals. False when standard
// output cannot be written.
bool cq_jobs_run(const cq_jobs *jobs, cq_totals *totals);

#endif
