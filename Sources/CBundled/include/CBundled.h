#pragma once

#include <stddef.h>

/// A file that travels in the binary.
struct bundled_file {
  /// Its name, without folders.
  const char *name;
  const unsigned char *bytes;
  size_t length;
};

/// How many themes there are.
size_t bundled_theme_count(void);

/// One of the files in `Themes/`, in the order of their names; an empty one past the last.
struct bundled_file bundled_theme(size_t index);

/// How many pages the manual has.
size_t bundled_page_count(void);

/// One of the pages of the manual, named by its topic, in the order of topics; an empty one past the last.
struct bundled_file bundled_page(size_t index);

/// The pytest plugin that keeps golden pairs, one Python file.
struct bundled_file bundled_capture_plugin(void);

/// The demo: 40 runs of an example project (runs/) and its git history (project.bundle), as demo.tar.xz.
const unsigned char *assay_demo_archive(void);
/// Its size in bytes.
unsigned long assay_demo_archive_size(void);

