#include "CBundled.h"

// The pytest plugin that `assay capture pytest` prints.
static const unsigned char plugin[] = {
#embed "assay_capture.py"
};

struct bundled_file bundled_capture_plugin(void) {
  return (struct bundled_file)BUNDLED("assay_capture.py", plugin);
}
