package io.github.smsdispatch.micrometer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How constants are written in tags. */
final class Names {
    /** Where a tag has nothing to say; some registries take no empty value. */
    static final String NONE = "none";

    /** An account that is none of the engine's: there may be many over the years, and a tag is for few. */
    static final String OTHER = "other";

    private Names() {}

    /** As Micrometer writes: lower case, and words apart by an underscore. */
    static String of(@Nullable Enum<?> constant) {
        return constant == null ? NONE : constant.name().toLowerCase(Locale.ROOT);
    }
}
