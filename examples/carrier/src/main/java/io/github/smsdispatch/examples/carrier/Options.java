package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.testkit.carrier.FaultScript;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants; {@link OptionParser} reads it from the command line.
 *
 * @param help only show the help
 * @param port 0: any free one
 * @param seed what the carrier's randomness begins with
 * @param providers at least one, in the order of their declaration
 * @param faults what goes wrong
 * @param ledger null: in memory only
 * @param callback null: only where a submission names an address
 */
record Options(
        boolean help,
        int port,
        long seed,
        Set<Provider> providers,
        FaultScript faults,
        @Nullable Path ledger,
        @Nullable URI callback) {}
