// The words of reports, in the order of their enumerations in calque.h.
#include "calque.h"

#define TERM(table, i) ((size_t)(i) < sizeof(table) / sizeof *(table) ? (table)[i] : "?")

static const char *const STATUSES[] = {"checked", "skipped", "failed"};
static const char *const SEVERITIES[] = {"neutral", "minor", "major", "critical"};
static const char *const CONFIDENCES[] = {"low", "medium", "high"};
static const char *const TIERS[] = {"polish", "check", "must-fix"};
static const char *const VERDICTS[] = {"publishable", "revise", "retranslate"};

const char *cq_status_name(cq_status s) { return TERM(STATUSES, s); }
const char *cq_severity_name(cq_severity s) { return TERM(SEVERITIES, s); }
const char *cq_confidence_name(cq_confidence c) { return TERM(CONFIDENCES, c); }
const char *cq_tier_name(cq_tier t) { return TERM(TIERS, t); }
const char *cq_verdict_name(cq_verdict v) { return TERM(VERDICTS, v); }
