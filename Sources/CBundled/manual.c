#include "CBundled.h"

// The pages of the manual, carried in the binary.
static const unsigned char page_ci[] = {
#embed "../assay/Manual/ci.md"
};
static const unsigned char page_commands[] = {
#embed "../assay/Manual/commands.md"
};
static const unsigned char page_configuration[] = {
#embed "../assay/Manual/configuration.md"
};
static const unsigned char page_exit_status[] = {
#embed "../assay/Manual/exit-status.md"
};
static const unsigned char page_filters[] = {
#embed "../assay/Manual/filters.md"
};
static const unsigned char page_formats[] = {
#embed "../assay/Manual/formats.md"
};
static const unsigned char page_gate[] = {
#embed "../assay/Manual/gate.md"
};
static const unsigned char page_goldens[] = {
#embed "../assay/Manual/goldens.md"
};
static const unsigned char page_health[] = {
#embed "../assay/Manual/health.md"
};
static const unsigned char page_history[] = {
#embed "../assay/Manual/history.md"
};
static const unsigned char page_items[] = {
#embed "../assay/Manual/items.md"
};
static const unsigned char page_json[] = {
#embed "../assay/Manual/json.md"
};
static const unsigned char page_keys[] = {
#embed "../assay/Manual/keys.md"
};
static const unsigned char page_mutes[] = {
#embed "../assay/Manual/mutes.md"
};
static const unsigned char page_reruns[] = {
#embed "../assay/Manual/reruns.md"
};
static const unsigned char page_runbooks[] = {
#embed "../assay/Manual/runbooks.md"
};
static const unsigned char page_runs[] = {
#embed "../assay/Manual/runs.md"
};

static const struct bundled_file pages[] = {
    BUNDLED("ci", page_ci),
    BUNDLED("commands", page_commands),
    BUNDLED("configuration", page_configuration),
    BUNDLED("exit-status", page_exit_status),
    BUNDLED("filters", page_filters),
    BUNDLED("formats", page_formats),
    BUNDLED("gate", page_gate),
    BUNDLED("goldens", page_goldens),
    BUNDLED("health", page_health),
    BUNDLED("history", page_history),
    BUNDLED("items", page_items),
    BUNDLED("json", page_json),
    BUNDLED("keys", page_keys),
    BUNDLED("mutes", page_mutes),
    BUNDLED("reruns", page_reruns),
    BUNDLED("runbooks", page_runbooks),
    BUNDLED("runs", page_runs),
};

struct bundled_files bundled_pages(void) { return (struct bundled_files){pages, sizeof pages / sizeof pages[0]}; }
