#include "CBundled.h"

// The theme files, carried in the binary. Clang takes `#embed` from C23 on.
static const unsigned char theme_dark[] = {
#embed "../../Themes/dark.yaml"
};
static const unsigned char theme_high_contrast[] = {
#embed "../../Themes/high-contrast.yaml"
};
static const unsigned char theme_light[] = {
#embed "../../Themes/light.yaml"
};
static const unsigned char theme_mono[] = {
#embed "../../Themes/mono.yaml"
};
static const unsigned char theme_red_green[] = {
#embed "../../Themes/red-green.yaml"
};
static const unsigned char theme_terminal[] = {
#embed "../../Themes/terminal.yaml"
};

#define ENTRY(name, bytes) {name, bytes, sizeof bytes}

static const struct bundled_file themes[] = {
    ENTRY("dark.yaml", theme_dark),
    ENTRY("high-contrast.yaml", theme_high_contrast),
    ENTRY("light.yaml", theme_light),
    ENTRY("mono.yaml", theme_mono),
    ENTRY("red-green.yaml", theme_red_green),
    ENTRY("terminal.yaml", theme_terminal),
};

size_t bundled_theme_count(void) { return sizeof themes / sizeof themes[0]; }

struct bundled_file bundled_theme(size_t index) {
  static const struct bundled_file none = {"", (const unsigned char *)"", 0};
  return index < bundled_theme_count() ? themes[index] : none;
}
