#pragma once

#include <stddef.h>

/// A file that travels in the binary.
struct bundled_file {
  /// Its name, without folders.
  const char *name;
  const unsigned char *bytes;
  size_t length;
};

/// A file whose bytes are embedded in an array.
#define BUNDLED(name, bytes) {name, bytes, sizeof bytes}

/// Several such files, in the order of their names.
struct bundled_files {
  const struct bundled_file *files;
  size_t count;
};

/// The files in `Themes/`.
struct bundled_files bundled_themes(void);

/// The pages of the manual, named by their topics.
struct bundled_files bundled_pages(void);

/// The pytest plugin that keeps golden pairs, one Python file.
struct bundled_file bundled_capture_plugin(void);

/// The pytest plugin that shows Hypothesis tests the inputs that they failed with, one Python file.
struct bundled_file bundled_replay_plugin(void);

/// The demo: 40 runs of an example project (runs/) and its git history (project.bundle), as demo.tar.xz.
struct bundled_file bundled_demo(void);
