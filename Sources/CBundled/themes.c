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

static const struct bundled_file themes[] = {
    BUNDLED("dark.yaml", theme_dark),
    BUNDLED("high-contrast.yaml", theme_high_contrast),
    BUNDLED("light.yaml", theme_light),
    BUNDLED("mono.yaml", theme_mono),
    BUNDLED("red-green.yaml", theme_red_green),
    BUNDLED("terminal.yaml", theme_terminal),
};

struct bundled_files bundled_themes(void) { return (struct bundled_files){themes, sizeof themes / sizeof themes[0]}; }
