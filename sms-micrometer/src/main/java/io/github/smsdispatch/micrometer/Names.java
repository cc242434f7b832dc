package io.github.smsdispatch.micrometer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How constants are written in tags. */
final class Names {
    /** Where a tag has nothing to say; some registries take no empty value. */
    static final String NONE = "none";

    private Names() {}

    /** As Micrometer writes: lower case, and words apart by an underscore. */
    static String of(@Nullable Enum<?> constant) {
        return constant == null ? NONE : constant.name().toLowerCase(Locale.ROOT);
    }
}
