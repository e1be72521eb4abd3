#include "CBundled.h"

// The pages of the manual, carried in the binary.
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
static const unsigned char page_history[] = {
#embed "../assay/Manual/history.md"
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
static const unsigned char page_runbooks[] = {
#embed "../assay/Manual/runbooks.md"
};
static const unsigned char page_runs[] = {
#embed "../assay/Manual/runs.md"
};

#define ENTRY(name, bytes) {name, bytes, sizeof bytes}

static const struct bundled_file pages[] = {
    ENTRY("commands", page_commands),
    ENTRY("configuration", page_configuration),
    ENTRY("exit-status", page_exit_status),
    ENTRY("filters", page_filters),
    ENTRY("formats", page_formats),
    ENTRY("gate", page_gate),
    ENTRY("goldens", page_goldens),
    ENTRY("history", page_history),
    ENTRY("json", page_json),
    ENTRY("keys", page_keys),
    ENTRY("mutes", page_mutes),
    ENTRY("runbooks", page_runbooks),
    ENTRY("runs", page_runs),
};

size_t bundled_page_count(void) { return sizeof pages / sizeof pages[0]; }

struct bundled_file bundled_page(size_t index) {
  static const struct bundled_file none = {"", (const unsigned char *)"", 0};
  return index < bundled_page_count() ? pages[index] : none;
}
