package io.github.smsdispatch.examples.statussync;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.tracking.TrackingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants; the help text explains each.
 *
 * @param jdbcUrl null: the demonstration
 * @param rate requests in a second; 0: what the provider bears
 * @param since null: the default of the tracker
 * @param report null: none
 */
record Options(
        boolean help,
        @Nullable String jdbcUrl,
        @Nullable String jdbcUser,
        String table,
        String idColumn,
        ProviderAccount provider,
        TrackingMode mode,
        int batch,
        int parallel,
        int rate,
        Duration interval,
        int giveUpAfter,
        Duration unconfirmedAfter,
        @Nullable Instant since,
        boolean imports,
        int ids,
        Path data,
        @Nullable Path report) {
    boolean isDemo() {
        return jdbcUrl == null;
    }
}
