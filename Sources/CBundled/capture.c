#include "CBundled.h"

// The pytest plugin that `assay capture pytest` prints.
static const unsigned char plugin[] = {
#embed "assay_capture.py"
};

struct bundled_file bundled_capture_plugin(void) {
  return (struct bundled_file)BUNDLED("assay_capture.py", plugin);
}

// The pytest plugin that shows Hypothesis tests the inputs that they failed with.
static const unsigned char replay[] = {
#embed "assay_replay.py"
};

struct bundled_file bundled_replay_plugin(void) {
  return (struct bundled_file)BUNDLED("assay_replay.py", replay);
}
